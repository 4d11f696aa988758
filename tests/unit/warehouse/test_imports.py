import gzip
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from articles.errors import BadInput
from tests.builders import capture
from warehouse.archive import ArchiveWriter
from warehouse.captures import Capture
from warehouse.imports.files import captures_in, files_in
from warehouse.imports.options import Known, Options, Unreadable

PAGE = "<html><body><p>Ein Absatz.</p></body></html>"
URL = "https://tagblatt.example/a.html"


def taken(path: Path, options: Options | None = None) -> list[Capture | Unreadable]:
    return list(captures_in(path, options or Options()))


def one(path: Path, options: Options | None = None) -> Capture:
    (found,) = taken(path, options)
    assert isinstance(found, Capture)
    return found


def rows(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_text_is_known_by_its_digest_and_dated_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ein Text.", encoding="utf-8")
    os.utime(path, (1_700_000_000.7, 1_700_000_000.7))
    found = one(path)
    assert found.url.startswith("urn:sha256:")
    assert found.media_type == "text/plain"
    assert found.captured_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert found.context.time_inferred
    assert found.context.source == "files"


def test_a_saved_page_is_known_by_the_url_it_states(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f'<link rel="canonical" href="{URL}"><p>Text', encoding="utf-8")
    found = one(path)
    assert (found.url, found.context.source) == (URL, "tagblatt.example")


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_json_lines_with_the_page_beside_or_within(tmp_path: Path, ending: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    lines = [
        {"id": "1", "url": URL, "page": "pages/a.html.gz"},
        {"id": "2", "url": URL, "html": PAGE, "fetched_at": "2026-11-20T13:00:00+01:00"},
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path = tmp_path / f"in{ending}"
    path.write_bytes({".gz": gzip.compress, ".zst": zstandard.compress}.get(path.suffix, bytes)(data))
    first, second = taken(path)
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert first.body == second.body == PAGE.encode()
    assert first.context.time_inferred
    assert not second.context.time_inferred
    assert second.captured_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not-json"),
        ("[1]", "missing-page"),
        ({"url": URL}, "missing-page"),
        ({"url": URL, "page": "nowhere.html"}, "missing-page"),
        ({"url": "mailto:a@tagblatt.example", "html": PAGE}, "bad-url"),
        ({"url": URL, "html": PAGE, "fetched_at": "gestern"}, "bad-date"),
    ],
)
def test_a_bad_row_is_named_and_the_next_is_read(tmp_path: Path, line: object, reason: str) -> None:
    path = rows(tmp_path / "in.jsonl", line, {"url": URL, "html": PAGE})
    bad, good = taken(path)
    assert isinstance(bad, Unreadable)
    assert (bad.reason, bad.place) == (reason, "line 1")
    assert str(path) in str(bad)
    assert isinstance(good, Capture)


def test_our_own_segments_and_packages_of_them_are_read(tmp_path: Path) -> None:
    pages = [capture(f"https://tagblatt.example/{n}", f"<p>{n}".encode()) for n in range(3)]
    picture = capture(
        "https://tagblatt.example/p.png", b"png", media_type="image/png", headers=(("Content-Type", "image/png"),)
    )
    with ArchiveWriter(tmp_path, "w") as writer:
        for page in [*pages, picture]:
            writer.add(page)
    (segment,) = (tmp_path / "segments").glob("*.warc.gz")
    package = tmp_path / "a.wacz"
    with zipfile.ZipFile(package, "w") as file:
        file.write(segment, f"archive/{segment.name}")
    for path in (segment, package):
        *found, refused = taken(path)
        assert [(c.url, c.body, c.captured_at, c.status) for c in found if isinstance(c, Capture)] == [
            (c.url, c.body, c.captured_at, 200) for c in pages
        ]
        assert isinstance(refused, Unreadable)
        assert refused.reason == "not-a-page"


def test_a_file_cut_short_gives_its_whole_records(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "w") as writer:
        for n in range(3):
            writer.add(capture(f"https://tagblatt.example/{n}", os.urandom(2000).hex().encode()))
    (segment,) = (tmp_path / "segments").glob("*.warc.gz")
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(segment.read_bytes()[:-900])
    found = taken(cut)
    assert [c.url for c in found if isinstance(c, Capture)][:2] == [f"https://tagblatt.example/{n}" for n in range(2)]
    assert [item.reason for item in found if isinstance(item, Unreadable)] == ["damaged"]


def test_a_configured_paper_keeps_its_slug_and_settings(tmp_path: Path) -> None:
    path = rows(tmp_path / "in.jsonl", {"url": URL, "html": PAGE})
    tagblatt = Known("tagblatt", "Tagblatt", "Europe/Berlin", "de")
    found = one(path, Options(by_domain={"tagblatt.example": tagblatt}))
    assert (found.context.source, found.context.zone, found.context.language) == ("tagblatt", "Europe/Berlin", "de")
    assert one(path, Options(source=Known("corpus"))).context.source == "corpus"
    assert one(path, Options(language="fr")).context.language == "fr"


def test_files_are_found_in_folders_and_unknown_ones_refused(tmp_path: Path) -> None:
    (tmp_path / "b.txt").touch()
    (tmp_path / "a.html").touch()
    (tmp_path / "c.pdf").touch()
    assert [path.name for path in files_in([tmp_path])] == ["a.html", "b.txt"]
    with pytest.raises(BadInput, match=r"c\.pdf"):
        list(files_in([tmp_path / "c.pdf"]))
    with pytest.raises(BadInput, match="no such file"):
        list(files_in([tmp_path / "d.txt"]))


def test_every_real_file_is_read_or_refused_with_a_reason(shared: Path) -> None:
    for path in files_in([shared / "real" / "warc"]):
        for found in captures_in(path, Options()):
            assert isinstance(found, Capture) or found.detail
