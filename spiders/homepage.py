"""Reads a newspaper's home page for what it says of the paper: its feeds, name, language and country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytz

from articles import decode, heads, jsonld, limits, schemaorg
from articles.errors import BadInput, BadUrl
from articles.languages import code_of
from articles.metadata import bare_host
from articles.textform import capped, squeeze
from articles.urls import host, normalise

MAX_LINKS = 20_000
"""Links of a page that are looked at; the home pages of large papers have a tenth."""

MAX_FEEDS = 200
MAX_NAME = 80
"""Characters of a paper's name; longer ones are slogans."""

FEED_TYPE = re.compile(r"(?:application|text)/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|xml|rdf)")
FEED_WORDS = r"(?:rss|atom|rdf|feeds?)(?:[-_]?\d)?"
FEED_PATH = re.compile(
    rf"(?:^|/){FEED_WORDS}(?:/|$|\.(?:xml|php|json|aspx?)$)|\.(?:rss|atom|rdf)$|(?:^|/)(?:index|all)\.(?:xml|rdf)$"
    rf"|[-_]{FEED_WORDS}\.(?:xml|json)$|/(?:rss|atom|feed)[-_][\w-]+(?:\.xml)?$",
    re.IGNORECASE,
)
"""Paths of feeds, and of the pages that list them."""

FEED_HOST = re.compile(r"(?:rss|feeds?)\d?\.", re.IGNORECASE)
FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format)=(?:rss2?|atom|json|feed)\b", re.IGNORECASE)
NO_PAGES = re.compile(r"\.(?:png|jpe?g|gif|svg|ico|css|js|pdf|mp3|mp4)$", re.IGNORECASE)
SEPARATORS = re.compile(r"\s+[|–—·•:»-]+\s+|\s*[|»]\s*")
REGION = re.compile(r"^[a-z]{2,3}[-_](?:[a-z]{4}[-_])?([a-z]{2})(?:[-_.@]|$)", re.IGNORECASE)
EVERYWHERE = frozenset({"ai", "cc", "co", "fm", "gg", "io", "la", "me", "sh", "to", "tv", "vc", "ws"})
"""Countries whose top-level domains are sold as words."""

