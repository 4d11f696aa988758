"""A WARC file copied, referred to or written anew: the same captures, and what is missing is said."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.importing import import_files
from flows.rebuild import rebuild
from flows.request import Imported, ImportRequest, Keep
from flows.run import Run
from flows.settings import load_settings
from tests.warcs import http, packed, warc
from warehouse.archive import ArchiveWriter, manifests, read_payload, segments
from warehouse.captures import Capture, Entry
from warehouse.diagnosis import diagnose
from warehouse.home import Home
from warehouse.imports.files import captures_in
from warehouse.imports.members import member_of
from warehouse.imports.options import Options
from warehouse.inspection import Inspected
from warehouse.lines import Line, read_lines
from warehouse.reader import open_published
from warehouse.recovery import settle
from warehouse.references import fault_of, references
from warehouse.store import opened

PAGES = 12
PROSE = (
    "The council of the {n}th district met on Tuesday and passed its budget for the coming year after a long debate. "
)


def article(number: int) -> bytes:
    body = f"<p>{PROSE.format(n=number) * 3}</p>" * 4
    return f"<html lang=en><title>Budget {number}</title><article><h1>Budget {number}</h1>{body}</article>".encode()


def record(number: int, *headers: str, body: bytes | None = None, paper: str = "tagblatt") -> bytes:
    return warc(f"https://{paper}.example/{number}", http(body or article(number), *headers))


def pages_file(folder: Path) -> Path:
    """Members of their own, one with a payload that is packed, two records in one member, one payload twice."""
    plain = [packed(record(number)) for number in range(PAGES)]
    zipped = packed(record(100, "Content-Encoding: gzip", body=gzip.compress(article(100), mtime=0)))
    together = packed(record(101) + record(102))
    again = packed(warc("https://abendpost.example/again", http(article(3))))
    path = folder / "crawl.warc.gz"
    path.write_bytes(b"".join([*plain, zipped, together, again]))
    return path


def home_in(folder: Path) -> Home:
    folder.mkdir()
    (folder / "hemeroteca.toml").write_text("[extraction]\nworkers = 2\nbatch = 5\n", encoding="utf-8")
    return Home(folder)


def run_of(home: Home) -> Run:
    return Run(home, load_settings(home), "import", {})


def imported(home: Home, path: Path, **wishes: Any) -> tuple[Run, Imported]:
    run = run_of(home)
    return run, import_files(run, ImportRequest((path,), **wishes))


def hash_of(home: Home) -> str:
    with opened(home) as store:
        assert [check for check, _ in store.broken_checks()] == []
        return store.content_hash()


def entries(home: Home) -> list[Entry]:
    lines = (line for path in manifests(home.archive) for line in read_lines(path))
    return [Entry.from_row(line.row) for line in lines if isinstance(line, Line)]


def findings(home: Home) -> list[str]:
    return [found.what for found in diagnose(home, Inspected())]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pages_file(tmp_path_factory.mktemp("crawl"))


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory, crawl: Path) -> dict[str, Home]:
    """The same file imported in both ways, and its pages from a file of which no record can be used."""
    folder = tmp_path_factory.mktemp("ways")
    unpacked = folder / "plain.warc"
    unpacked.write_bytes(gzip.decompress(crawl.read_bytes()))
    homes = {name: home_in(folder / name) for name in ("copy", "reference", "written")}
    for name, home in homes.items():
        way: Keep = "reference" if name == "reference" else "copy"
        _, taken = imported(home, unpacked if name == "written" else crawl, archive=way)
        assert (taken.captures, taken.archived) == (PAGES + 4, PAGES + 4)
        stands = {"copy": "copied", "reference": "referred"}.get(name)
        # The packed payload and the two that share a member are written anew.
        plain = {stands: PAGES, "written": 3} if stands else {"written": PAGES + 3}
        assert taken.records == plain | {"revisit": 1}
    return homes


def test_the_warehouse_is_the_same_whatever_the_way(ways: dict[str, Home]) -> None:
    hashes = {hash_of(home) for home in ways.values()}
    assert len(hashes) == 1
    known = [sorted((e.capture_id, e.digest, e.url, e.captured_at, e.size) for e in entries(h)) for h in ways.values()]
    assert known[0] == known[1] == known[2]


def test_every_payload_is_read_back_whatever_the_way(ways: dict[str, Home]) -> None:
    for home in ways.values():
        found = {entry.final_url: read_payload(home.archive, entry) for entry in entries(home)}
        assert found["https://tagblatt.example/4"] == article(4)
        assert found["https://tagblatt.example/100"] == article(100)
        assert found["https://abendpost.example/again"] == article(3)
        assert findings(home) == []


def test_members_are_copied_byte_by_byte_and_referred_ones_not_at_all(ways: dict[str, Home], crawl: Path) -> None:
    member = packed(record(4))
    assert member in crawl.read_bytes()
    held = {name: b"".join(p.read_bytes() for p in segments(h.archive).glob("*.warc.gz")) for name, h in ways.items()}
    assert member in held["copy"]
    assert member not in held["reference"]
    assert len(held["reference"]) < len(held["copy"]) / 2
    (at,) = references(segments(ways["reference"].archive))
    assert str(crawl) in at.read_text("utf-8")


def moved(home: Home, crawl: Path, tmp_path: Path) -> tuple[Home, Path]:
    """A copy of a home whose reference points to a copy of the file."""
    shutil.copytree(home.root, tmp_path / "home")
    there = Home(tmp_path / "home")
    copy = tmp_path / "elsewhere.warc.gz"
    shutil.copyfile(crawl, copy)
    (at,) = references(segments(there.archive))
    at.write_text(at.read_text("utf-8").replace(str(crawl), str(copy)), encoding="utf-8")
    return there, copy


def test_a_file_that_has_moved_is_put_right_in_one_place(ways: dict[str, Home], crawl: Path, tmp_path: Path) -> None:
    home, _ = moved(ways["reference"], crawl, tmp_path)
    assert findings(home) == []
    before = hash_of(home)
    rebuild(run_of(home))
    assert hash_of(home) == before


def test_a_referred_file_that_is_missing_is_said_everywhere(ways: dict[str, Home], crawl: Path, tmp_path: Path) -> None:
    home, copy = moved(ways["reference"], crawl, tmp_path)
    before = hash_of(home)
    away = copy.rename(tmp_path / "away")
    assert any(f"{copy} is missing" in what and f"{PAGES} captures" in what for what in findings(home))
    run = run_of(home)
    rebuild(run)
    assert any(f"{copy} is missing" in warning for warning in run.warnings)
    with open_published(home) as reader:
        details = reader.execute("SELECT DISTINCT stage, reason, detail FROM quarantine").fetchall()
    ((stage, reason, detail),) = details
    assert (stage, reason) == ("read", "damaged")
    assert f"{copy} is missing" in detail
    away.rename(copy)
    rebuild(run_of(home))
    assert hash_of(home) == before


@pytest.mark.parametrize("harm", ["shorter", "flipped"])
def test_a_referred_file_that_has_changed_is_found(
    ways: dict[str, Home], crawl: Path, tmp_path: Path, harm: str
) -> None:
    home, copy = moved(ways["reference"], crawl, tmp_path)
    content = bytearray(copy.read_bytes())
    if harm == "shorter":
        del content[-50:]
    else:
        content[len(content) // 3] ^= 4
    copy.write_bytes(content)
    found = findings(home)
    assert any("imported by reference" in what for what in found)
    # The record it hit is named; the last member is a duplicate's, which is no record of the reference.
    assert any("it is the capture of https://" in what for what in found) == (harm == "flipped")


@pytest.mark.parametrize("said", [b"", b"{}", b"[1]", b"\xff", b'{"path": 1}', b'{"path": "x", "size": 1'])
def test_a_damaged_reference_is_named(ways: dict[str, Home], crawl: Path, tmp_path: Path, said: bytes) -> None:
    home, _ = moved(ways["reference"], crawl, tmp_path)
    (at,) = references(segments(home.archive))
    at.write_bytes(said)
    assert str(at) in str(fault_of(at))
    assert any(str(at) in what for what in findings(home))


def test_a_dead_writers_reference_is_closed_or_goes(tmp_path: Path, crawl: Path) -> None:
    """What stands in a manifest stays; a reference of which nothing was acknowledged does not."""
    home = home_in(tmp_path / "home")
    imported(home, crawl, archive="reference")
    (at,) = references(segments(home.archive))
    manifest = at.with_suffix(".jsonl")
    manifest.chmod(0o644)
    with manifest.open("ab") as file:
        file.write(b'{"capture_id":"torn')
    orphan = at.with_name("20260101T000000Z-00000000-0001.reference")
    orphan.write_bytes(at.read_bytes())
    before = hash_of(home)
    imported(home, crawl, archive="reference", again=True)
    assert not orphan.exists()
    assert not manifest.stat().st_mode & 0o222
    assert hash_of(home) == before
    assert findings(home) == []


def test_a_living_writers_reference_is_left_alone(tmp_path: Path, crawl: Path) -> None:
    home = home_in(tmp_path / "home")
    found = [one for one in captures_in(crawl, Options()) if isinstance(one, Capture) and member_of(one)]
    with ArchiveWriter(home.archive, "20260101T000000Z-00000000") as writer:
        for capture in found[:2]:
            writer.refer(capture, member_of(capture) or b"")
            writer.commit()
            settle(home.archive)
    assert [entry.final_url for entry in entries(home)] == [capture.final_url for capture in found[:2]]
    assert findings(home) == []
