"""Broken sources, checked in one go: each fault is named, and says what to do."""

from collections.abc import Iterator

import pytest

from flows.checking import check
from flows.progress import Silent
from flows.sections import Network, SourceSettings
from flows.survey import looking
from spiders.faults import Fault
from tests.homes import Hosts, article, moment, numbered, page, rss, to, urlset
from tests.integration.spiders.site import Answer, Site
from warehouse.clock import now
from warehouse.home import Home

WORDS = "The council met on Monday to talk about the old bridge, and many people were not happy about it"
CONSENT = "<title>Before you continue</title><p>We and our partners use cookies. Accept all cookies or manage your consent.</p>"


def no_zone(body: bytes) -> bytes:
    return body.replace(b" +0000</pubDate>", b"</pubDate>")


def broken(hosts: Hosts) -> dict[str, SourceSettings]:
    """Sources by what is wrong with them."""
    feeds: dict[str, Answer | bytes | str] = {
        "sound": rss("sound.example", numbered(3)),
        "forbidden": rss("forbidden.example", numbered(3)),
        "robots": rss("robots.example", numbered(3)),
        "html": Answer(page(body="Our feeds").encode()),
        "cut": rss("cut.example", numbered(9))[:-300],
        "empty": rss("empty.example", []),
        "stale": rss("stale.example", numbered(3), age=24 * 40),
        "foreign": rss("elsewhere.example", numbered(3)),
        "moved": to("/new-feed", 308),
        "future": rss("future.example", numbered(4), age=-72),
        "zone": no_zone(rss("zone.example", numbered(3))),
        "consent": rss("consent.example", numbered(3)),
        "refused": Answer(b"no", 403),
        "below": rss("below.example", numbered(3)),
    }
    for name, feed in feeds.items():
        hosts.add(f"{name}.example", {"/": page(), "/feed": feed})
        hosts.add(f"{name}.example", {f"/{one}": article("en", moment(1), WORDS) for one in numbered(3)})
    hosts.add("forbidden.example", {"/": Answer(b"no", 403)})
    hosts.add("robots.example", {"/robots.txt": "User-agent: *\nDisallow: /"})
    hosts.add("moved.example", {"/new-feed": rss("moved.example", numbered(3))})
    hosts.add("consent.example", {f"/{one}": CONSENT for one in numbered(3)})
    hosts.add("below.example", {"/sitemap.xml": urlset("below.example", [])[:60]})
    names = [*feeds, "nowhere"]
    settings = {
        name: SourceSettings(name=name, url=f"https://{name}.example/", feeds=(f"https://{name}.example/feed",))
        for name in names
    }
    settings["below"] = settings["below"].model_copy(
        update={
            "sitemaps": ("https://below.example/sitemap.xml",),
            "archive_sitemaps": ("https://below.example/gone.xml",),
        }
    )
    return settings


@pytest.fixture(scope="module")
def found(hosts: Hosts, server: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Fault]]]:
    """The faults of each."""
    sources = broken(hosts)
    network = Network(delay=0, timeout=10, hosts=hosts.serve(server))
    with looking(network, Home(tmp_path_factory.mktemp("home")), now) as looker:
        yield {one.source: list(one.faults) for one in check(sources, looker, Silent())}


@pytest.mark.parametrize(
    ("name", "kinds", "words"),
    [
        ("sound", [], ""),
        ("forbidden", ["http 403"], "home page: turns our user agent away (HTTP status 403)"),
        ("robots", ["robots", "robots"], "home page: robots.txt forbids it to us"),
        ("nowhere", ["dns", "dns"], "home page: its name does not resolve"),
        ("html", ["html"], "feed: an HTML page comes in its place"),
        ("cut", ["broken"], "feed: is cut short or broken, 7 entries could be read"),
        ("empty", ["empty"], "feed: it has no entries"),
        ("stale", ["stale"], "feed: its newest entry is 40 days old"),
        ("foreign", ["foreign"], "feed: its entries lead to elsewhere.example, and would be refused"),
        ("moved", ["moved"], "feed: has moved for good to https://moved.example/new-feed"),
        ("future", ["future"], "feed: 4 of 4 entries are dated in the future"),
        ("zone", ["no-zone"], "feed: 3 times name no time zone, and the source has none"),
        ("consent", ["no-articles"], "articles: the newest 2 pages are none (consent"),
        ("refused", ["http 403"], "feed: turns our user agent away"),
        ("below", ["unreadable", "http 404"], "sitemap: no sitemap"),
    ],
)  # fmt: skip
def test_a_fault_is_named(found: dict[str, list[Fault]], name: str, kinds: list[str], words: str) -> None:
    assert [fault.kind for fault in found[name]] == kinds, found[name]
    assert words in " ".join(fault.says for fault in found[name])


def test_each_fault_says_what_to_do(found: dict[str, list[Fault]]) -> None:
    assert all(fault.do and "{" not in fault.do for faults in found.values() for fault in faults)
