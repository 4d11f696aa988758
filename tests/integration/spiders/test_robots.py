"""robots.txt by RFC 9309: what each answer means, and for how long it counts."""

import socket
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from spiders.robots_cache import KEPT, UNREACHABLE_KEPT, Received, RobotsCache
from tests.integration.spiders.conftest import Crawls
from tests.integration.spiders.site import Answer, Site
from warehouse.journal import Failed, Refused

URL = "https://tagblatt.example"
PAGE = b"<!doctype html><title>Rain</title>"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    handler.connection.close()


def asked_for_robots(site: Site) -> int:
    return sum(asked.path == "/robots.txt" for asked in site.asked)


def grow_old(crawls: Crawls, by: timedelta) -> None:
    """Make what was received older."""
    for path in (crawls.home / "robots").iterdir():
        received = Received.model_validate_json(path.read_bytes())
        path.write_text(received.model_copy(update={"at": received.at - by}).model_dump_json())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_robots_txt_allows_everything(crawls: Crawls, site: Site, status: int) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /", status), "/rain": Answer(PAGE)}
    crawls.fetch(f"{URL}/rain")
    assert crawls.entries()[f"{URL}/rain"].context.robots == "no robots.txt"


@pytest.mark.parametrize(
    "how", [Answer(b"", 429), Answer(b"", 500), Answer(b"", 503), reset], ids=["429", "500", "503", "reset"]
)
def test_one_that_cannot_be_had_forbids_and_is_asked_for_again_soon(crawls: Crawls, site: Site, how: Answer) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/robots.txt": how, "/rain": Answer(PAGE)}
    crawls.fetch(f"{URL}/rain")
    asked = asked_for_robots(site)
    crawls.fetch(f"{URL}/rain")
    assert asked_for_robots(site) == asked, "nobody asks again at once"
    assert site.paths() == []
    assert crawls.reasons() == {f"{URL}/rain": "robots-unreachable"}
    assert all(isinstance(event, Failed) and event.again for event in crawls.events())

    grow_old(crawls, UNREACHABLE_KEPT)
    for lock in (crawls.home / "locks").glob("host-*"):
        lock.unlink()  # a host that answered 429 rests
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /snow")
    crawls.fetch(f"{URL}/rain", f"{URL}/snow")
    assert site.paths() == ["/rain"]
    assert crawls.entries()[f"{URL}/rain"].context.robots == "allowed"


def test_known_rules_hold_while_no_newer_can_be_had(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /snow"), "/rain": Answer(PAGE)}
    crawls.fetch(f"{URL}/rain")
    grow_old(crawls, KEPT)
    site.routes["/robots.txt"] = Answer(b"", 500)
    crawls.fetch(f"{URL}/rain", f"{URL}/snow")
    assert asked_for_robots(site) == 2
    assert site.paths() == ["/rain", "/rain"]


def test_what_was_received_counts_for_a_day_over_all_crawls(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /snow"), "/rain": Answer(PAGE)}
    for _ in range(2):
        crawls.fetch(f"{URL}/rain", f"{URL}/snow")
    assert asked_for_robots(site) == 1
    assert [event.reason for event in crawls.events() if isinstance(event, Refused)] == ["robots", "robots"]

    grow_old(crawls, KEPT - timedelta(minutes=5))
    crawls.fetch(f"{URL}/rain")
    assert asked_for_robots(site) == 1
    grow_old(crawls, timedelta(minutes=10))
    crawls.fetch(f"{URL}/rain")
    assert asked_for_robots(site) == 2


def test_a_very_long_robots_txt_is_read_to_its_512th_kilobyte(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    rules = b"User-agent: *\nDisallow: /snow\n" + b"# what a long comment\n" * 30_000 + b"Disallow: /rain\n"
    site.routes = {"/robots.txt": Answer(rules), "/rain": Answer(PAGE)}
    crawls.fetch(f"{URL}/rain", f"{URL}/snow")
    assert site.paths() == ["/rain"]


def test_a_robots_txt_made_to_hang_its_reader_holds_nobody_up(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    stars = b"User-agent: *\n" + b"".join(b"Disallow: /a%d*b*c*$\n" % n for n in range(20_000))
    site.routes = {"/robots.txt": Answer(stars + b"Disallow: /" + b"*a" * 5_000 + b"b$\n"), "/aaaa": Answer(PAGE)}
    crawls.fetch(f"{URL}/aaaa")
    assert crawls.entries().keys() == {f"{URL}/aaaa"}


@pytest.mark.parametrize("raw", [b"", b"{", b'{"site": "https://e.example"}', b"\xff", b"null"])
def test_a_damaged_file_of_the_cache_is_none(tmp_path: Path, raw: bytes) -> None:
    cache = RobotsCache(tmp_path)
    cache.put(Received(site="https://e.example", at=NOW, text="User-agent: *"))
    assert cache.get("https://e.example") is not None
    assert cache.get("http://e.example") is None, "another scheme is another site"
    next(tmp_path.iterdir()).write_bytes(raw)
    assert cache.get("https://e.example") is None


def test_rules_count_for_a_day_and_a_failure_for_minutes() -> None:
    received = Received(site="https://e.example", at=NOW, text="User-agent: *")
    assert received.fresh(NOW + timedelta(hours=23))
    assert not received.fresh(NOW + timedelta(hours=24))
    assert not received.fresh(NOW - timedelta(hours=1)), "a clock set back"
    failed = Received(site="https://e.example", at=NOW, unreachable="HTTP status 503")
    assert failed.fresh(NOW + timedelta(minutes=19))
    assert not failed.fresh(NOW + timedelta(minutes=20))


def test_rules_known_from_before_hold_for_a_month_while_no_newer_can_be_had() -> None:
    held = Received(site="https://e.example", at=NOW, text="User-agent: *")
    for day in range(1, 60):
        failed = Received(site="https://e.example", at=NOW + timedelta(days=day), unreachable="a time-out")
        held = held.instead(failed)
        assert (held.text == "User-agent: *") == (day < 30)
        assert held.fresh(failed.at)
        assert not held.fresh(failed.at + timedelta(hours=1))
