"""What comes from the web is parsed in processes that can be killed, while the crawl's event loop goes on."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from articles.errors import HemerotecaError
from warehouse.workers import Workers, lost

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PROCESSES = 2
"""One may be at work on a hostile feed for all its seconds."""

SECONDS = 60.0
"""By the clock, for one document: on a busy machine its CPU seconds take several times as long."""

CPU_SECONDS = 8
"""For one document; a sitemap of 100,000 entries takes 1.5."""


class Unparsed(Exception):
    """A document that broke its parser, went past its limits, or took too long."""


class Parsers:
    """A crawl's parser processes, started with the first document."""

    def __init__(self) -> None:
        self._workers = Workers(PROCESSES, SECONDS, cpu=CPU_SECONDS, preload=())

    async def call(self, function: Callable[[Item], Answer], item: Item) -> Answer:
        """A parser's answer; raises what it raises of our own errors, and `Unparsed` for anything else."""
        try:
            return await asyncio.wrap_future(self._workers.submit(function, item))
        except HemerotecaError:
            raise
        except Exception as error:
            told = lost(error, CPU_SECONDS)
            raise Unparsed(f"{told.reason}: {told.detail}") from error

    async def close(self) -> None:
        """End the processes."""
        await asyncio.to_thread(self._workers.stop)
