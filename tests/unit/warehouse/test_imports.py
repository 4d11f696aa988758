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
from warehouse.imports import jsonl
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


STATED = [
    f'<link rel="canonical" href="{URL}">',
    f"<LINK HREF='{URL}#top' data-x REL=Canonical>",
    f'<link rel="canonical" href="mailto:a@tagblatt.example"><meta property="og:url" content="{URL}?utm_source=x&amp;">',
]


@pytest.mark.parametrize("stated", STATED)
def test_a_saved_page_is_known_by_the_url_it_states_where_its_owner_imports_it(tmp_path: Path, stated: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"{stated}<p>Text", encoding="utf-8")
    tagblatt = Known("tagblatt")
    for options in (
        Options(source=tagblatt, by_domain={"tagblatt.example": tagblatt}),
        Options(source=Known("tagblatt.example")),
    ):
        found = one(path, options)
        assert found.url.partition("?")[0] == URL
        assert found.context.source == options.source.source if options.source else False


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options(by_domain={"tagblatt.example": Known("tagblatt")}),
        Options(source=Known("abendpost"), by_domain={"tagblatt.example": Known("tagblatt")}),
        Options(source=Known("corpus")),
    ],
)
@pytest.mark.parametrize("stated", STATED)
def test_nobody_elses_word_makes_a_saved_page_one_of_a_papers(tmp_path: Path, stated: str, options: Options) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"{stated}<p>Text", encoding="utf-8")
    found = one(path, options)
    assert found.url.startswith("urn:sha256:")
    assert found.context.source == (options.source.source if options.source else "files")


@pytest.mark.parametrize(
    "body", [b"", b"<", b"<link" * 100_000, b"<link " + b"rel=" * 100_000, b"<meta property='og:url' content='"]
)
def test_a_saved_page_may_state_no_url(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(body)
    assert one(path, Options(source=Known("tagblatt.example"))).url.startswith("urn:sha256:")


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".JSONL.GZ", ".JSONL.ZST"])
def test_json_lines_with_the_page_beside_or_within(tmp_path: Path, ending: str) -> None:
    (tmp_path / "pages").mkdir()
    page = f"pages/a{'.HTML.GZ' if ending.isupper() else '.html.gz'}"
    (tmp_path / page).write_bytes(gzip.compress(PAGE.encode()))
    lines = [
        {"id": "1", "url": URL, "page": page},
        {"id": "2", "url": URL, "html": PAGE, "fetched_at": "2026-11-20T13:00:00+01:00"},
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path = tmp_path / f"in{ending}"
    path.write_bytes({".gz": gzip.compress, ".zst": zstandard.compress}.get(path.suffix.lower(), bytes)(data))
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
        ("[" * 100_000, "not-json"),
        ("9" * 10_000, "not-json"),
        ({"url": URL, "page": "nul\0"}, "missing-page"),
        ({"url": URL, "page": "\ud800"}, "missing-page"),
        ({"url": URL, "page": "/dev/zero"}, "missing-page"),
        ({"url": URL, "page": "a" * 5_000}, "missing-page"),
        ({"url": ["x"], "html": PAGE}, "bad-url"),
        ({"url": "https://tagblatt.example/\ud800", "html": PAGE}, "bad-url"),
        ({"url": "https://" + "a" * 100_000, "html": PAGE}, "bad-url"),
        ({"url": URL, "html": PAGE, "fetched_at": "0001-01-01"}, "bad-date"),
        ({"url": URL, "html": PAGE, "fetched_at": "9999-12-31T23:59:59-12:00"}, "bad-date"),
        ({"url": URL, "html": PAGE, "fetched_at": 7}, "bad-date"),
        ({"url": URL, "html": PAGE, "fetched_at": {"a": 1}}, "bad-date"),
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
    assert len(str(bad)) < 6_000 + len(str(path))
    assert isinstance(good, Capture)


def test_a_line_that_is_no_utf_8_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    row = json.dumps({"url": URL, "html": PAGE}).encode()
    path.write_bytes(b"\xef\xbb\xbf" + row + b"\r\n\xff\xfe{}\n\n" + row)
    first, bad, second = taken(path)
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert isinstance(bad, Unreadable)
    assert (bad.reason, bad.place) == ("not-json", "line 2")


def test_a_line_longer_than_any_page_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 300)
    path = rows(tmp_path / "in.jsonl", {"url": URL, "html": "x" * 1_000}, {"url": URL, "html": PAGE})
    bad, good = taken(path)
    assert isinstance(bad, Unreadable)
    assert (bad.reason, bad.place) == ("too-large", "line 1")
    assert isinstance(good, Capture)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_packed_lines_that_break_off_give_those_before(tmp_path: Path, ending: str) -> None:
    lines = b"".join(
        json.dumps({"url": f"{URL}?{n}", "html": os.urandom(500).hex()}).encode() + b"\n" for n in range(900)
    )
    path = tmp_path / f"in.jsonl{ending}"
    packed = (
        gzip.compress(lines)
        if ending == ".gz"
        else zstandard.compress(lines[:9_000]) + zstandard.compress(lines[9_000:])
    )
    flipped = packed[:200_000] + b"\xff" * 200 + packed[200_200:]
    for damaged in [packed[: len(packed) // 2]] + [flipped] * (ending == ".gz"):  # zstd need not write a checksum
        path.write_bytes(damaged)
        *pages, bad = taken(path)
        assert len(pages) > 100
        assert isinstance(bad, Unreadable)
        assert bad.reason == "damaged"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x1f\x8b\x08", gzip.compress(b"<p>Text")[:-9], gzip.compress(b"<p>T")[:-1] + b"x", b"x"],
    ids=["empty", "a head", "cut short", "another checksum", "not packed"],
)
def test_a_packed_page_that_is_damaged_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(content)
    (bad,) = taken(path)
    assert not isinstance(bad, Unreadable) or bad.reason == "damaged"
    assert isinstance(bad, Unreadable) or not content


@pytest.mark.parametrize("seconds", [-(10**9), 0, 315532800, 4102444800, 10**11, 2**62])
def test_any_date_of_a_file_will_do(tmp_path: Path, seconds: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text", encoding="utf-8")
    try:
        os.utime(path, (seconds, seconds))
    except (OSError, OverflowError):
        pytest.skip("this file system keeps no such date")
    assert 1970 <= one(path).captured_at.year < 2100


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
