"""Parsing in processes that can be killed: a page that hangs or crashes its parser costs that page alone.

Each worker bounds itself, so that the kernel ends what no Python code can interrupt: CPU seconds a page, memory
a process. These decide; the wall clock stands behind them for a page that waits without working.
"""

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import TimeoutError as PageTimeout
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from articles.cleaning import cleaned
from warehouse.outcomes import Quarantined
from warehouse.processes import Named, forking

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PAGES_A_WORKER = 5_000
"""A worker is replaced after this many pages, so that no library's leak adds up."""

AHEAD = 16
"""Pages a worker that wait in the queue: enough that none is idle, few enough that memory stays flat."""

FEW = 24
"""Pages that one process has read sooner than a second one has started."""

CPU_SECONDS = 15
"""For one page; of 230 news pages the slowest takes 0.6."""

MEMORY_BYTES = 900 * 1024 * 1024
"""Data of one worker, all in all; 230 news pages take 170 MB."""


class Workers:
    """A pool of parser processes, started when the first page comes."""

    def __init__(
        self, count: int, timeout: float, cpu: int = CPU_SECONDS, preload: Sequence[str] = ("articles.warm",)
    ) -> None:
        """`count` 0 is one a core; `timeout` and `cpu` are seconds a page, the first by the clock, as the backstop.

        `preload` names the modules that processes find imported beside that of the function.
        """
        self.count = count or os.cpu_count() or 1
        self.timeout = timeout
        self.cpu = cpu
        self._preload = preload
        self._pool: ProcessPool | None = None
        self._started = 0

    def map(
        self, function: Callable[[Item], Answer], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Answer | Quarantined]]:
        """Answers in the order of the items; a page that kills its worker or the clock is answered `Quarantined`."""
        pool = self._start(1 if isinstance(items, Sized) and len(items) <= FEW else self.count, function)
        waiting: deque[tuple[Item, ProcessFuture[Any]]] = deque()
        for item in items:
            waiting.append((item, self._scheduled(pool, function, item)))
            if len(waiting) >= AHEAD * self.count:
                yield answered(*waiting.popleft(), self.cpu)
        while waiting:
            yield answered(*waiting.popleft(), self.cpu)

    def submit(self, function: Callable[[Item], Answer], item: Item) -> "ProcessFuture[Answer]":
        """The future of one item's answer; `lost` tells in words what an error of it means."""
        return self._scheduled(self._start(self.count, function), function, item)

    def _scheduled(self, pool: ProcessPool, function: Callable[[Item], Answer], item: Item) -> "ProcessFuture[Answer]":
        future: ProcessFuture[Answer] = pool.schedule(bounded, args=[function, item, self.cpu], timeout=self.timeout)
        return future

    def _start(self, count: int, function: Callable[..., Any]) -> ProcessPool:
        """A pool of at least so many processes; a smaller one, which has nothing to do now, is ended."""
        if self._pool is not None and self._started < count:
            self.stop()
        if self._pool is None:
            self._started = count
            self._pool = ProcessPool(
                max_workers=count,
                max_tasks=PAGES_A_WORKER,
                initializer=confine,
                context=forking(module_of(function), *self._preload),
            )
        return self._pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None and kind is None:
            self._pool.close()
            self._pool.join()
        self.stop()

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None


def module_of(function: Callable[..., Any]) -> str:
    """Where a function stands."""
    return function.name.partition(":")[0] if isinstance(function, Named) else function.__module__


def confine() -> None:
    """Bound this worker's memory, for good; one that dies leaves no core file."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bounded(function: Callable[[Item], Answer], item: Item, cpu: int) -> Answer:
    """Call a function; the kernel ends this process should it take more CPU than one page may."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu, hard))
    return function(item)


def answered(item: Item, future: "ProcessFuture[Any]", cpu: int) -> tuple[Item, Answer | Quarantined]:
    """Wait for one page."""
    try:
        return item, future.result()
    except Exception as error:  # noqa: BLE001 - a page may break any parser in any way: it costs that page alone
        return item, lost(error, cpu)


def lost(error: Exception, cpu: int) -> Quarantined:
    """What became of a page that got no answer."""
    if isinstance(error, PageTimeout):
        return Quarantined("extract", "timeout", "the page took longer than extraction.timeout")
    if isinstance(error, ProcessExpired) and error.exitcode == -signal.SIGXCPU:
        return Quarantined("extract", "cpu", f"the page took more than {cpu} seconds of CPU")
    if isinstance(error, ProcessExpired):
        return Quarantined("extract", "crash", f"the worker ended with {error.exitcode}")
    if isinstance(error, MemoryError):
        return Quarantined(
            "extract", "memory", f"the page took more memory than the {MEMORY_BYTES >> 20} MB of a worker"
        )
    return cleaned(Quarantined("extract", "error", f"{type(error).__name__}: {error}"))
