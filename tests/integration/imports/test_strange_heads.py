"""Records whose heads no record of ours can repeat as they are: each is kept, or costs itself alone, and WARC stays WARC."""

import gzip
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.errors import BadRecord
from flows.importing import import_files
from flows.request import Imported, ImportRequest, Keep
from flows.run import Run
from flows.settings import load_settings
from tests.integration.imports.test_archive_ways import article, home_in, record
from tests.unit.warehouse.test_arcs import arc
from tests.warcs import chunks, http, packed, warc
from warehouse import archive as writing
from warehouse.archive import segments
from warehouse.captures import Capture
from warehouse.exports.whole_records import whole_record
from warehouse.home import Home
from warehouse.store import opened

CHUNKED = "Transfer-Encoding: chunked"
"""What comes so is written anew."""


def imported(home: Home, path: Path, archive: Keep = "copy") -> Imported:
    return import_files(Run(home, load_settings(home), "import", {}), ImportRequest((path,), archive=archive))


def crawl(folder: Path, *strange: bytes) -> Path:
    """Strange records among others."""
    path = folder / "crawl.warc"
    path.write_bytes(b"".join([record(1), record(2), *strange, record(3), record(4)]))
    return path


def held(home: Home) -> list[str]:
    """The URLs of the articles."""
    with opened(home) as store:
        return [str(url).rpartition("/")[2] for (url,) in store.rows("SELECT final_url FROM captures ORDER BY ALL")]


def records_in(home: Home) -> list[tuple[str, bytes]]:
    """All records of the archive, as another program reads them."""
    found = []
    for path in sorted(segments(home.archive).glob("*.warc.gz")):
        with path.open("rb") as file:
            for one in ArchiveIterator(file):
                assert one.format == "warc"
                found.append((one.rec_type, one.content_stream().read()))
    return found


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 200 Está bien\r\n", "HTTP/1.1 200 OK\r\nX-Título: x\r\n", "HTTP/1.1 200 OK\r\nX-T: título\r\n"],
    ids=["reason", "name", "value"],
)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_head_beyond_ascii_is_kept(tmp_path: Path, head: str, encoding: str) -> None:
    block = f"{head}Content-Type: text/html\r\n{CHUNKED}\r\n\r\n".encode(encoding) + chunks(article(9))
    home = home_in(tmp_path / "home")
    assert imported(home, crawl(tmp_path, warc("https://tagblatt.example/9", block))).archived == 5
    assert held(home) == ["1", "2", "3", "4", "9"]
    assert ("response", article(9)) in records_in(home)


@pytest.mark.parametrize("sign", ["\x00", "\x1f", "\x7f", "\r"])
def test_a_field_that_would_forge_a_line_is_kept_without_that(tmp_path: Path, sign: str) -> None:
    replayed = warc(
        "https://tagblatt.example/9", http(article(9), CHUNKED), f"WARC-Source-URI: https://web.example/a{sign}b"
    )
    revisit = warc(
        "https://tagblatt.example/8",
        http(b""),
        f"WARC-Payload-Digest: sha1:AB{sign}CD",
        kind="revisit",
    )
    home = home_in(tmp_path / "home")
    taken = imported(home, crawl(tmp_path, replayed, revisit))
    assert (taken.archived, taken.unreadable) == (6, [])
    assert held(home) == ["1", "2", "3", "4", "8", "9"]


def test_what_no_record_can_hold_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = writing.capture_record

    def refuse(capture: Capture, digest: str, *, held: bool) -> bytes:
        if capture.final_url.endswith("/9"):
            raise BadRecord("a line break would forge a WARC record", url=capture.final_url)
        return write(capture, digest, held=held)

    monkeypatch.setattr(writing, "capture_record", refuse)
    home = home_in(tmp_path / "home")
    path = crawl(tmp_path, record(9))
    taken = imported(home, path)
    (told,) = taken.unreadable
    assert (told.path, told.reason, taken.archived) == (path, "bad-record", 4)
    assert told.place == f"offset {len(record(1) + record(2))}"
    assert held(home) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("keep", "way"), [("copy", "written"), ("reference", "referred")])
def test_arc_records_become_warc_or_stay_where_they_are(tmp_path: Path, keep: Keep, way: str) -> None:
    line = b"https://tagblatt.example/%d 127.0.0.1 20200101000000 text/html %d\n"
    lines = [line % (number, len(http(article(number)))) + http(article(number)) + b"\n" for number in range(3)]
    path = tmp_path / "old.arc.gz"
    path.write_bytes(b"".join(map(packed, [arc([]), *lines])))
    home = home_in(tmp_path / "home")
    assert dict(imported(home, path, keep).records) == {way: 3}
    assert [kind for kind, _ in records_in(home)] == (["warcinfo"] + ["response"] * 3 if keep == "copy" else [])
    with opened(home) as store:
        rows = store.connection.execute("SELECT *, payload_segment FROM captures ORDER BY final_url").to_arrow_table()
    exported = [gzip.decompress(whole_record(segments(home.archive), row)) for row in rows.to_pylist()]
    assert all(one.startswith(b"WARC/1.") for one in exported)
    assert all(article(number) in one for number, one in enumerate(exported))
    assert all(b"Content-Type: application/http;" in one for one in exported)