COUNTRIES: dict[str, str] = {code.lower(): code for code in pytz.country_names} | {"uk": "GB"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be a feed's."""

    url: str
    """Normalised."""
    declared: bool
    """Whether the page's head names it a feed; else a reader's link looks like one."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is stated, and where."""

    value: str
    where: str
    """For a person: `html lang`, `og:site_name`."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a home page says."""

    url: str
    """Where it stands, after redirects."""
    name: Said | None = None
    language: Said | None = None
    country: Said | None = None
    feeds: tuple[Link, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_home(content: bytes, url: str, charset: str | None) -> HomePage:
    """Read a home page; raises `BadPage` for what is too large to read, `BadInput` for what is no page."""
    limits.check_bytes(content)
    tree = limits.tree_of(decode.decode(content, charset))
    if tree is None:
        raise BadInput("no page: no element in it", url=url)
    head, nodes = heads.read(tree), [node for node, _ in jsonld.walk(jsonld.load(tree))]
    base = base_of(tree, url)
    return HomePage(
        url=url,
        name=name(head, jsonld.read(tree, url).publisher, url),
        language=language(head),
        country=country(head, nodes) or country_of_host(url),
        feeds=tuple(feeds(tree, base)),
        sitemaps=tuple(dict.fromkeys(sitemaps(tree, base)))[:MAX_FEEDS],
    )


def read_feed_list(content: bytes, url: str, charset: str | None) -> tuple[Link, ...]:
    """The feeds that a page links to; nothing for a page that cannot be read."""
    limits.check_bytes(content)
    tree = limits.tree_of(decode.decode(content, charset))
    return () if tree is None else tuple(feeds(tree, base_of(tree, url)))


def base_of(tree: Any, url: str) -> str:
    """What relative links are relative to."""
    href = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    return absolute(url, href) or url


def absolute(base: str, href: str | None) -> str | None:
    """The normalised address of a link, None for what leads to no page."""
    try:
        return normalise(urljoin(base, without_feed_scheme((href or "").strip())))
    except (BadUrl, ValueError):  # brackets that are no IPv6 address
        return None


def without_feed_scheme(url: str) -> str:
    """The address in `feed:https://...` and `feed://...`, which browsers once handed to readers."""
    if url[:5].lower() != "feed:":
        return url
    return f"http:{url[5:]}" if url[5:7] == "//" and "://" not in url[7:] else url[5:].removeprefix("//")


def feeds(tree: Any, base: str) -> Iterator[Link]:
    """The feeds that the head declares, then the links that look like one, each once."""
    seen: set[str] = set()
    declared = (element.get("href") for element in tree.iter("link") if declares(element))
    visible = (element.get("href") for _, element in zip(range(MAX_LINKS), tree.iter("a"), strict=False))
    for hrefs, is_declared in ((declared, True), (visible, False)):
        for href in hrefs:
            if not href or not (is_declared or may_be_feed(href)):
                continue
            url = absolute(base, href)
            if url and url not in seen and (is_declared or looks_like_feed(url)):
                seen.add(url)
                yield Link(url, is_declared)
                if len(seen) >= MAX_FEEDS:
                    return


def declares(element: Any) -> bool:
    """Whether a `link` element names a feed; WordPress names its programming interface the same way."""
    rel = (element.get("rel") or "").lower().split()
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    if "alternate" not in rel and "feed" not in rel:
        return False
    return FEED_TYPE.fullmatch(kind) is not None or (
        kind in ("application/json", "") and may_be_feed(element.get("href") or "") and "hreflang" not in element.attrib
    )


def may_be_feed(href: str) -> bool:
    """A first look at a link, which most do not pass."""
    low = href.lower()
    return any(word in low for word in ("rss", "feed", "atom", "rdf", "index.xml", "all.xml"))


def looks_like_feed(url: str) -> bool:
    """Whether an address reads as a feed's, or as that of a page that lists feeds."""
    parts = urlsplit(url)
    if NO_PAGES.search(parts.path):
        return False
    return bool(FEED_PATH.search(parts.path) or FEED_HOST.match(parts.netloc) or FEED_QUERY.search(parts.query))


def sitemaps(tree: Any, base: str) -> Iterator[str]:
    """The sitemaps that the head names."""
    for element in tree.iter("link"):
        if "sitemap" in (element.get("rel") or "").lower().split() and (url := absolute(base, element.get("href"))):
            yield url


def name(head: heads.Head, publishers: tuple[str, ...], url: str) -> Said | None:
    """The paper's name as its readers know it."""
    stated = [(head.get(key), key) for key in ("og:site_name", "application-name")]
    stated += [(publisher, "JSON-LD") for publisher in publishers[:1]]
    stated += [
        (head.get("apple-mobile-web-app-title"), "apple-mobile-web-app-title"),
        (titled(head.title, url), "title"),
    ]
    known = ((capped(value, MAX_NAME + 1), where) for value, where in stated)
    return next((Said(value, where) for value, where in known if value and len(value) <= MAX_NAME), None)


def titled(title: str | None, url: str) -> str | None:
    """The part of a page's title that is the paper's name: the one its host is made of, else the first."""
    parts = [part.strip() for part in SEPARATORS.split(title or "") if part.strip()]
    key = squeeze(bare_host(url).rpartition(".")[0])
    like = [part for part in parts if (own := squeeze(part)) and (own in key or key in own)]
    return next(iter(like or parts), None)


def language(head: heads.Head) -> Said | None:
    """The language that the page states, as ISO 639-1."""
    stated = [
        (head.language, "html lang"),
        *((head.get(key), key) for key in ("content-language", "language", "og:locale")),
    ]
    return next((Said(code, where) for value, where in stated if (code := code_of(value))), None)


def country(head: heads.Head, nodes: list[dict[str, Any]]) -> Said | None:
    """The country that the page states, as ISO 3166-1.

    `en-US` alone states none: content systems write it where nobody chose a language.
    """
    addresses = [schemaorg.one(node, "address") for node in nodes]
    addresses += [schemaorg.one(schemaorg.one(node, "publisher"), "address") for node in nodes]
    stated = [(schemaorg.text(schemaorg.one(address, "addressCountry")), "JSON-LD address") for address in addresses]
    stated += [((head.get(key) or "")[:2], key) for key in ("geo.country", "geo.region")]
    locales = [(head.language, "html lang"), (head.get("og:locale"), "og:locale")]
    stated += [(region(value), where) for value, where in locales]
    return next(
        (Said(found, where) for value, where in stated if (found := COUNTRIES.get((value or "").lower()))), None
    )


def region(locale: str | None) -> str | None:
    """The country in `de-AT`, `pt_BR`, `zh-Hant-TW`."""
    found = REGION.match((locale or "").strip())
    return None if found is None or found[0].lower().startswith(("en-us", "en_us")) else found[1]


def country_of_host(url: str) -> Said | None:
    """The country of a host's top-level domain, unless that is sold as a word."""
    label = host(url).rpartition(".")[2]
    found = COUNTRIES.get(label) if label not in EVERYWHERE else None
    return Said(found, f".{label}") if found else None
