"""Ten invented home pages, looked at in one go: what is there is found, and told apart."""

from datetime import timedelta

import pytest

from flows.progress import Silent
from flows.proposing import Proposal, propose
from flows.sections import Network
from flows.survey import looking
from spiders.proposal import Offer
from tests.homes import (
    NOW,
    Hosts,
    article,
    atom,
    index,
    json_feed,
    link,
    moment,
    numbered,
    page,
    rss,
    to,
    urlset,
    zipped,
)  # fmt: skip
from tests.integration.spiders.site import Answer, Site
from warehouse.clock import now
from warehouse.home import Home

GERMAN = "Die Stadt baut eine neue Brücke über den Fluss, und viele Menschen sind darüber nicht glücklich"
ENGLISH = "The council met on Monday to talk about the old bridge, and many people were not happy about it"
MONTHS = [f"/sitemap-{year}-{month:02}.xml" for year in (2024, 2025) for month in range(1, 13)]


def ten(hosts: Hosts) -> dict[str, str]:
    """The home pages, by what is special about them."""
    hosts.add("tags.example", {
        "/": page(
            '<meta property="og:site_name" content="Der Anzeiger"><meta property="og:locale" content="de_AT">'
            + link("/main.rss") + link("/sport.rss") + link("/culture.rss") + link("/comments/feed")
            + link("/author/meier/feed") + link("/empty.rss") + link("/main.atom", "application/atom+xml")
            + link("/wp-json/wp/v2/pages/2", "application/json"),
            lang="de-AT"),
        "/main.rss": rss("tags.example", numbered(20), east=0),
        "/main.atom": atom("tags.example", numbered(18)),
        "/sport.rss": rss("tags.example", ["article-1", "goal", "match"]),
        "/culture.rss": rss("tags.example", ["article-3", "article-4"]),
        "/comments/feed": rss("tags.example", ["article-1#comment-1"]),
        "/author/meier/feed": rss("tags.example", ["by-meier"]),
        "/empty.rss": rss("tags.example", []),
        **{f"/article-{n}": article("de", moment(n + 1, east=1), GERMAN) for n in range(2)},
    })  # fmt: skip
    hosts.add(
        "usual.example", {"/": page("<title>Home | The Usual</title>"), "/rss.xml": rss("usual.example", numbered(5))}
    )
    hosts.add("robots.example", {
        "/": page(),
        "/robots.txt": "User-agent: *\nDisallow: /private\nSitemap: https://robots.example/maps/all.xml\nSitemap: /maps/news.xml\n",
        "/maps/all.xml": urlset("robots.example", numbered(400), step=48),
        "/maps/news.xml": urlset("robots.example", numbered(9), news=True),
    })  # fmt: skip
    hosts.add(
        "atom.example",
        {
            "/": page(link("feeds/news", "application/atom+xml")),
            "/feeds/news": atom("atom.example", numbered(6), east=9),
        },
    )
    hosts.add("json.example", {
        "/": page(link("/feed.json", "application/feed+json") + link("/feed.xml")),
        "/feed.json": json_feed("json.example", numbered(8)),
        "/feed.xml": rss("json.example", numbered(8)).replace(b"pubDate", b"nothing"),
    })  # fmt: skip
    hosts.add("none.example", {"/": page(body='<a href="/about">About us</a>')})
    hosts.add("base.example", {
        "/": page('<base href="https://base.example/edition/north/"><link rel="alternate" type="text/xml" href="rss">'),
        "/edition/north/rss": rss("base.example", numbered(4)),
    })  # fmt: skip
    hosts.add(
        "subdomain.example", {"/": page(body='<a href="https://feeds.subdomain.example/all">All stories as a feed</a>')}
    )
    hosts.add("feeds.subdomain.example", {"/all": rss("subdomain.example", numbered(4), language="fr-ca")})
    hosts.add("moves.example", {"/": to("https://www.moves.example/")})
    hosts.add("www.moves.example", {
        "/": page(body='<a href="/rss">RSS</a>'),
        "/rss": Answer(page(body='<a href="/rss/world.xml">World</a><a href="/rss/local.xml">Local</a>').encode()),
        "/rss/world.xml": rss("www.moves.example", numbered(5)),
        "/rss/local.xml": rss("www.moves.example", numbered(5, 5)),
        "/article-0": article("en", moment(1, east=-5), ENGLISH),
    })  # fmt: skip
    hosts.add("months.example", {
        "/": page(),
        "/sitemap.xml.gz": zipped(index("months.example", [*MONTHS, "/sitemap-news.xml.gz", "/sitemap-tags.xml"])),
        "/sitemap-news.xml.gz": zipped(urlset("months.example", numbered(30), news=True)),
        **{path: urlset("months.example", numbered(3)) for path in MONTHS},
    })  # fmt: skip
    return {
        host.partition(".")[0]: f"https://{host}/" for host in hosts.pages if not host.startswith(("feeds.", "www."))
    }


