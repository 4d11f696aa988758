"""Reads what a visit to a feed or sitemap brought; runs inside a worker process."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from articles.errors import BadInput, BadUrl
from articles.urls import host, normalise, registrable_domain
from spiders.feeds import ParsedFeed, parse_feed
from spiders.job import Feed, Source
from spiders.shown import mark_of, read_shown, shown_after
from spiders.sitemaps import ParsedSitemap, SitemapEntry, parse_sitemap
from warehouse.captures import instant
from warehouse.clock import now
from warehouse.journal import Found, Refused

MOST_REDATED = 10
"""More pages than that, and than half of those known, do not change between two visits: the dates are untrue."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed or sitemap to be read."""

    source: Source
    feed: Feed
    depth: int = 0
    parent: str | None = None
    """The index that names it."""
    said_unchanged: bool = False
    """Whether that index says that it has not changed since the last visit."""
    backfill: bool = False
    """Whether a backfill looks."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a visit brought."""

    visit: Visit
    body: bytes
    url: str
    """Where it came from, after redirects."""
    content_type: str | None
    max_body: int
    """Bytes of it at most, unpacked."""
    shown: Path
    """The file of what the visits before it showed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What feeds and sitemaps alike say of a page."""

    url: str
    published: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a visit found."""

    kind: str
    pages: tuple[Shown, ...] = ()
    shown: int = 0
    """How many pages, once they have become events."""
    children: tuple[SitemapEntry, ...] = ()
    fault: str | None = None
    keeps_s: int | None = None
    events: tuple[Found | Refused, ...] = ()
    """Those of the pages that the visits before did not show, or not with these dates, as the journal notes them."""
    new: int | None = None
    """How many they did not show at all; None where they are not known."""
    seen: bytes = b""
    """What the next visit will compare with."""


def read(document: Document) -> Listing:
    """Read a document, and say of each page that it shows whether it is the source's own.

    Raises `BadInput`, saying why, for what is neither feed nor sitemap.
    """
    listing = listing_of(document)
    visit = document.visit
    own = own_domains(visit.source)
    before = read_shown(document.shown)
    known = frozenset(before)
    # What counts as the source's own is part of a mark: when that changes, everything is looked at anew.
    salt = " ".join(sorted(own))
    pages = [(page, mark_of(salt, page.url), mark_of(salt, *astuple(page))) for page in listing.pages]
    new = [page for page, address, _ in pages if address not in known]
    redated = [page for page, address, whole in pages if address in known and whole not in known]
    fault = listing.fault
    if len(redated) > MOST_REDATED and len(redated) * 2 > len(pages) - len(new):
        fault = "; ".join(filter(None, (fault, f"not believed: {len(redated)} pages changed at once")))
        redated = []
    return replace(
        listing,
        pages=(),
        shown=len(pages),
        fault=fault,
        events=tuple(events_of(visit, [*new, *redated], own)),
        new=len(new) if before else None,
        seen=shown_after((mark for _, *marks in pages for mark in marks), before),
    )


def events_of(visit: Visit, pages: Iterable[Shown], own: set[str]) -> Iterator[Found | Refused]:
    """A find for each page of the source's own, a refusal for each other."""
    at, source, via = instant(now()), visit.source.source, visit.feed.url
    for page in pages:
        try:
            url = normalise(page.url)
        except BadUrl as error:
            yield Refused(at, source, error.url or "", "guard", str(error)[:300], via)
            continue
        if registrable_domain(url) in own:
            yield Found(at, source, url, via, page.published, page.modified, visit.backfill)
        else:
            yield Refused(at, source, url, "foreign", f"{host(url)} is not the paper's", via)


def listing_of(document: Document) -> Listing:
    """Read what is either a feed or a sitemap, whatever it was announced as."""
    parsers: list[Callable[[], Listing]] = [
        lambda: of_feed(parse_feed(document.body, document.url, document.content_type))
    ]
    at = document.visit.feed.kind == "feed"
    parsers.insert(at, lambda: of_sitemap(parse_sitemap(document.body, document.url, document.max_body)))
    try:
        return parsers[0]()
    except BadInput as first:
        try:
            return parsers[1]()
        except BadInput:
            raise first from None


def own_address(url: str, own: set[str]) -> str | None:
    """The normalised address of what belongs to the source, None for all else."""
    try:
        clean = normalise(url)
    except BadUrl:
        return None
    return clean if registrable_domain(clean) in own else None


def of_feed(feed: ParsedFeed) -> Listing:
    """A feed's entries."""
    pages = tuple(Shown(e.url, e.published, e.modified) for e in feed.entries)
    return Listing(feed.kind, pages, fault=feed.fault, keeps_s=feed.keeps_s)


def of_sitemap(found: ParsedSitemap) -> Listing:
    """A sitemap's pages, or an index's sitemaps."""
    if found.kind == "sitemap-index":
        return Listing(found.kind, children=found.entries, fault=found.fault)
    pages = tuple(Shown(e.url, e.published, e.lastmod) for e in found.entries)
    return Listing(found.kind, pages, fault=found.fault)


def own_domains(source: Source) -> set[str]:
    """The registrable domains whose pages count as the source's own."""
    own = set(source.domains)
    for feed in source.feeds:
        try:
            own.add(registrable_domain(feed.url))
        except BadUrl:
            continue
    return own
