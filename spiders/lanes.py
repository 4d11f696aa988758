"""Work in lanes, one a host: in order within, side by side among them, so that no host waits for another."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator
from itertools import chain
from typing import Generic, TypeVar

Work = TypeVar("Work")

WORKERS = 2
"""A lane's workers: while one hands a page on, the other's request is on its way. The gate lets one ask."""


class Lanes(Generic[Work]):
    """Does what is added, also what the work itself adds."""

    def __init__(self, do: Callable[[Work], Awaitable[None]]) -> None:
        self._do = do
        self._waiting: defaultdict[str, deque[Work]] = defaultdict(deque)
        self._workers: defaultdict[str, int] = defaultdict(int)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def add(self, host: str, work: Work) -> None:
        """Put work at the end of its host's lane."""
        self._waiting[host].append(work)
        if self._workers[host] < WORKERS:
            self._workers[host] += 1
            self._tasks.add(asyncio.create_task(self._drain(host)))

    async def done(self) -> None:
        """Wait for all of it; raises what any of it raised."""
        while self._tasks:
            finished, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_EXCEPTION)
            self._tasks -= finished
            for task in finished:
                if not task.cancelled():
                    task.result()

    def waiting(self) -> Iterator[Work]:
        """What has not begun."""
        return chain.from_iterable(self._waiting.values())

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True

    def cancel(self) -> None:
        """End what is under way."""
        self.close()
        for task in self._tasks:
            task.cancel()

    async def _drain(self, host: str) -> None:
        waiting = self._waiting[host]
        try:
            while waiting and not self._closed:
                await self._do(waiting.popleft())
        finally:
            self._workers[host] -= 1
