"""Fetch mode: each target becomes a capture, or a line in the journal that says why not."""

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from articles.errors import BadUrl
from articles.urls import host, normalise
from spiders.capture import capture_of
from spiders.gate import is_stopping
from spiders.guard import Forbidden
from spiders.job import Job, Source, Target
from spiders.keeper import Keeper
from spiders.lanes import Lanes
from spiders.outcomes import NoPage, outcome_of
from spiders.parsers import Parsers, Unparsed
from spiders.parts import part_of, whole_page
from spiders.pieces import asking, fault_of
from spiders.replay import archived
from warehouse.captures import Capture, Place, instant
from warehouse.clock import now

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine


class Fetch:
    """Takes the targets of a job, host by host."""

    def __init__(self, job: Job, engine: "ExecutionEngine", keeper: Keeper, parsers: Parsers) -> None:
        self._engine = engine
        self._keeper = keeper
        self._parsers = parsers
        self._rules = job.rules
        self.lanes: Lanes[tuple[Source, Target]] = Lanes(self._take)
        seen = self._seen = set[tuple[str, tuple[int, int] | None]]()
        self._wholes: set[str] = set()
        for source in job.sources:
            for target in source.targets:
                if (target.url, target.piece) not in seen:
                    seen.add((target.url, target.piece))
                    self.lanes.add(lane(target.url), (source, target))

    async def _take(self, work: tuple[Source, Target]) -> None:
        source, target = work
        try:
            request = request_for(target.url, source.delay, asking(target.piece) if target.piece else None)
            response = await self._engine.download_async(request)
        except Exception as error:  # noqa: BLE001  whatever it was, it is this page's and no other's
            if is_stopping(error):
                return
            at = instant(now())
            self._keeper.note(outcome_of(error).event(at, source.source, target.url, target.via))
            return
        try:
            capture = taken(response, source, target)
        except NoPage as error:
            self._keeper.note(error.outcome.event(instant(now()), source.source, target.url, target.via))
            return
        await self._keeper.keep(capture)
        await self._follow(source, target, capture)

    async def _follow(self, source: Source, target: Target, capture: Capture) -> None:
        """Add the page that holds the whole of an article, where this one holds a part."""
        part = part_of(self._rules, capture.final_url, capture.body, capture.charset, capture.captured_at)
        if part is None or capture.status != HTTPStatus.OK or target.url in self._wholes:
            return
        with suppress(Unparsed, BadUrl):
            link = await self._parsers.call(whole_page, part)
            url = normalise(link) if link else None
            if url and (url, None) not in self._seen:
                self._seen.add((url, None))
                self._wholes.add(url)
                self.lanes.add(lane(url), (source, Target(url=url, via=target.url, published=target.published)))


def taken(response: Response, source: Source, target: Target) -> Capture:
    """The capture that a response is; raises `NoPage` where it is not what was asked for."""
    if target.piece and (fault := fault_of(response, target.piece)):
        raise NoPage(fault)
    capture = capture_of(response, source, target, now())
    return archived(capture) if target.replayed else capture


def request_for(url: str, pause: float, headers: dict[str, str] | None = None) -> Request:
    """A request that passes guard, robots.txt and gate; raises `Forbidden` for what is no web address at all."""
    try:
        return Request(url, headers=headers, meta={"pause": pause})
    except ValueError as error:
        raise Forbidden(f"no web address: {error}") from error


def lane(url: str) -> str:
    """The host whose lane an address belongs to; one that is no address waits for nobody."""
    try:
        return host(url)
    except BadUrl:
        return ""


def held_payloads(job: Job) -> dict[str, Place]:
    """The payloads that the archive has of the targets' last captures, by digest."""
    return {
        target.held_digest: Place(target.held_segment, target.held_offset, target.held_length)
        for source in job.sources
        for target in source.targets
        if target.held_digest and target.held_segment and target.held_offset is not None and target.held_length
    }
