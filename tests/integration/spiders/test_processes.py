"""Crawls beside each other, crawls that are ended, and crawls whose parent is."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import pytest

from articles.errors import CrawlFailed, RunBusy
from spiders.child import Child
from tests.integration.spiders.conftest import Crawls, source, wait_until
from tests.integration.spiders.site import Answer, Site
from warehouse.archive import read_payload
from warehouse.locks import crawl_lock

URL = "https://tagblatt.example"
PAGE = b"<!doctype html><title>Rain</title>"


def gaps(site: Site) -> list[float]:
    return [after.at - before.at for before, after in pairwise(site.asked)]


def test_a_host_rests_between_requests_of_one_crawl_and_of_the_next(crawls: Crawls, site: Site) -> None:
    with Site({f"/{n}": Answer(PAGE) for n in range(30)}) as other:
        crawls.serve("tagblatt.example", site)
        crawls.serve("morgen.example", other)
        site.routes = {f"/{n}": Answer(PAGE, 301, {"Location": f"/to{n}"}) for n in range(2)}
        papers = [
            source("tagblatt", targets=[f"{URL}/{n}" for n in range(2)], delay=0.4),
            source("morgen", targets=[f"https://morgen.example/{n}" for n in range(30)]),
        ]
        crawls.run("fetch", papers)
        crawls.fetch(f"{URL}/0", delay=1.2)

        # robots.txt, two pages and two redirects, and once more a page and its redirect
        assert len(site.asked) == 7
        assert min(gaps(site)) >= 0.4
        assert min(gaps(site)[5:]) >= 1.2
        assert other.asked[-1].at < site.asked[2].at, "a host that rests holds up no other"


def test_robots_txt_may_ask_for_a_longer_rest(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 0.7"), "/a": Answer(PAGE), "/b": Answer(PAGE)}
    crawls.fetch(f"{URL}/a", f"{URL}/b", delay=0.1)

    assert len(site.asked) == 3
    assert min(gaps(site)) >= 0.7


def test_two_crawls_never_ask_one_host_at_once_and_other_hosts_go_on(crawls: Crawls, site: Site) -> None:
    busy = threading.Lock()
    overlaps: list[str] = []

    def page(handler: BaseHTTPRequestHandler) -> Answer:
        if not busy.acquire(blocking=False):
            overlaps.append(handler.path)
            return Answer(PAGE)
        time.sleep(0.15)
        if handler.path == "/a9":  # is under way until the second crawl has asked another host
            wait_until(lambda: other.asked)
        busy.release()
        return Answer(PAGE)

    with Site({"/free": Answer(PAGE)}) as other:
        crawls.serve("tagblatt.example", site)
        crawls.serve("morgen.example", other)
        site.routes = {f"/{name}{n}": page for name in "ab" for n in range(10)}
        first = crawls.start("fetch", [source(targets=[f"{URL}/a{n}" for n in range(10)])])
        wait_until(site.paths)
        urls = ["https://morgen.example/free", *(f"{URL}/b{n}" for n in range(10))]
        second = crawls.start("fetch", [source(targets=urls)])
        assert first.wait(20)
        assert second.wait(20)

    assert (first.answer().tallies["paper"].fetched, second.answer().tallies["paper"].fetched) == (10, 11)
    assert not overlaps


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "stop"])
def test_a_crawl_that_is_stopped_acknowledges_what_it_has(crawls: Crawls, site: Site, how: str) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/{n}": Answer(PAGE) for n in range(20)}
    child = crawls.start("fetch", [source(targets=[f"{URL}/{n}" for n in range(20)], delay=0.3)])
    wait_until(lambda: len(site.paths()) >= 2)
    began = time.monotonic()
    if how == "stop":
        child.stop()
    else:
        os.kill(child.pid, getattr(signal, how))
        time.sleep(0.2)
        if not child.poll():
            os.kill(child.pid, signal.SIGTERM)  # a nervous operator
    assert child.wait(15)

    assert time.monotonic() - began < 8
    answer = child.answer()
    assert answer.finished == "stopped"
    assert answer.tallies["paper"].fetched == len(crawls.entries()) >= 1
    assert not crawls.reasons(), "what was not asked for is neither failed nor refused"


def test_a_request_under_way_holds_a_stop_up_for_seconds_only(crawls: Crawls, site: Site) -> None:
    def stall(_: BaseHTTPRequestHandler) -> None:
        time.sleep(20)

    crawls.serve("tagblatt.example", site)
    crawls.serve("morgen.example", site)
    site.routes = {"/stall": stall, "/rain": Answer(PAGE)}
    child = crawls.start("fetch", [source(targets=[f"{URL}/stall", "https://morgen.example/rain"])])
    wait_until(lambda: len(site.paths()) == 2)
    began = time.monotonic()
    child.stop()

    assert time.monotonic() - began < 9
    assert child.answer().finished == "stopped"
    assert crawls.entries().keys() == {"https://morgen.example/rain"}


def test_a_crawl_ends_when_its_minutes_are_over(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/{n}": Answer(PAGE) for n in range(50)}
    urls = [f"{URL}/{n}" for n in range(50)]
    answer = crawls.run("fetch", [source(targets=urls, delay=0.2)], max_minutes=1 / 60)

    assert answer.finished == "max_minutes"
    assert 1 <= answer.tallies["paper"].fetched == len(crawls.entries()) < 10


PARENT = """
import sys, time
from pathlib import Path
from spiders.child import Child
from spiders.job import Job
child = Child.start(Job.model_validate_json(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_crawl_ends_when_its_parent_is_killed(crawls: Crawls, site: Site, tmp_path: Path) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/{n}": Answer(PAGE) for n in range(100)}
    job = crawls.job("fetch", [source(targets=[f"{URL}/{n}" for n in range(100)], delay=0.2)])
    asked = tmp_path / "job.json"
    asked.write_text(job.model_dump_json())
    command = [sys.executable, "-c", PARENT, str(asked), str(tmp_path / "work")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        wait_until(lambda: len(site.paths()) >= 2)
        parent.kill()

    wait_until(lambda: not alive(child), 8)
    assert crawls.entries(), "what it had is acknowledged all the same"
    answer = crawls.fetch(f"{URL}/99")
    assert answer.tallies["paper"].fetched == 1, "its lock is free"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_crawl_holds_the_locks_of_any_number_of_newspapers(crawls: Crawls, site: Site, tmp_path: Path) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/rain": Answer(PAGE), "/sun": Answer(PAGE)}
    job = crawls.job("fetch", [source(targets=[f"{URL}/rain", f"{URL}/sun"], delay=2)])
    with ExitStack() as held:
        locks = [held.enter_context(crawl_lock(tmp_path, "ingest", f"paper{n}")) for n in range(450)]
        child = Child.start(job, crawls.home / "work", locks)
        wait_until(site.paths)
    for name in ("paper0", "paper449"):
        with pytest.raises(RunBusy), crawl_lock(tmp_path, "ingest", name, wait=0):
            pass
    assert child.answer().tallies["paper"].fetched == 2
    with crawl_lock(tmp_path, "ingest", "paper449", wait=0):
        pass


def test_a_crawl_that_is_killed_has_failed(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/{n}": Answer(PAGE) for n in range(9)}
    child = crawls.start("fetch", [source(targets=[f"{URL}/{n}" for n in range(9)], delay=0.4)])
    wait_until(lambda: len(site.paths()) == 7)
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(CrawlFailed, match="exit code -9"):
        child.answer()
    # what is older than about a second is acknowledged, and can be read
    entries = crawls.entries()
    assert len(entries) >= 3
    assert all(read_payload(crawls.home / "archive", entry) == PAGE for entry in entries.values())


def test_a_crawl_that_cannot_write_fails_with_its_last_words(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/rain": Answer(PAGE)}
    (crawls.home / "archive").write_text("a file in the folder's place")
    with pytest.raises(CrawlFailed, match=r"(?s)no answer.*NotADirectoryError"):
        crawls.fetch(f"{URL}/rain")


def test_a_crawl_starts_from_any_folder(
    crawls: Crawls, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/rain": Answer(PAGE)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_PROJECT", "another")
    crawls.home = Path("home")
    child = crawls.start("fetch", [source(targets=[f"{URL}/rain"])])
    assert isinstance(child, Child)
    assert child.answer().tallies["paper"].fetched == 1
    assert (tmp_path / "home" / "archive" / "segments").is_dir()
