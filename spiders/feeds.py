"""Reads feeds: RSS in all its versions, Atom, RDF by feedparser; JSON Feed here. Nothing is fetched."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from articles.errors import BadInput

MAX_ENTRIES = 20_000
"""Longer than any newspaper's feed; what comes after is not read."""

MAX_BYTES = 8 * 1024 * 1024
"""Larger than any newspaper's feed; feedparser takes over a second for each megabyte."""

JSON_FEED = "https://jsonfeed.org/version/"
HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html[\s>])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed, as far as finding pages needs it."""

    url: str
    """Absolute, as the feed has it otherwise."""
    title: str | None
    published: str | None
    """As written, like `modified`."""
    modified: str | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed shows."""

    kind: str
    """`rss`, `atom` or `json`."""
    entries: tuple[FeedEntry, ...]
    fault: str | None = None
    """What is wrong with a feed that could still be read, in words."""
    keeps_s: int | None = None
    """Seconds that it asks to be kept, by `ttl` or its syndication module."""
    title: str | None = None
    language: str | None = None
    """As written: `de-at`."""


PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> ParsedFeed:
    """Read a feed's bytes; raises `BadInput`, saying why, for what is none."""
    head = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not body.strip():
        raise BadInput("no feed: it is empty", url=url)
    if len(body) > MAX_BYTES:
        raise BadInput(f"too large: a feed of {len(body)} bytes", url=url)
    return parse_json(body, url) if head in b"{[" else parse_xml(body, url, content_type)


def parse_json(body: bytes, url: str) -> ParsedFeed:
    """Read a JSON Feed (version 1 or 1.1)."""
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"no JSON Feed: {error}", url=url) from error
    if not isinstance(feed, dict) or not str(feed.get("version")).startswith(JSON_FEED):
        raise BadInput("no JSON Feed: it names no version of the format", url=url)
    items = feed.get("items")
    if not isinstance(items, list):
        raise BadInput("no JSON Feed: it has no list of items", url=url)
    entries = (json_entry(item, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return ParsedFeed("json", present(entries), None, None, text(feed.get("title")), text(feed.get("language")))


def json_entry(item: dict[str, Any], base: str) -> FeedEntry | None:
    """One item; one without an address of its own may have it as its id."""
    link = text(item.get("url")) or web_address(text(item.get("id"))) or text(item.get("external_url"))
    return entry(link, base, text(item.get("title")), text(item.get("date_published")), text(item.get("date_modified")))


def parse_xml(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
    """Read RSS, Atom or RDF."""
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        # A stream, never bytes or a name: those feedparser may take for a path or an address to fetch.
        feed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # a parser of everything anyone ever published fails in many ways
        raise BadInput(f"no feed that can be read: {type(error).__name__}: {error}", url=url) from error
    fault = flaw(feed)
    entries = present(xml_entry(item, url) for item in feed.entries[:MAX_ENTRIES])
    if not feed.version and not entries:
        raise BadInput(reason_for_nothing(body, fault), url=url)
    kind = "atom" if feed.version.startswith("atom") else "rss"
    title, language = (text(dict.get(feed.feed, name)) for name in ("title", "language"))
    return ParsedFeed(kind, entries, fault, keeps(feed.feed), title, language)


def keeps(feed: Any) -> int | None:
    """Seconds that a feed asks to be kept: its `ttl` in minutes, or so many updates in a period."""
    ttl, period = text(dict.get(feed, "ttl")), text(dict.get(feed, "sy_updateperiod"))
    if ttl and ttl.isascii() and ttl.isdigit():
        return int(ttl[:9]) * 60
    if period not in PERIODS:
        return None
    frequency = text(dict.get(feed, "sy_updatefrequency")) or "1"
    return PERIODS[period] // max(int(frequency[:9]), 1) if frequency.isascii() and frequency.isdigit() else None


def flaw(feed: Any) -> str | None:
    """What feedparser had to forgive, but for wrong declarations of type and character set: they are everywhere."""
    if not feed.bozo or isinstance(feed.bozo_exception, HARMLESS):
        return None
    return f"{type(feed.bozo_exception).__name__}: {feed.bozo_exception}"


def is_html(body: bytes) -> bool:
    """Whether a page came in place of what was asked for."""
    return HTML.match(body[:2000]) is not None


def reason_for_nothing(body: bytes, fault: str | None) -> str:
    """Say what came in a feed's place."""
    if is_html(body):
        return "no feed: it is an HTML page"
    return f"no feed: {fault}" if fault else "no feed: no format of feeds is recognised"


def xml_entry(item: Any, base: str) -> FeedEntry | None:
    """One entry. `dict.get` because feedparser's own answers with other fields for those that are missing."""

    def field(name: str) -> str | None:
        return text(dict.get(item, name))

    named = web_address(field("link")) if dict.get(item, "guidislink") else field("link")
    link = field("feedburner_origlink") or page_link(item) or named or web_address(field("id"))
    return entry(link, base, field("title"), field("published") or field("created"), field("updated"))


def page_link(item: Any) -> str | None:
    """The address that an entry calls its page; `link` may be that of an enclosure."""
    links = dict.get(item, "links", ())
    return next((found for link in links if link.get("rel") == "alternate" and (found := text(link.get("href")))), None)


def entry(
    link: str | None, base: str, title: str | None, published: str | None, modified: str | None
) -> FeedEntry | None:
    """An entry with an absolute address, None for one without any."""
    if link is None:
        return None
    try:
        return FeedEntry(urljoin(base, link), title, published, modified)
    except ValueError:  # brackets that are no IPv6 address
        return None


def present(entries: Iterable[FeedEntry | None]) -> tuple[FeedEntry, ...]:
    """Those that are there."""
    return tuple(found for found in entries if found is not None)


def text(value: object) -> str | None:
    """A stripped string, None for an empty one and for what is no string."""
    return value.strip() or None if isinstance(value, str) else None


def web_address(value: str | None) -> str | None:
    """An id that is an address as well."""
    return value if value and value.lower().startswith(("http://", "https://")) else None
