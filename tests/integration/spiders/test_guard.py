"""Forbidden addresses, by every way in: two listeners that must never be connected to."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from articles.errors import BadUrl
from articles.urls import normalise, without_user
from flows.extracting import Document
from flows.fetching import fetched
from flows.sections import Network
from spiders.guard import PORTS
from spiders.job import Feed, Source, Target
from tests.integration.spiders.conftest import AGENT, Crawls
from tests.integration.spiders.site import Answer, Site
from warehouse.imports.options import Unreadable

URL = "https://tagblatt.example"

SPELLINGS = [
    "http://127.0.0.2:{port}/", "http://127.2:{port}/", "http://127.0.2:{port}/", "http://2130706434:{port}/",
    "http://0x7f000002:{port}/", "http://0x7f.0.0.2:{port}/", "http://017700000002:{port}/",
    "http://0177.0.0.02:{port}/", "http://127.0.0.2.:{port}/", "http://127%2e0%2e0%2e2:{port}/",
    "http://[::ffff:127.0.0.2]:{port}/", "http://[::ffff:7f00:2]:{port}/", "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/", "http://[64:ff9b::127.0.0.2]:{port}/", "http://[2002:7f00:0002::]:{port}/",
    "http://[::]:{port}/", "http://0.0.0.0:{port}/", "http://0:{port}/", "http://localhost:{port}/",
    "http://LOCALHOST:{port}/", "http://localhost.:{port}/", "http://user:pass@127.0.0.2:{port}/",
    "http://tagblatt.example@127.0.0.2:{port}/", "http://127.0.0.2:{port}\\@tagblatt.example/",
    "https://127.0.0.2:{port}/", "http://１２７.０.０.２:{port}/", "http://①②⑦.⓪.⓪.②:{port}/",
    "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fec0::1]/",
    "file:///etc/passwd", "ftp://127.0.0.2:{port}/", "data:text/html,hello", "gopher://127.0.0.2:{port}/",
]  # fmt: skip


@pytest.fixture
def listeners() -> Iterator[list[Site]]:
    """Servers that nobody may reach, on a port that the guard lets pass: it is the address that is judged."""
    first = next(site for port in sorted(PORTS - {80, 443}) for site in sites_at("127.0.0.2", port))
    with ExitStack() as stack:
        yield [stack.enter_context(site) for site in (first, *sites_at("::1", first.port))]


def sites_at(address: str, port: int) -> list[Site]:
    try:
        return [Site(address=address, port=port)]
    except OSError:  # taken, or a machine without IPv6
        return []


@pytest.fixture
def spellings(listeners: list[Site]) -> list[str]:
    """Forbidden addresses."""
    return [spelling.format(port=listeners[0].port) for spelling in SPELLINGS]


def test_as_a_target_a_redirect_or_a_robots_redirect(
    crawls: Crawls, site: Site, listeners: list[Site], spellings: list[str]
) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {
        f"/{number}": Answer(b"", 302, {"Location": ascii_of(spelling)}) for number, spelling in enumerate(spellings)
    }
    targets = [*spellings, *(f"{URL}/{number}" for number in range(len(spellings)))]
    with ExitStack() as stack:
        for number, spelling in enumerate(spellings):
            robots = Answer(b"", 301, {"Location": ascii_of(spelling)})
            server = stack.enter_context(Site({"/robots.txt": robots, "/": Answer(b"never")}))
            crawls.serve(f"robots-{number}.example", server)
            targets.append(f"https://robots-{number}.example/")
        answer = crawls.run(
            "fetch", [Source(source="paper", delay=0, targets=tuple(Target(url=url) for url in targets))]
        )

    assert [site.connections for site in listeners] == [0] * len(listeners)
    assert answer.tallies["paper"].fetched == 0
    reasons = crawls.reasons()
    assert len(reasons) == len(set(targets))
    assert set(reasons.values()) == {"guard"}


def test_as_a_feed_a_link_in_a_feed_or_a_sitemap(
    crawls: Crawls, site: Site, listeners: list[Site], spellings: list[str]
) -> None:
    crawls.serve("tagblatt.example", site)
    items = "".join(f"<item><link>{spelling}</link></item>" for spelling in spellings)
    maps = "".join(f"<sitemap><loc>{spelling}</loc></sitemap>" for spelling in spellings)
    site.routes = {
        "/rss": Answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode()),
        "/sitemap.xml": Answer(f"<sitemapindex>{maps}</sitemapindex>".encode()),
    }
    urls = [*spellings, f"{URL}/rss", f"{URL}/sitemap.xml"]
    feeds = tuple(Feed(url=url, kind="feed") for url in urls)
    crawls.run("discover", [Source(source="paper", delay=0, feeds=feeds)])

    assert [site.connections for site in listeners] == [0] * len(listeners)
    visited = {event.url: event for event in crawls.visited()}
    assert visited.keys() >= set(map(without_user, urls))
    assert all((visited[without_user(url)].error or "").startswith("guard: ") for url in spellings)


def test_a_name_that_stands_for_a_private_address(crawls: Crawls, listeners: list[Site]) -> None:
    name = socket.gethostname()
    crawls.fetch(f"http://localhost:{listeners[0].port}/", f"http://{name}:{listeners[0].port}/")
    assert [site.connections for site in listeners] == [0] * len(listeners)
    assert crawls.reasons()[f"http://localhost:{listeners[0].port}/"] == "guard"


def test_as_an_entry_of_a_sitemap(crawls: Crawls, site: Site, listeners: list[Site], spellings: list[str]) -> None:
    crawls.serve("tagblatt.example", site)
    entries = "".join(f"<url><loc>{spelling}</loc></url>" for spelling in [*spellings, f"{URL}/rain"])
    site.routes = {"/sitemap.xml": Answer(f"<urlset>{entries}</urlset>".encode()), "/rain": Answer(b"<p>rain")}
    crawls.run("discover", [Source(source="paper", delay=0, feeds=(Feed(url=f"{URL}/sitemap.xml", kind="sitemap"),))])
    assert [found.url for found in crawls.found()] == [f"{URL}/rain"]
    assert [site.connections for site in listeners] == [0] * len(listeners)


def test_in_a_list_of_addresses_to_extract(listeners: list[Site], spellings: list[str]) -> None:
    accepted = [spelling for spelling in spellings if is_address(spelling)]
    assert len(accepted) > 20
    found = list(fetched(accepted, Network(user_agent=AGENT, delay=0)))
    assert {one.reason for one in found if isinstance(one, Unreadable)} == {"guard"}
    assert not any(isinstance(one, Document) for one in found)
    assert [site.connections for site in listeners] == [0] * len(listeners)


def is_address(url: str) -> bool:
    try:
        normalise(url)
    except BadUrl:
        return False
    return True


def test_user_names_and_passwords_are_written_nowhere(crawls: Crawls, site: Site) -> None:
    signed = "https://reader:hunter2@tagblatt.example"
    crawls.serve("tagblatt.example", site)
    site.routes = {
        "/rss": Answer(f"<rss version='2.0'><channel><item><link>{signed}/a</link></item></channel></rss>".encode()),
        "/a": Answer(b"", 302, {"Location": f"{signed}/b"}),
        "/b": Answer(b"<p>page"),
    }
    crawls.run("discover", [Source(source="paper", delay=0, feeds=(Feed(url=f"{signed}/rss", kind="feed"),))])
    crawls.fetch(*(found.url for found in crawls.found()))

    assert [(entry.url, entry.final_url) for entry in crawls.entries().values()] == [(f"{URL}/a", f"{URL}/b")]
    written = [path for path in crawls.home.rglob("*") if path.is_file() and not path.name.endswith("job.json")]
    assert {path.suffix for path in written} >= {".jsonl", ".gz", ".json", ".log"}
    packed = [gzip.decompress(path.read_bytes()) for path in written if path.suffix == ".gz"]
    assert not any(b"hunter2" in raw for raw in [*packed, *(path.read_bytes() for path in written)])
    assert not any("authorization" in asked.headers for asked in site.asked)


def ascii_of(url: str) -> str:
    return url.encode("utf-8").decode("latin-1")
