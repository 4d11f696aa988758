"""Discover mode: visits feeds and sitemaps and notes every page they show.

A page counts as the source's own under the registrable domains of its feeds and those its settings name; a link
elsewhere is refused as foreign, so that nobody's feed puts another paper's pages under its name.
"""

from dataclasses import replace
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from articles.errors import BadInput
from articles.urls import without_user
from spiders.fetch import lane, request_for
from spiders.gate import is_stopping
from spiders.job import Feed, Job
from spiders.keeper import Keeper
from spiders.lanes import Lanes
from spiders.listings import Document, Listing, Visit, own_address, own_domains, read
from spiders.outcomes import outcome_of
from spiders.parsers import Parsers, Unparsed
from spiders.shown import shown_file, write_shown
from spiders.visits import header, visited
from spiders.windows import Window, is_due, may_hold, said_changed
from warehouse.clock import now

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
        self._shown = job.shown
        self._listed = {source.source: {feed.url: feed for feed in source.listed} for source in job.sources}
        self._seen: dict[str, set[str]] = {source.source: set() for source in job.sources}
        self.lanes: Lanes[Visit] = Lanes(self._take)
        for source in job.sources:
            for feed in source.feeds:
                asked = feed.model_copy(update={"url": without_user(feed.url)})
                self._add(Visit(source, asked, backfill=job.background))

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
        except Exception as error:  # noqa: BLE001  whatever it was, it is this feed's and no other's
            if is_stopping(error):
                self._keeper.leave(visit.source.source)
                return
            self._keeper.note(visited(visit, None, outcome=outcome_of(error)))
            return
        if response.status != HTTPStatus.OK:
            unmodified = response.status == HTTPStatus.NOT_MODIFIED
            words = None if unmodified else f"HTTP status {response.status}"
            self._keeper.note(visited(visit, response, error=words))
            return
        await self._read(visit, response)

    async def _read(self, visit: Visit, response: Response) -> None:
        shown = shown_file(self._shown, visit.source.source, visit.feed.url)
        content_type = header(response, "Content-Type")
        document = Document(visit, response.body, response.url, content_type, self._max_body, shown)
        try:
            listing = await self._parsers.call(read, document)
        except (BadInput, Unparsed) as error:
            self._keeper.note(visited(visit, response, error=str(error)))
            return
        for event in listing.events:
            self._keeper.note(event)
        announced, left_out = self._follow(visit, listing)
        fault = "; ".join(filter(None, (listing.fault, left_out))) or None
        self._keeper.note(
            visited(visit, response, listing, new=announced if listing.children else listing.new, error=fault)
        )
        self._keeper.afterwards(partial(write_shown, shown, listing.seen))

    def _follow(self, visit: Visit, listing: Listing) -> tuple[int, str | None]:
        """Add an index's sitemaps to the work where they are due.

        Returns the number of those that it says are new or changed, and in words what was left out.
        """
        if not listing.children:
            return 0, None
        if visit.depth >= MAX_DEPTH:
            return 0, f"not followed: an index more than {MAX_DEPTH} deep"
        own, moment, announced, foreign, over = own_domains(visit.source), now(), 0, 0, 0
        for child in may_hold(listing.children, self._window):
            url = own_address(child.url, own)
            if url is None:
                foreign += 1
                continue
            feed = self._listed[visit.source.source].get(url) or Feed(url=url, kind="sitemap")
            told = said_changed(child.lastmod, feed)
            if not is_due(feed, moment, told):
                continue
            announced += told is True or feed.next_due_at is None
            below = replace(
                visit, feed=feed, depth=visit.depth + 1, parent=visit.feed.url, said_unchanged=told is False
            )
            over += not self._add(below)
        left_out = {f"{foreign} sitemaps on foreign sites": foreign, f"{over} of more than {MAX_SITEMAPS}": over}
        words = [what for what, number in left_out.items() if number]
        return announced, f"not followed: {', '.join(words)}" if words else None


def request_of(visit: Visit) -> Request:
    """A request for what has changed since the last visit."""
    headers = {"If-None-Match": visit.feed.etag, "If-Modified-Since": visit.feed.last_modified}
    present = {name: value for name, value in headers.items() if value}
    return request_for(visit.feed.url, visit.source.delay, present)


def day(text: str | None) -> date | None:
    """A day of the job."""
    return date.fromisoformat(text) if text else None
