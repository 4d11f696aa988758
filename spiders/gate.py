"""One crawler a host over all processes, one exchange at a time, with a pause after each.

A host's file in the home's `locks/` is locked from its first request until the process ends, and holds the time
of the next allowed one, so that the crawl after this keeps the pause too.
"""

import asyncio
import fcntl
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.exceptions import IgnoreRequest

MAX_PAUSE = 60.0
"""Seconds; a robots.txt that asks for more gets this."""

EXCHANGES = 32
"""At one time over all hosts: each may hold a body of the largest size in memory."""

POLL = 1.0
"""Seconds between two looks at a lock that another process holds."""


class Stopping(IgnoreRequest):
    """The crawl ends before this request's turn has come: nothing was asked, nothing is noted."""


@dataclass(slots=True)
class HostState:
    """A host's lock and pace."""

    path: Path
    pause: float = 0.0
    next_at: float = 0.0
    """Unix time before which the host is not asked."""
    last_at: float = 0.0
    """When the last exchange with it ended; 0 before the first."""
    handle: int | None = None
    order: asyncio.Lock = field(default_factory=asyncio.Lock)

    def lock(self) -> bool:
        """Take the lock file, if nobody else has it, and read when the host may be asked next."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self.handle = handle
        # Never longer than a host may rest, whatever the file says or a clock set back makes of it.
        longest = time.time() + max(self.pause, MAX_PAUSE)
        self.next_at = min(read_time(os.pread(handle, 64, 0)), longest)
        return True

    def rest(self, now: float) -> None:
        """Allow the next request a pause from now, in the file too: the process may be killed."""
        self.last_at = now
        self.next_at = max(self.next_at, now + self.pause)
        if self.handle is not None and self.pause:
            os.pwrite(self.handle, f"{self.next_at:017.6f}\n".encode("ascii"), 0)


class Gate:
    """Gives each request its turn."""

    def __init__(self, locks: Path) -> None:
        self._locks = locks
        self._hosts: dict[str, HostState] = {}
        self._closed = asyncio.Event()
        self._room = asyncio.Semaphore(EXCHANGES)

    def slow_down(self, host: str, pause: float) -> None:
        """Pause at least so many seconds after each exchange with a host."""
        state = self._state(host)
        if pause > state.pause:
            state.pause = pause
            state.rest(state.last_at)

    def close(self) -> None:
        """Give no more turns; who waits for one gets `Stopping`."""
        self._closed.set()

    @asynccontextmanager
    async def turn(self, host: str, pause: float = 0.0) -> AsyncIterator[None]:
        """Hold a host for one exchange, to be followed by a pause of at least so many seconds."""
        self.slow_down(host, pause)
        state = self._state(host)
        async with state.order:
            await self._owned(state)
            if (left := state.next_at - time.time()) > 0:
                await self._sleep(left)
            async with self._room:
                self._refuse_when_closed()
                state.rest(time.time())
                try:
                    yield
                finally:
                    state.rest(time.time())

    async def _owned(self, state: HostState) -> None:
        self._refuse_when_closed()
        while state.handle is None and not state.lock():
            await self._sleep(POLL)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except TimeoutError:
            return
        self._refuse_when_closed()

    def _refuse_when_closed(self) -> None:
        if self._closed.is_set():
            raise Stopping("the crawl is ending")

    def _state(self, host: str) -> HostState:
        if host not in self._hosts:
            self._hosts[host] = HostState(self._locks / lock_name(host))
        return self._hosts[host]


def lock_name(host: str) -> str:
    """The file's name for a host; an IPv6 address loses its punctuation."""
    return f"host-{re.sub(r'[^a-z0-9._-]', '_', host)}.lock"


def read_time(raw: bytes) -> float:
    """The time that a lock file holds; 0 for a new one, or one that says nothing we understand."""
    try:
        return float(raw.split(b"\n")[0] or 0)
    except ValueError:
        return 0.0
