"""WARC of a selection: records that other tools read, and that another archive makes the same versions of."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.errors import Damaged
from flows.importing import import_files
from flows.request import ImportRequest
from tests.builders import NOON, capture
from tests.crash.victims import page
from tests.exports import exported, files
from tests.integration.test_replays import load, rows, run_of
from tests.warcs import http, packed, warc
from warehouse.captures import Context, Original
from warehouse.exports import layout
from warehouse.home import SETTINGS_FILE, Home
from warehouse.imports.framing import Damage, records

PAGES = [json.loads(page(number))["html"].encode() for number in range(5)]
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("X-Robots-Tag", "noai"))
AGAIN = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Responses and resources, revisits of both, of this archive and of others, two versions, and no articles beside."""
    root = tmp_path_factory.mktemp("captured")
    (root / SETTINGS_FILE).write_text("[extraction]\nworkers = 1\n", encoding="utf-8")
    home = Home(root)
    later, imported = NOON + timedelta(days=1), Context(source="files")
    load(
        home,
        capture(address(0), PAGES[0], headers=HEADERS),
        capture(address(0), PAGES[0], later, headers=HEADERS, context=Context("tagblatt", rights=("noai",))),
        capture(address(0), PAGES[1], later + timedelta(days=1)),
        capture("https://courier.example/same", PAGES[0], later, context=Context(source="courier")),
        capture("https://courier.example/file", PAGES[2], status=None, context=imported, charset="utf-8"),
        capture("https://courier.example/file", PAGES[2], later, status=None, context=imported, charset="utf-8"),
        capture(address(8), b"not here", status=404),
        capture(
            address(3), b"", later, headers=(), original=Original(url=address(0), captured_at="2026-11-20T12:00:00Z")
        ),
    )
    foreign = root / "foreign.warc.gz"
    digest = f"WARC-Payload-Digest: sha256:{hashlib.sha256(PAGES[3]).hexdigest()}"
    first = warc(address(4), http(PAGES[3], f"Content-Length: {len(PAGES[3])}"), digest)
    second = warc(address(5), b"", f"WARC-Profile: {AGAIN}", digest, kind="revisit")
    foreign.write_bytes(packed(first) + packed(second))
    import_files(run_of(home), ImportRequest((foreign,), archive="reference"))
    load(home)
    return home


def address(number: int) -> str:
    return f"https://tagblatt.example/{number}"


def read(folder: Path) -> list[tuple[dict[str, str], bytes]]:
    """The records as warcio reads them, digests checked."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                found.append((dict(record.rec_headers.headers), record.content_stream().read()))
    return found


CAPTURES = """
    SELECT final_url, strftime(captured_at, '%Y-%m-%dT%H:%M:%SZ'), digest FROM captures WHERE outcome = 'article'
    ORDER BY captured_at, capture_id"""
VERSIONS = "SELECT article_id, version_id, versions, first_seen_at, last_seen_at FROM articles ORDER BY ALL"


def test_each_capture_is_a_whole_record(archive: Home, tmp_path: Path) -> None:
    assert dict(rows(archive, "SELECT record_type, count(*) FROM captures WHERE outcome = 'article' GROUP BY 1")) == {
        "response": 3,
        "resource": 1,
        "revisit": 5,
    }
    done = exported(archive, tmp_path, "warc")
    (info, said), *held = read(tmp_path)
    assert info["WARC-Type"] == "warcinfo"
    assert b'"format": "warc"' in said
    assert {head["WARC-Type"] for head, _ in held} == {"response", "resource"}
    assert [
        (head["WARC-Target-URI"], head["WARC-Date"], f"sha256:{hashlib.sha256(body).hexdigest()}")
        for head, body in held
    ] == rows(archive, CAPTURES)
    ids = [head["WARC-Record-ID"] for head, _ in held if "WARC-Record-ID" in head]  # the foreign one has none
    assert len(set(ids)) == len(ids) == len(held) - 1
    assert len(held) == done.manifest["totals"]["rows"]
    with (tmp_path / "captures-00000.warc.gz").open("rb") as file:
        assert not [found for found in records(file) if isinstance(found, Damage)]


def test_another_archive_makes_the_same_versions_of_it(archive: Home, tmp_path: Path) -> None:
    exported(archive, tmp_path / "out", "warc")
    second = tmp_path / "second"
    second.mkdir()
    (second / SETTINGS_FILE).write_text("[extraction]\nworkers = 1\n", encoding="utf-8")
    other = Home(second)
    done = import_files(run_of(other), ImportRequest((tmp_path / "out",)))
    assert done.unreadable == []
    assert rows(other, VERSIONS) == rows(archive, VERSIONS)
    # A foreign revisit's id is of what it stated; here it has a page of its own.
    assert sorted(rows(other, CAPTURES)) == sorted(rows(archive, CAPTURES))


def test_equal_exports_are_equal_bytes_in_one_file_or_more(
    archive: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        exported(archive, tmp_path / name, "warc")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    monkeypatch.setattr(layout, "WARC_BYTES", 400)
    done = exported(archive, tmp_path / "cut", "warc")
    assert done.manifest["totals"]["files"] > 2
    pages: list[Any] = [record for record in read(tmp_path / "cut") if record[0]["WARC-Type"] != "warcinfo"]
    assert pages == read(tmp_path / "one")[1:]


def test_a_selection_has_all_captures_of_its_articles_and_no_other(archive: Home, tmp_path: Path) -> None:
    done = exported(archive, tmp_path, "warc", query=f"SELECT '{address(0)}' AS url")
    assert (done.manifest["articles"], done.manifest["totals"]["rows"]) == (1, 3)
    assert {head["WARC-Target-URI"] for head, _ in read(tmp_path)[1:]} == {address(0)}


def test_a_capture_that_opts_out_stays_away_though_a_later_one_does_not(archive: Home, tmp_path: Path) -> None:
    exported(archive, tmp_path, "warc", query=f"SELECT '{address(0)}' AS url", respect_optout=True)
    assert [head["WARC-Date"] for head, _ in read(tmp_path)[1:]] == ["2026-11-20T12:00:00Z", "2026-11-22T12:00:00Z"]


def test_a_damaged_record_is_named(archive: Home, tmp_path: Path) -> None:
    (segment,) = {name for (name,) in rows(archive, "SELECT segment FROM captures WHERE record_type = 'resource'")}
    path = archive.archive / "segments" / segment
    ((offset, length),) = rows(
        archive, "SELECT record_offset, record_length FROM captures WHERE record_type = 'resource'"
    )
    raw = path.read_bytes()
    path.chmod(0o644)
    for damaged in (
        raw[: offset + 20] + bytes([raw[offset + 20] ^ 1]) + raw[offset + 21 :],
        raw[: offset + length - 3],
    ):
        path.write_bytes(damaged)
        with pytest.raises(Damaged, match=f"{segment}"):
            exported(archive, tmp_path / "out", "warc")
        assert not list((tmp_path / "out").glob("*.warc.gz"))
    path.unlink()
    with pytest.raises(Damaged, match="is missing"):
        exported(archive, tmp_path / "out", "warc")
    path.write_bytes(raw)
    exported(archive, tmp_path / "out", "warc")
    exported(archive, tmp_path / "new", "warc")
    assert files(tmp_path / "out") == files(tmp_path / "new")
