"""Pages and what can happen instead, as the archive and the journal tell it."""

import gzip
import os
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from articles.model import SiteRule
from spiders.job import Source, Target
from tests.integration.spiders.conftest import AGENT, Crawls, source
from tests.integration.spiders.site import Answer, Site
from warehouse.archive import read_payload
from warehouse.journal import Failed, Refused

PAGE = b"<!doctype html><title>Rain</title><p>It rained.</p>"
URL = "https://tagblatt.example"


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(b"", status, {"Location": location})


def test_a_page_is_archived_with_all_that_is_known_of_it(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    headers = {
        "Content-Type": "Text/HTML; Charset='ISO-8859-1'",
        "X-Robots-Tag": "noarchive, noai",
        "tdm-reservation": "1",
        "Set-Cookie": "id=1",
    }
    site.routes = {"/rain?id=7": Answer(PAGE, 200, headers), "/snow": Answer(PAGE, 200)}
    paper = Source(
        source="tagblatt",
        name="Tagblatt",
        zone="Europe/Vienna",
        language="de",
        delay=0,
        targets=(
            Target(url=f"{URL}/rain?id=7", via=f"{URL}/feed", published="yesterday"),
            Target(url=f"{URL}/snow"),
        ),
    )
    answer = crawls.run("fetch", [paper])

    assert answer.finished == "finished"
    assert answer.tallies["tagblatt"].fetched == 2
    entry = crawls.entries()[f"{URL}/rain?id=7"]
    assert read_payload(crawls.home / "archive", entry) == PAGE
    assert (entry.status, entry.media_type, entry.charset) == (200, "text/html", "iso-8859-1")
    assert entry.final_url == f"{URL}/rain?id=7"
    context = entry.context
    assert (context.name, context.zone, context.language) == ("Tagblatt", "Europe/Vienna", "de")
    assert (context.via, context.feed_published) == (f"{URL}/feed", "yesterday")
    assert context.robots == "no robots.txt"
    assert context.rights == ("noarchive", "noai", "tdm-reservation")

    asked = site.asked[-1]
    assert asked.host == "tagblatt.example"
    assert asked.headers["user-agent"] == AGENT
    assert not {"cookie", "referer"} & asked.headers.keys()
    # the same payload under two addresses is kept once
    assert sorted(entry.record_type for entry in crawls.entries().values()) == ["response", "revisit"]


def test_every_http_status_is_a_capture(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    statuses = [404, 410, 500, 503, 304, 204, 429]
    site.routes = {f"/{status}": Answer(b"", status) for status in statuses}
    answer = crawls.fetch(*(f"{URL}/{status}" for status in statuses))

    assert answer.tallies["paper"].fetched == len(statuses)
    assert {entry.url: entry.status for entry in crawls.entries().values()} == {
        f"{URL}/{status}": status for status in statuses
    }
    assert len(site.paths()) == len(statuses), "an answer is not asked for twice"


@pytest.mark.parametrize(("status", "header"), [(429, None), (503, "1800")])
def test_a_host_that_asks_for_rest_is_left_alone_and_its_pages_wait(
    crawls: Crawls, site: Site, status: int, header: str | None
) -> None:
    crawls.serve("tagblatt.example", site)
    headers = {"Retry-After": header} if header else {}
    site.routes = {"/1": Answer(b"", status, headers), "/2": Answer(PAGE), "/3": Answer(PAGE)}
    crawls.fetch(*(f"{URL}/{number}" for number in (1, 2, 3)))
    assert site.paths() == ["/1"]
    assert [entry.status for entry in crawls.entries().values()] == [status]
    crawls.fetch(f"{URL}/2")
    assert site.paths() == ["/1"], "the next crawl leaves it alone as well"
    assert crawls.events() == [], "what was not asked for has not failed"


def test_a_payload_that_the_archive_holds_becomes_a_revisit(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/rain": Answer(PAGE)}
    crawls.fetch(f"{URL}/rain")
    before = crawls.entries()[f"{URL}/rain"]
    target = Target(
        url=f"{URL}/rain",
        held_digest=before.digest,
        held_segment=before.payload.segment,
        held_offset=before.payload.offset,
        held_length=before.payload.length,
    )
    crawls.run("fetch", [Source(source="paper", delay=0, targets=(target,))])

    after = crawls.entries()[f"{URL}/rain"]
    assert after.record_type == "revisit"
    assert after.record.segment != before.record.segment
    assert read_payload(crawls.home / "archive", after) == PAGE


def test_redirects_are_followed_five_times_and_each_hop_is_asked_under_its_own_rules(
    crawls: Crawls, site: Site
) -> None:
    with Site({"/robots.txt": Answer(b"User-agent: *\nDisallow: /closed")}) as other:
        crawls.serve("tagblatt.example", site)
        crawls.serve("morgen.example", other)
        other.routes |= {"/open": Answer(PAGE), "/closed": Answer(PAGE)}
        site.routes = {
            "/abroad": redirect("https://user:secret@morgen.example/open#part", 301),
            "/closed": redirect("https://morgen.example/closed"),
            "/loop": redirect("/loop"),
            "/5": redirect("/4"), "/4": redirect("/3"), "/3": redirect("/2"), "/2": redirect("/1"),
            "/1": redirect("/0", 308), "/0": Answer(PAGE),
            "/6": redirect("/5"),
            "/file": redirect("file:///etc/passwd"),
            "/bracket": redirect("http://[tagblatt.example/"),
            "/nowhere": Answer(b"gone", 302),
        }  # fmt: skip
        crawls.fetch(
            *(f"{URL}/{name}" for name in ("abroad", "closed", "loop", "5", "6", "file", "bracket", "nowhere"))
        )

    entries = crawls.entries()
    assert entries[f"{URL}/abroad"].final_url == "https://morgen.example/open"
    assert entries[f"{URL}/abroad"].context.robots == "allowed"
    assert entries[f"{URL}/5"].final_url == f"{URL}/0"
    assert entries[f"{URL}/nowhere"].status == 302
    assert crawls.reasons() == {
        f"{URL}/closed": "robots",
        f"{URL}/loop": "redirects",
        f"{URL}/6": "redirects",
        f"{URL}/file": "guard",
        f"{URL}/bracket": "guard",
    }
    assert other.paths() == ["/open"]
    assert all("secret" not in path.read_text("latin-1") for path in (crawls.home / "archive").rglob("*.jsonl"))


def test_robots_in_every_state(crawls: Crawls) -> None:
    def slow(_: BaseHTTPRequestHandler) -> None:
        time.sleep(3)

    def reset(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    ours = b"User-agent: hemeroteca\nDisallow: /page\n\nUser-agent: *\nAllow: /"
    others = b"User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nDisallow: /x"
    states = {
        "allowed": Answer(others),
        "forbidden": Answer(ours),
        "large": Answer(b"#" * 600_000 + b"\n" + ours),
        "html": Answer(PAGE),
        "gone": Answer(b"", 410),
        "unauthorised": Answer(b"", 401),
        "busy": Answer(b"", 429),
        "broken": Answer(b"", 503),
        "loop": redirect("/robots.txt"),
        "slow": slow,
        "reset": reset,
    }
    sites = {name: Site({"/robots.txt": state, "/page": Answer(PAGE)}) for name, state in states.items()}
    crawls.network = {"timeout": 1.0}
    for name, site in sites.items():
        site.__enter__()
        crawls.serve(f"{name}.example", site)
    answer = crawls.fetch(*(f"https://{name}.example/page" for name in states))
    for site in sites.values():
        site.__exit__(None, None, None)

    verdicts = {entry.url.split("/")[2][:-8]: entry.context.robots for entry in crawls.entries().values()}
    absent = "no robots.txt"
    assert verdicts == {
        "allowed": "allowed", "large": "allowed", "html": "allowed",
        "gone": absent, "unauthorised": absent, "loop": absent,
    }  # fmt: skip
    events = {event.url.split("/")[2][:-8]: event for event in crawls.events()}
    unreachable = {"busy", "broken", "slow", "reset"}
    assert events.keys() == unreachable | {"forbidden"}
    for name in unreachable:
        event = events[name]
        assert isinstance(event, Failed)
        assert (event.reason, event.again) == ("robots-unreachable", True)
    assert isinstance(events["forbidden"], Refused)
    assert all(not sites[name].paths() for name in events)
    assert (answer.tallies["paper"].refused, answer.tallies["paper"].failed) == (1, 4)


def test_bodies_that_are_packed_broken_late_or_too_large(crawls: Crawls, site: Site) -> None:
    def packed(body: bytes) -> Answer:
        return Answer(body, 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"})

    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nIt rai")
        handler.wfile.flush()
        time.sleep(4)

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nIt rai")

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"rain " * 1_000_000)

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for number in range(20_000):
                handler.wfile.write(f"X-{number}: {'rain ' * 200}\r\n".encode())
            flooded.append(handler.path)

    flooded: list[str] = []

    def odd(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Odd: a\rForged: b\r\nContent-Length: 2\r\n\r\nok")

    crawls.network = {"timeout": 1.5, "max_body": 1_000_000}
    crawls.serve("tagblatt.example", site)
    site.routes = {
        "/packed": packed(gzip.compress(PAGE)),
        "/bomb": packed(gzip.compress(b"\0" * 200_000_000, 1)),
        "/unpacked": packed(PAGE),
        "/large": Answer(b"x" * 1_000_001),
        "/fits": Answer(b"x" * 1_000_000),
        "/stall": stall, "/cut": cut, "/endless": endless, "/flood": flood, "/odd": odd,
    }  # fmt: skip
    crawls.fetch(*(f"{URL}{path}" for path in site.routes), "https://unknown.invalid/")

    assert read_payload(crawls.home / "archive", crawls.entries()[f"{URL}/packed"]) == PAGE
    assert crawls.entries().keys() == {f"{URL}/packed", f"{URL}/fits", f"{URL}/odd"}
    assert crawls.reasons() == {
        f"{URL}/bomb": "too-large",
        f"{URL}/unpacked": "encoding",
        f"{URL}/large": "too-large",
        f"{URL}/stall": "timeout",
        f"{URL}/cut": "connection",
        f"{URL}/endless": "too-large",
        f"{URL}/flood": "connection",
        "https://unknown.invalid/": "dns",
    }
    assert not flooded, "a head of 20 MB is not listened to"
    assert site.paths().count("/stall") == 1
    assert site.paths().count("/cut") == 3, "a broken connection is tried again twice"


def test_many_pages_of_several_sources_are_counted_by_source(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    crawls.serve("morgen.example", site)
    site.routes = {f"/{number}": Answer(PAGE + str(number).encode()) for number in range(120)}
    papers = [
        source("tagblatt", targets=[f"{URL}/{number}" for number in range(120)]),
        source("morgen", targets=[f"https://morgen.example/{number}" for number in range(100, 130)]),
        source("empty"),
    ]
    answer = crawls.run("fetch", papers)

    assert {slug: tally.fetched for slug, tally in answer.tallies.items()} == {
        "tagblatt": 120,
        "morgen": 30,
        "empty": 0,
    }
    assert len(crawls.entries()) == 150
    assert read_payload(crawls.home / "archive", crawls.entries()[f"{URL}/7"]) == PAGE + b"7"


def test_nothing_is_written_outside_the_writers_own_files(crawls: Crawls, site: Site, tmp_path: Path) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {"/rain": Answer(PAGE)}
    crawls.home.joinpath("work").mkdir()
    for name, days in (("old.log", 31), ("lately.log", 29)):
        crawls.home.joinpath("work", name).touch()
        os.utime(crawls.home / "work" / name, times=(time.time() - days * 86_400,) * 2)
    crawls.fetch(f"{URL}/rain", f"{URL}:1/rain")

    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert sum(name.startswith("robots/") for name in files) == 1
    assert {name for name in files if not name.startswith("robots/")} == {
        "archive/segments/writer-1-0001.warc.gz",
        "archive/segments/writer-1-0001.jsonl",
        "archive/journal/writer-1.jsonl",
        "locks/host-tagblatt.example.lock",
        "work/lately.log",
        "work/writer-1.log",
        "work/1.answer.json",
    }


def test_an_article_on_several_pages_is_fetched_whole(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    part = b'<!doctype html><p>It rained.</p><a class="all" href="%s">On one page</a>'
    site.routes = {
        "/rain": Answer(part % b"/rain?all=1#top"),
        "/rain?all=1": Answer(part % b"/rain?all=1"),
        "/snow": Answer(part % b"http://127.0.0.2/secret"),
        "/hail": Answer(PAGE),
        "/wind": Answer(part % b"/wind?all=1"),
        "/wind?all=1": Answer(part % b"/wind?all=2"),
        "/gone": Answer(part % b"/rain?all=3", 404),
    }
    paper = source(targets=[f"{URL}/{name}" for name in ("rain", "snow", "hail", "wind", "gone")])
    rules = (SiteRule("tagblatt.example", single_page="a.all"), SiteRule("other.example", single_page="a"))
    answer = crawls.run("fetch", [paper], rules=rules)

    assert answer.finished == "finished"
    assert sorted(site.paths()) == ["/gone", "/hail", "/rain", "/rain?all=1", "/snow", "/wind", "/wind?all=1"]
    assert crawls.entries()[f"{URL}/rain?all=1"].context.via == f"{URL}/rain"
    assert answer.tallies["paper"].fetched == 7


def test_a_redirect_to_no_address_of_a_page_costs_that_page_alone(crawls: Crawls, site: Site) -> None:
    """Nested returns to a login grow beyond what any page is called; a web archive's copy may be of a mail address."""
    crawls.serve("tagblatt.example", site)
    crawls.hosts["web.archive.org"] = site.address
    site.routes = {
        "/long": redirect(f"{URL}/login?return={'a' * 9_000}"),
        "/mail": redirect("https://web.archive.org/web/2020/mailto:desk"),
        "/rain": Answer(PAGE),
    }
    answer = crawls.fetch(*(f"{URL}/{name}" for name in ("long", "mail", "rain")))

    assert list(crawls.entries()) == [f"{URL}/rain"]
    assert crawls.reasons() == {f"{URL}/long": "guard", f"{URL}/mail": "guard"}
    assert (answer.tallies["paper"].fetched, answer.tallies["paper"].refused) == (1, 2)
