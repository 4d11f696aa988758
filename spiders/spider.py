"""The crawl of one job: reads it, has it done, and answers."""

import asyncio
import errno
import logging
import os
import resource
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from spiders.child import DISK_FULL
from spiders.discover import Discover
from spiders.fetch import Fetch, held_payloads
from spiders.gate import Gate
from spiders.guard import Guard, PublicResolver
from spiders.job import Answer, Job, Tally
from spiders.keeper import Keeper
from spiders.logs import escape_logs
from spiders.parsers import Parsers
from spiders.robots_cache import RobotsCache
from warehouse.archive import ArchiveWriter
from warehouse.clock import lasting
from warehouse.journal import Journal

LOG = logging.getLogger(__name__)

GRACE = 4.0
"""Seconds that exchanges under way are given when the crawl is to end."""

Finished = Literal["finished", "max_minutes", "stopped"]


class HemerotecaSpider(Spider):
    """Does a job from its file; what every request needs (`guard`, `gate`, `parsers`, `robots`) hangs here."""

    name = "hemeroteca"
    guard: Guard
    gate: Gate
    job: Job
    parsers: Parsers
    moved: dict[str, str]
    robots: RobotsCache
    _began: float
    _keeper: Keeper
    _work: Fetch | Discover
    _all: asyncio.Task[None] | None = None
    _finished: Finished = "stopped"
    """What is true of a crawl that is ended before it starts."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the job, and set what it says before Scrapy freezes its settings."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._began = time.monotonic()
        escape_logs()
        spider.job = Job.model_validate_json(Path(kwargs["job"]).read_bytes())
        network = spider.job.network
        crawler.settings.set("USER_AGENT", network.user_agent, priority="spider")
        crawler.settings.set("DOWNLOAD_TIMEOUT", network.timeout, priority="spider")
        crawler.settings.set("DOWNLOAD_MAXSIZE", network.max_body, priority="spider")
        spider.guard = Guard(network.hosts)
        spider.parsers = Parsers()
        spider.moved = {}
        spider.robots = RobotsCache(spider.job.robots)
        PublicResolver.granted |= spider.guard.addresses()
        crawler.signals.connect(spider._closed, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Do the whole job; Scrapy sees no request of ours, only that this has not ended."""
        self._finished = "finished"
        self.gate = Gate(self.job.locks, background=self.job.background)
        allow_many_files()
        archive = ArchiveWriter(self.job.archive, self.job.writer, held_payloads(self.job))
        self._keeper = Keeper(archive, Journal(self.job.archive, self.job.writer))
        mode = Fetch if self.job.mode == "fetch" else Discover
        self._work = mode(self.job, self.crawler.engine, self._keeper, self.parsers)
        if self.job.max_minutes is not None:
            asyncio.get_running_loop().call_later(lasting(60 * self.job.max_minutes), self._end, "max_minutes")
        self._all = asyncio.create_task(self._do())
        try:
            await asyncio.shield(self._all)
        except asyncio.CancelledError:  # Scrapy's way to stop, on SIGTERM and SIGINT
            self._end("stopped")
            raise
        return
        yield

    async def _do(self) -> None:
        beat = asyncio.create_task(self._keeper.beat())
        work = asyncio.create_task(self._work.lanes.done())
        try:
            done, _ = await asyncio.wait((beat, work), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            beat.cancel()
            self._work.lanes.cancel()

    def _end(self, why: Finished) -> None:
        if self._finished == "finished":
            self._finished = why
        if why == "stopped":  # a second signal would have Scrapy end at once, with pages unacknowledged
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._work.lanes.close()
        self.gate.close()
        asyncio.get_running_loop().call_later(GRACE, self._work.lanes.cancel)

    async def _closed(self) -> None:
        """Have everything acknowledged, then answer; a crawl that failed leaves no answer."""
        try:
            if self._all is not None:
                await self._all
                if isinstance(self._work, Discover):
                    self._work.leave_rest()
                await self._keeper.close()
            write_answer(self.job.answer, self._answer())
        except Exception as error:
            LOG.exception("the crawl failed")
            if is_full(error):
                # Nothing more can be acknowledged, nor an answer be written: the exit code has to say it.
                os._exit(DISK_FULL)
        finally:
            await self.parsers.close()

    def _answer(self) -> Answer:
        return Answer(
            finished=self._finished,
            tallies={source.source: self._tally(source.source) for source in self.job.sources},
            seconds=round(time.monotonic() - self._began, 3),
            moved=self.moved,
        )

    def _tally(self, source: str) -> Tally:
        return Tally() if self._all is None else self._keeper.tally(source, self.job.mode)


def is_full(error: BaseException | None) -> bool:
    """Whether a failure, or what led to it, is a disk without room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        error = error.__cause__ or error.__context__
    return False


def write_answer(path: Path, answer: Answer) -> None:
    """Write the answer so that it is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_text(answer.model_dump_json(indent=1), encoding="utf-8")
    unfinished.replace(path)


def allow_many_files() -> None:
    """Each host asked holds a lock file open, and a connection."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
