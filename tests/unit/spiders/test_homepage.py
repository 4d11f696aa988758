"""What home pages say of their papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import BadPage
from spiders.homepage import absolute, read_home, without_feed_scheme

URL = "https://www.paper.example/"
ORGANISATION = '{"@type": "NewsMediaOrganization", "name": "Paper", "address": {"addressCountry": "IE"}}'


def links(html: str) -> list[tuple[str, bool]]:
    return [(link.url, link.declared) for link in read_home(html.encode(), URL, "utf-8").feeds]


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss">', "https://www.paper.example/rss"),
        ('<link rel="ALTERNATE" type="Application/Atom+XML; charset=utf-8" href=a>', "https://www.paper.example/a"),
        ('<link rel="alternate feed" type="application/feed+json" href="//cdn.example/f">', "https://cdn.example/f"),
        ('<link rel="alternate" type="application/rss+xml" href="feed://b.example/f">', "http://b.example/f"),
        ('<link rel="alternate" type="application/json" href="/feed.json">', "https://www.paper.example/feed.json"),
    ],
)
def test_declared_feeds(tag: str, url: str) -> None:
    assert links(f"<html><head>{tag}</head><body></body></html>") == [(url, True)]


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
        '<link rel="alternate" hreflang="fr" href="/fr/feed">',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml" href="http://[::1">',
        '<a href="/story/feeding-the-birds">Feeding the birds</a>',
        '<a href="/img/rss.png">icon</a>',
        '<a href="/feedback">Write to us</a>',
    ],
)
def test_what_is_no_feed(tag: str) -> None:
    assert links(f"<html><head></head><body>{tag}</body></html>") == []


@pytest.mark.parametrize(
    "href", ["/rss", "/rss/", "/feed/", "/feeds/news.xml", "/news.rss", "/index.xml", "/rss_sport.xml", "/?feed=rss2", "//rss.paper.example/all"]
)  # fmt: skip
def test_links_that_read_as_feeds(href: str) -> None:
    assert [declared for _, declared in links(f'<body><a href="{href}">Feed</a></body>')] == [False]


@pytest.mark.parametrize(
    ("head", "name", "country"),
    [
        ('<meta property="og:site_name" content="The Paper"><title>News</title>', "The Paper", None),
        ("<title>News from all over | Paper</title>", "Paper", None),
        ('<meta property="og:locale" content="de_CH">', None, "CH"),
        ('<meta property="og:locale" content="en_US">', None, None),
        ('<meta name="geo.region" content="AT-9">', None, "AT"),
        (f'<script type="application/ld+json">{ORGANISATION}</script>', None, "IE"),
    ],
)  # fmt: skip
def test_name_and_country(head: str, name: str | None, country: str | None) -> None:
    home = read_home(f"<html><head>{head}</head><body><p>x</body></html>".encode(), URL, None)
    assert (home.country.value if home.country else None) == country
    assert name is None or (home.name is not None and home.name.value == name)


@pytest.mark.parametrize(
    ("url", "country"), [("https://paper.co.uk/", "GB"), ("https://paper.de/", "DE"), ("https://a.io/", None)]
)
def test_the_country_of_a_host(url: str, country: str | None) -> None:
    home = read_home(b"<html><body>x</body></html>", url, None)
    assert (home.country.value if home.country else None) == country


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(BadPage, match="tags"):
        read_home(b"<p>" * 60_001, URL, None)


@given(st.text(max_size=60))
def test_any_link_is_an_address_or_none(href: str) -> None:
    found = absolute(URL, href)
    assert found is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("raw", "url"),
    [("feed:https://a.example/f", "https://a.example/f"), ("feed://a.example/f", "http://a.example/f"),
     ("feed://https://a.example/f", "https://a.example/f"), ("https://feed.example", "https://feed.example")],
)  # fmt: skip
def test_the_feed_scheme(raw: str, url: str) -> None:
    assert without_feed_scheme(raw) == url
