"""Discover mode: visits feeds and sitemaps and notes every page they show.

A page counts as the source's own under the registrable domains of its feeds and those its settings name; a link
elsewhere is refused as foreign, so that nobody's feed puts another paper's pages under its name.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from articles.errors import BadInput, BadUrl
from articles.urls import host, normalise, registrable_domain
from spiders.feeds import ParsedFeed, parse_feed
from spiders.fetch import lane, request_for
from spiders.gate import Stopping
from spiders.job import Feed, Job, Source
from spiders.keeper import Keeper
from spiders.lanes import Lanes
from spiders.outcomes import outcome_of
from spiders.sitemaps import ParsedSitemap, SitemapEntry, parse_sitemap
from spiders.windows import Window, may_hold
from warehouse.captures import instant
from warehouse.journal import Found, Refused, Visited

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

MAX_DEPTH = 3
"""Indexes within indexes; the protocol allows none, newspapers have two."""

MAX_SITEMAPS = 5_000
"""Sitemaps of one source: 13 years of one a day."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed or sitemap to be read."""

    source: Source
    feed: Feed
    depth: int = 0


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
    children: tuple[SitemapEntry, ...] = ()
    fault: str | None = None


class Discover:
    """Visits the feeds of a job, and the sitemaps that their indexes name."""

    def __init__(self, job: Job, engine: "ExecutionEngine", keeper: Keeper) -> None:
        self._engine = engine
        self._keeper = keeper
        self._max_body = job.network.max_body
        self._window = Window(day(job.first_day), day(job.last_day))
        self._seen: dict[str, set[str]] = {source.source: set() for source in job.sources}
        self.lanes: Lanes[Visit] = Lanes(self._take)
        for source in job.sources:
            for feed in source.feeds:
                self._add(Visit(source, feed))

    def _add(self, visit: Visit) -> bool:
        """Add a visit, unless it is one already; whether there was room for it."""
        seen = self._seen[visit.source.source]
        if visit.feed.url not in seen:
            if len(seen) >= MAX_SITEMAPS:
                return False
            seen.add(visit.feed.url)
            self.lanes.add(lane(visit.feed.url), visit)
        return True

    async def _take(self, visit: Visit) -> None:
        try:
            response = await self._engine.download_async(request_of(visit))
        except Stopping:
            return
        except Exception as error:  # noqa: BLE001  whatever it was, it is this feed's and no other's
            outcome = outcome_of(error)
            self._visited(visit, "unknown", None, error=f"{outcome.reason}: {outcome.detail}")
            return
        if response.status != 200:
            words = None if response.status == 304 else f"HTTP status {response.status}"
            self._visited(visit, "unknown", response, error=words)
            return
        await self._read(visit, response)

    async def _read(self, visit: Visit, response: Response) -> None:
        try:
            listing = await asyncio.to_thread(
                read, visit.feed.kind, response.body, response.url, header(response, "Content-Type"), self._max_body
            )
        except BadInput as error:
            self._visited(visit, "unknown", response, error=str(error))
            return
        for event in await asyncio.to_thread(events_of, visit, listing.pages):
            self._keeper.note(event)
        left_out = self._follow(visit, listing)
        fault = "; ".join(filter(None, (listing.fault, left_out))) or None
        entries = len(listing.pages) + len(listing.children)
        self._visited(visit, listing.kind, response, entries=entries, error=fault)

    def _follow(self, visit: Visit, listing: Listing) -> str | None:
        """Add an index's sitemaps to the work; returns in words what was left out."""
        if not listing.children:
            return None
        if visit.depth >= MAX_DEPTH:
            return f"not followed: an index more than {MAX_DEPTH} deep"
        own, foreign, over = own_domains(visit.source), 0, 0
        for child in may_hold(listing.children, self._window):
            url = own_address(child.url, own)
            if url is None:
                foreign += 1
            elif not self._add(Visit(visit.source, Feed(url=url, kind="sitemap"), visit.depth + 1)):
                over += 1
        left_out = {f"{foreign} sitemaps on foreign sites": foreign, f"{over} of more than {MAX_SITEMAPS}": over}
        words = [what for what, number in left_out.items() if number]
        return f"not followed: {', '.join(words)}" if words else None

    def _visited(
        self, visit: Visit, kind: str, response: Response | None, *, entries: int = 0, error: str | None = None
    ) -> None:
        self._keeper.note(
            Visited(
                at=instant(datetime.now(UTC)),
                source=visit.source.source,
                url=visit.feed.url,
                kind=kind,
                status=response.status if response else None,
                entries=entries,
                etag=header(response, "ETag") or (visit.feed.etag if status_is(response, 304) else None),
                last_modified=header(response, "Last-Modified")
                or (visit.feed.last_modified if status_is(response, 304) else None),
                error=error,
            )
        )


def events_of(visit: Visit, pages: tuple[Shown, ...]) -> list[Found | Refused]:
    """A find for each page of the source's own, a refusal for each other."""
    at, source, via = instant(datetime.now(UTC)), visit.source.source, visit.feed.url
    own = own_domains(visit.source)
    events: list[Found | Refused] = []
    for page in pages:
        try:
            url = normalise(page.url)
        except BadUrl as error:
            events.append(Refused(at, source, error.url or "", "guard", str(error)[:300], via))
            continue
        if registrable_domain(url) in own:
            events.append(Found(at, source, url, via, page.published, page.modified))
        else:
            events.append(Refused(at, source, url, "foreign", f"{host(url)} is not the paper's", via))
    return events


def request_of(visit: Visit) -> Request:
    """A request for what has changed since the last visit."""
    headers = {"If-None-Match": visit.feed.etag, "If-Modified-Since": visit.feed.last_modified}
    present = {name: value for name, value in headers.items() if value}
    return request_for(visit.feed.url, visit.source.delay, present)


def read(kind: str, body: bytes, url: str, content_type: str | None, max_body: int) -> Listing:
    """Read what is either a feed or a sitemap, whatever it was announced as."""
    parsers = [lambda: of_feed(parse_feed(body, url, content_type))]
    parsers.insert(kind == "feed", lambda: of_sitemap(parse_sitemap(body, url, max_body)))
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
    return Listing(feed.kind, tuple(Shown(e.url, e.published, e.modified) for e in feed.entries), fault=feed.fault)


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


def header(response: Response | None, name: str) -> str | None:
    """A header's value as text."""
    value = response.headers.get(name) if response else None
    return value.decode("latin-1").strip() or None if value else None


def status_is(response: Response | None, status: int) -> bool:
    """Whether an answer came, with this status."""
    return response is not None and response.status == status


def day(text: str | None) -> date | None:
    """A day of the job."""
    return date.fromisoformat(text) if text else None
