"""A month of newspapers by every way into the past: the same articles, nothing asked twice, interruptions made good."""

import gzip
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import tomlkit

from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from tests.end_to_end.command import answer, hemeroteca, rows, warehouse_hash
from tests.end_to_end.web_archive import asks, requests_in, web_archive
from tests.integration.spiders.site import Answer, Route, Site
from tests.processes import PROGRAM
from warehouse.home import Home

PAPERS = ("tagblatt", "courier", "meridian")
MONTH = ("--from", "2026-10-01", "--to", "2026-10-31")
MARGIN = ("--capture-margin", 400)
"""The invented pages are of 2026, whenever the tests are run."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(edition=1) as server:
        yield server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Path:
    """The WARC files of an archive that took all there is."""
    home = demo_home(tmp_path_factory.mktemp("crawled") / "home", server)
    answer("ingest", "--home", home.root)
    answer("backfill", *PAPERS, "--from", "2026-01-01", "--to", "2026-12-31", "--home", home.root)
    return home.archive / "segments"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, crawled: Path) -> Iterator[tuple[str, Path]]:
    """A web archive of them: where it answers, and its folder."""
    folder = tmp_path_factory.mktemp("pywb")
    with web_archive(folder, crawled) as address:
        yield address, folder


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Home:
    """A new home."""
    return demo_home(tmp_path / "home", server)


@pytest.fixture(scope="module")
def by_sitemaps(tmp_path_factory: pytest.TempPathFactory, server: Server) -> str:
    """What the month is, taken from the newspapers themselves."""
    home = demo_home(tmp_path_factory.mktemp("sitemaps") / "home", server)
    assert answer("backfill", *PAPERS, *MONTH, "--home", home.root)["counts"]["articles"] > 15
    return warehouse_hash(home)


def test_a_month_by_warc_files(home: Home, crawled: Path, by_sitemaps: str) -> None:
    asked = ("backfill", *PAPERS, *MONTH, *MARGIN, "--via", "warc", "--files", crawled, "--home", home.root)
    assert answer(*asked, "--limit", 7)["counts"]["captures"] == 7
    rest = answer(*asked)
    assert rest["outside"] > 10
    assert rest["counts"]["captures"] == sum(part["to_fetch"] for part in rest["plan"]) - rest["outside"]
    assert warehouse_hash(home) == by_sitemaps
    assert answer(*asked)["counts"]["captures"] == 0


def test_a_month_by_a_web_archive(home: Home, archive: tuple[str, Path], by_sitemaps: str) -> None:
    address, folder = archive
    asks(home, address)
    asked = ("backfill", *PAPERS, *MONTH, *MARGIN, "--via", "wayback", "--home", home.root)
    before = requests_in(folder)
    plan = answer(*asked, "--dry-run")
    assert requests_in(folder) == before
    assert len(plan["missing"]) > 40
    answer(*asked, "--limit", 7)
    assert requests_in(folder) == before + 7
    answer(*asked)
    assert warehouse_hash(home) == by_sitemaps
    done = requests_in(folder)
    assert done == before + len(plan["missing"])
    assert answer(*asked)["missing"] == []
    # What was read and left out is known by its day: another month asks for its own pages alone.
    november = answer("backfill", *PAPERS, "--from", "2026-11-01", "--to", "2026-11-30", *asked[8:], "--dry-run")
    assert 0 < len(november["missing"]) < len(plan["missing"]) / 2
    assert requests_in(folder) == done
    kept = rows(home, "SELECT DISTINCT via LIKE 'http://archive.example/news/%id_/http%' AS told FROM captures")
    assert kept == [{"told": True}]


def test_a_web_archive_and_a_run_that_is_killed(home: Home, archive: tuple[str, Path], by_sitemaps: str) -> None:
    asks(home, archive[0])
    asked = ["backfill", *PAPERS, *MONTH, *MARGIN, "--via", "wayback", "--home", str(home.root)]
    chance = random.Random(11)
    command = [*PROGRAM, *map(str, asked)]
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(1.2, 3))
            process.send_signal(signal.SIGKILL)
    answer(*asked)
    assert warehouse_hash(home) == by_sitemaps


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        (Answer(b"<html>We are sorry</html>"), 4, "no answer of a CDX server"),
        (Answer(b"", 503), 8, "answered 503"),
        (Answer(b"", 429, {"Retry-After": "3600"}), 8, "429"),
        (
            Answer(gzip.compress(bytes(64 * 1024 * 1024)), 200, {"Content-Encoding": "gzip"}),
            8,
            "too-large",
        ),
    ],
    ids=["no index", "out of order", "asks for a rest", "a bomb"],
)
def test_an_index_that_cannot_be_read_ends_the_run_in_words(home: Home, told: Answer, code: int, words: str) -> None:
    with Site() as site:
        site.answer_all = lambda handler: told if "/cdx" in handler.path else Answer(status=404)
        asks(home, site.address)
        asked = ("backfill", "tagblatt", *MONTH, "--via", "wayback", "--home", home.root)
        assert words in hemeroteca(*asked, code=code).stderr


def test_a_newspaper_that_the_archive_does_not_give_holds_up_no_other(home: Home) -> None:
    def index(handler: BaseHTTPRequestHandler) -> Answer:
        return Answer(b"", 403) if "tagblatt" in handler.path else Answer(b"", 200)

    with Site() as site:
        site.answer_all = index
        asks(home, site.address)
        done = answer("backfill", "tagblatt", "courier", *MONTH, "--via", "wayback", "--home", home.root)
        assert [part["source"] for part in done["plan"]] == ["courier"]
        assert any(told.startswith("tagblatt: ") and "403" in told for told in done["warnings"])


def test_a_month_by_cc_news_in_a_folder(home: Home, crawled: Path, by_sitemaps: str, tmp_path: Path) -> None:
    folder = tmp_path / "crawl-data" / "CC-NEWS" / "2026" / "11"
    folder.mkdir(parents=True)
    packed(crawled, folder / NAME)
    (folder / "CC-NEWS-20260801000000-00001.warc.gz").write_bytes(b"of other days, and never opened")
    asked = ("backfill", *PAPERS, *MONTH, *MARGIN, "--via", "ccnews", "--files", tmp_path, "--home", home.root)
    assert "2 files to look through" in answer(*asked, "--dry-run")["summary"]
    first = answer(*asked)
    assert warehouse_hash(home) == by_sitemaps
    assert any("CC-NEWS-20260801000000" in warning for warning in first["warnings"])
    assert answer(*asked)["counts"]["captures"] == 0


NAME = "CC-NEWS-20261001000000-00002.warc.gz"
PATH = f"crawl-data/CC-NEWS/2026/10/{NAME}"


def packed(crawled: Path, path: Path) -> None:
    """One file of all segments."""
    path.write_bytes(b"".join(segment.read_bytes() for segment in sorted(crawled.glob("*.warc.gz"))))


class Ranges:
    """Serves a file in the ranges that are asked for, and says which."""

    def __init__(self, path: Path) -> None:
        self.body = path.read_bytes()
        self.asked: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> Answer:
        """The piece."""
        stated = handler.headers["Range"]
        self.asked.append(stated)
        first, last = (int(number) for number in stated.removeprefix("bytes=").split("-"))
        if first >= len(self.body):
            return Answer(b"", 416)
        piece = self.body[first : last + 1]
        told = {"Content-Range": f"bytes {first}-{first + len(piece) - 1}/{len(self.body)}"}
        return Answer(piece, 206, told | {"Content-Type": "application/octet-stream"})


def asks_common_crawl(home: Home, site: Site) -> None:
    """Have a home ask a server of ours, for pieces of 20 KB."""
    settings = tomlkit.parse(home.settings.read_text("utf-8"))
    settings["network"]["hosts"]["data.commoncrawl.org"] = site.address  # type: ignore[index]
    settings["network"]["max_body"] = 20_000  # type: ignore[index]
    settings["ccnews"] = {"delay": 0.0}
    home.settings.write_text(tomlkit.dumps(settings), "utf-8")


def test_a_month_by_cc_news_from_its_server(home: Home, crawled: Path, by_sitemaps: str, tmp_path: Path) -> None:
    packed(crawled, tmp_path / NAME)
    ranges = Ranges(tmp_path / NAME)
    lines = f"{PATH}\n/etc/passwd\nhttp://evil.example/{NAME}\n../{NAME}\n"
    with Site({"/crawl-data/CC-NEWS/2026/10/warc.paths.gz": Answer(lines.encode()), f"/{PATH}": ranges}) as site:
        asks_common_crawl(home, site)
        asked = ("backfill", *PAPERS, *MONTH, "--capture-margin", 60, "--via", "ccnews", "--home", home.root)
        first = answer(*asked)
        assert warehouse_hash(home) == by_sitemaps
        assert any("3 lines name no file" in warning for warning in first["warnings"])
        assert len(ranges.asked) == len(set(ranges.asked)) >= len(ranges.body) // 20_000
        assert not list((home.work / "ccnews").iterdir())
        before = len(ranges.asked)
        answer(*asked)
        assert len(ranges.asked) == before


def test_a_server_without_ranges_is_refused_in_words(home: Home) -> None:
    with Site({"/crawl-data/CC-NEWS/2026/10/warc.paths.gz": Answer(PATH.encode()), f"/{PATH}": Answer(b"all")}) as site:
        asks_common_crawl(home, site)
        asked = ("backfill", "tagblatt", *MONTH, "--capture-margin", 30, "--via", "ccnews", "--home", home.root)
        assert "the whole file" in hemeroteca(*asked, code=8).stderr


def test_a_file_that_is_not_there_holds_up_none_behind_it(
    home: Home, crawled: Path, by_sitemaps: str, tmp_path: Path
) -> None:
    packed(crawled, tmp_path / NAME)
    gone = PATH.replace("00002", "00001")
    routes: dict[str, Route] = {
        "/crawl-data/CC-NEWS/2026/10/warc.paths.gz": Answer(f"{gone}\n{PATH}\n".encode()),
        f"/{PATH}": Ranges(tmp_path / NAME),
        f"/{gone}": Answer(b"gone", 404),
    }
    with Site(routes) as site:
        asks_common_crawl(home, site)
        asked = ("backfill", *PAPERS, *MONTH, "--capture-margin", 60, "--via", "ccnews", "--home", home.root)
        done = answer(*asked, "--order", "oldest")
    assert warehouse_hash(home) == by_sitemaps
    assert any(gone in told for told in done["warnings"])