@pytest.fixture(scope="module")
def found(hosts: Hosts, server: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Proposal]:
    """What is proposed for each of them."""
    homes = ten(hosts)
    assert len(homes) == 10
    network = Network(delay=0, timeout=10, hosts=hosts.serve(server))
    with looking(network, Home(tmp_path_factory.mktemp("home")), now) as looker:
        proposals = propose(list(homes.values()), looker, Silent())
    return dict(zip(homes, proposals, strict=True))


def short(offers: tuple[Offer, ...]) -> list[str]:
    return [offer.candidate.url.removeprefix("https://") for offer in offers]


@pytest.mark.parametrize(
    ("name", "feeds", "sitemaps", "archive"),
    [
        ("tags", ["tags.example/main.rss", "tags.example/sport.rss"], [], []),
        ("usual", ["usual.example/rss.xml"], [], []),
        ("robots", [], ["robots.example/maps/news.xml"], ["robots.example/maps/all.xml"]),
        ("atom", ["atom.example/feeds/news"], [], []),
        ("json", ["json.example/feed.json"], [], []),
        ("none", [], [], []),
        ("base", ["base.example/edition/north/rss"], [], []),
        ("subdomain", ["feeds.subdomain.example/all"], [], []),
        ("moves", ["www.moves.example/rss/world.xml", "www.moves.example/rss/local.xml"], [], []),
        ("months", [], ["months.example/sitemap-news.xml.gz"], ["months.example/sitemap.xml.gz"]),
    ],
)
def test_what_is_there_is_found(
    found: dict[str, Proposal], name: str, feeds: list[str], sitemaps: list[str], archive: list[str]
) -> None:
    choice = found[name].choice
    assert (short(choice.feeds), short(choice.sitemaps), short(choice.archive_sitemaps)) == (feeds, sitemaps, archive)


def test_what_is_left_out_has_a_word_why(found: dict[str, Proposal]) -> None:
    why = {left.url.removeprefix("https://tags.example"): left.why for left in found["tags"].choice.left_out}
    assert why == {
        "/comments/feed": "it holds comments",
        "/author/meier/feed": "it is one author's",
        "/empty.rss": "it is empty",
        "/main.atom": "it shows what https://tags.example/main.rss shows",
        "/culture.rss": "it shows what https://tags.example/main.rss shows",
    }
    assert {left.url: left.why for left in found["json"].choice.left_out} == {
        "https://json.example/feed.xml": "it shows what https://json.example/feed.json shows"
    }


def test_each_comes_with_a_sample(found: dict[str, Proposal]) -> None:
    main = found["tags"].choice.feeds[0].sample
    assert main.entries == 20
    assert main.newest is not None
    assert timedelta(0) < NOW - main.newest < timedelta(hours=2)
    assert main.examples == ("Title of article-0", "Title of article-1")
    assert found["months"].choice.archive_sitemaps[0].sample.entries == len(MONTHS) + 2


def test_name_language_country_and_zone_say_where_they_come_from(found: dict[str, Proposal]) -> None:
    paper = found["tags"]
    assert (paper.name.value, paper.name.where) == ("Der Anzeiger", "og:site_name")
    assert paper.language is not None
    assert (paper.language.value, paper.language.where) == ("de", "its newest articles")
    assert paper.country is not None
    assert (paper.country.value, paper.country.where) == ("AT", "html lang")
    assert (paper.zone.zone, paper.zone.sure) == ("Europe/Vienna", True)
    assert found["usual"].name.value == "The Usual"


def test_a_zone_without_a_country_is_a_guess(found: dict[str, Proposal]) -> None:
    assert found["subdomain"].country is not None
    assert found["subdomain"].country.value == "CA"
    assert not found["subdomain"].zone.sure, "Canada has many"
    assert found["usual"].zone.zone is None, "English and UTC say nothing"


def test_the_home_page_is_where_it_went(found: dict[str, Proposal]) -> None:
    assert (found["moves"].url, found["moves"].asked) == ("https://www.moves.example/", "https://moves.example/")


def test_the_usual_places_of_feeds_are_asked_only_where_nothing_else_is(
    found: dict[str, Proposal], server: Site
) -> None:
    assert found
    asked = {(one.host, one.path) for one in server.asked}
    assert ("usual.example", "/feed") in asked
    assert not {host for host, path in asked if path == "/feed"} & {"tags.example", "atom.example", "json.example"}
    assert not any(path.startswith("/sitemap-2024") for _, path in asked), "the latest month tells enough"
