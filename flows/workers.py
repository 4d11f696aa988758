"""Parsing in processes that can be killed: a page that hangs or crashes its parser costs that page alone."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as PageTimeout
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from warehouse.outcomes import Quarantined

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PAGES_A_WORKER = 5_000
"""A worker is replaced after this many pages, so that no library's leak adds up."""

AHEAD = 16
"""Pages a worker that wait in the queue: enough that none is idle, few enough that memory stays flat."""


class Workers:
    """A pool of parser processes, started when the first page comes."""

    def __init__(self, count: int, timeout: float) -> None:
        """`count` 0 is one a core; `timeout` is in seconds a page, the backstop behind the parser's own limits."""
        self.count = count or os.cpu_count() or 1
        self.timeout = timeout
        self._pool: ProcessPool | None = None

    def map(
        self, function: Callable[[Item], Answer], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer | Quarantined]]:
        """Answers in the order of the items; a page that kills its worker or the clock is answered `Quarantined`."""
        waiting: deque[tuple[Item, ProcessFuture[Any]]] = deque()
        for item in items:
            waiting.append((item, self._start().schedule(function, args=[item], timeout=self.timeout)))
            if len(waiting) >= AHEAD * self.count:
                yield answered(*waiting.popleft())
        while waiting:
            yield answered(*waiting.popleft())

    def _start(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.count, max_tasks=PAGES_A_WORKER, context=multiprocessing.get_context("spawn")
            )
        return self._pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop() if kind else self._pool.close()
            self._pool.join()
            self._pool = None


def answered(item: Item, future: ProcessFuture[Any]) -> tuple[Item, Answer | Quarantined]:
    """Wait for one page."""
    try:
        return item, future.result()
    except PageTimeout:
        return item, Quarantined("extract", "timeout", "the page took longer than extraction.timeout")
    except ProcessExpired as error:
        return item, Quarantined("extract", "crash", f"the worker ended with {error.exitcode}")
    except MemoryError:
        return item, Quarantined("extract", "memory", "the page took more memory than a worker may have")
    except Exception as error:  # noqa: BLE001 - a page may break any parser in any way: it costs that page alone
        return item, Quarantined("extract", "error", f"{type(error).__name__}: {error}")
