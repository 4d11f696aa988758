"""Discover mode: visits feeds and sitemaps and notes every page they show.

A page counts as the source's own under the registrable domains of its feeds and those its settings name; a link
elsewhere is refused as foreign, so that nobody's feed puts another paper's pages under its name.
"""

from datetime import date
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from articles.errors import BadInput
from articles.urls import without_user
from spiders.fetch import lane, request_for
from spiders.gate import Stopping
from spiders.job import Feed, Job
from spiders.keeper import Keeper
from spiders.lanes import Lanes
from spiders.listings import Document, Listing, Visit, own_address, own_domains, read
from spiders.outcomes import outcome_of
from spiders.parsers import Parsers, Unparsed
from spiders.windows import Window, may_hold
from warehouse.captures import instant
from warehouse.clock import now
from warehouse.journal import Visited

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

MAX_DEPTH = 3
"""Indexes within indexes; the protocol allows none, newspapers have two."""

MAX_SITEMAPS = 5_000
"""Sitemaps of one source: 13 years of one a day."""


class Discover:
    """Visits the feeds of a job, and the sitemaps that their indexes name."""

    def __init__(self, job: Job, engine: "ExecutionEngine", keeper: Keeper, parsers: Parsers) -> None:
        self._engine = engine
        self._parsers = parsers
        self._keeper = keeper
        self._max_body = job.network.max_body
        self._window = Window(day(job.first_day), day(job.last_day))
        self._seen: dict[str, set[str]] = {source.source: set() for source in job.sources}
        self.lanes: Lanes[Visit] = Lanes(self._take)
        for source in job.sources:
            for feed in source.feeds:
                self._add(Visit(source, feed.model_copy(update={"url": without_user(feed.url)})))

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
        content_type = header(response, "Content-Type")
        document = Document(visit, response.body, response.url, content_type, self._max_body)
        try:
            listing = await self._parsers.call(read, document)
        except (BadInput, Unparsed) as error:
            self._visited(visit, "unknown", response, error=str(error))
            return
        for event in listing.events:
            self._keeper.note(event)
        left_out = self._follow(visit, listing)
        fault = "; ".join(filter(None, (listing.fault, left_out))) or None
        entries = listing.shown + len(listing.children)
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
                at=instant(now()),
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


def request_of(visit: Visit) -> Request:
    """A request for what has changed since the last visit."""
    headers = {"If-None-Match": visit.feed.etag, "If-Modified-Since": visit.feed.last_modified}
    present = {name: value for name, value in headers.items() if value}
    return request_for(visit.feed.url, visit.source.delay, present)


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
