"""Fetch mode: each target becomes a capture, or a line in the journal that says why not."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request

from articles.errors import BadUrl
from articles.urls import host
from spiders.capture import capture_of
from spiders.gate import Stopping
from spiders.guard import Forbidden
from spiders.job import Job, Source, Target
from spiders.keeper import Keeper
from spiders.lanes import Lanes
from spiders.outcomes import outcome_of
from spiders.parsers import Parsers
from warehouse.captures import Place, instant

if TYPE_CHECKING:
    from scrapy.core.engine import ExecutionEngine


class Fetch:
    """Takes the targets of a job, host by host."""

    def __init__(self, job: Job, engine: "ExecutionEngine", keeper: Keeper, _: Parsers) -> None:
        self._engine = engine
        self._keeper = keeper
        self.lanes: Lanes[tuple[Source, Target]] = Lanes(self._take)
        seen: set[str] = set()
        for source in job.sources:
            for target in source.targets:
                if target.url not in seen:
                    seen.add(target.url)
                    self.lanes.add(lane(target.url), (source, target))

    async def _take(self, work: tuple[Source, Target]) -> None:
        source, target = work
        try:
            request = request_for(target.url, source.delay)
            response = await self._engine.download_async(request)
        except Stopping:
            return
        except Exception as error:  # noqa: BLE001  whatever it was, it is this page's and no other's
            at = instant(datetime.now(UTC))
            self._keeper.note(outcome_of(error).event(at, source.source, target.url, target.via))
            return
        robots = response.request.meta.get("robots") if response.request else None
        await self._keeper.keep(capture_of(response, source, target, datetime.now(UTC), robots))


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
