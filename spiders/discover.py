"""Discover mode: visits feeds and sitemaps and notes every page they show.

A page counts as the source's own under the registrable domains of its feeds and those its settings name; a link
elsewhere is refused as foreign, so that nobody's feed puts another paper's pages under its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus
from itertools import chain, zip_longest
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
from spiders.sitemaps import SitemapEntry
from spiders.visits import header, visited
from spiders.windows import Window, day_of, days_in_name, is_due, may_hold, said_changed
from warehouse.clock import now

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine

NEVER = datetime.min.replace(tzinfo=UTC)
"""When what was never visited is due."""

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
        visits = [
            Visit(source, feed.model_copy(update={"url": without_user(feed.url)}), backfill=job.background)
            for source in job.sources
            for feed in source.feeds
        ]
        for visit in sorted(visits, key=lambda visit: visit.feed.next_due_at or NEVER):
            self._add(visit)

    def leave_rest(self) -> None:
        """Count the visits that this crawl has no time for."""
        for visit in self.lanes.waiting():
            self._keeper.leave(visit.source.source)

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
        try:
            await self._read(visit, response)
        except Exception as error:  # noqa: BLE001  as above: one document must not end the look at all others
            self._keeper.note(visited(visit, response, error=f"it could not be read: {type(error).__name__}: {error}"))

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
        below: list[tuple[SitemapEntry, Visit]] = []
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
            under = replace(visit, feed=feed, depth=visit.depth + 1, parent=visit.feed.url)
            below.append((child, replace(under, said_unchanged=told is False)))
        for _, one in in_order(below):
            over += not self._add(one)
        left_out = {f"{foreign} sitemaps on foreign sites": foreign, f"{over} of more than {MAX_SITEMAPS}": over}
        words = [what for what, number in left_out.items() if number]
        return announced, f"not followed: {', '.join(words)}" if words else None


def in_order(below: Sequence[tuple[SitemapEntry, Visit]]) -> Iterator[tuple[SitemapEntry, Visit]]:
    """An index's sitemaps in turns: the newest that was never visited, the newest that was, the one that waits longest.

    A look may have time for a part of them: what is new is not to wait for years of what is old, nor the other way.
    """
    ordered = sorted(below, key=lambda one: -newest_day(one[0]))
    never = [one for one in ordered if one[1].feed.next_due_at is None]
    before = [one for one in ordered if one[1].feed.next_due_at is not None]
    waiting = sorted(before, key=lambda one: one[1].feed.next_due_at or NEVER)
    taken: set[str] = set()
    for one in chain.from_iterable(zip_longest(never, before, waiting)):
        if one is not None and one[1].feed.url not in taken:
            taken.add(one[1].feed.url)
            yield one


def newest_day(child: SitemapEntry) -> int:
    """The last day, as a number, that a sitemap's name or `lastmod` tells; one without any may hold what is new."""
    span = days_in_name(child.url)
    last = span[1] if span else day_of(child.lastmod) or date.max
    return last.toordinal()


def request_of(visit: Visit) -> Request:
    """A request for what has changed since the last visit."""
    headers = {"If-None-Match": visit.feed.etag, "If-Modified-Since": visit.feed.last_modified}
    present = {name: value for name, value in headers.items() if value}
    return request_for(visit.feed.url, visit.source.delay, present)


def day(text: str | None) -> date | None:
    """A day of the job."""
    return date.fromisoformat(text) if text else None
