"""One exchange with a host at a time over all processes, with a pause after each.

A host's file in the home's `locks/` is locked for each exchange and holds the time of the last one and of the next
allowed one: crawls that run side by side, and the one after these, keep the pace of one.
"""

import asyncio
import fcntl
import math
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.exceptions import IgnoreRequest
from twisted.internet.defer import AlreadyCalledError

from warehouse.clock import lasting, now

MAX_PAUSE = 60.0
"""Seconds; a robots.txt that asks for more gets this."""

MAX_REST = 3600.0
"""Seconds; a host that asks to be left alone for longer is asked again after this."""

PATIENCE = 90.0
"""Seconds that a crawl waits for a host; one that rests longer is left to the next run."""

EXCHANGES = 32
"""At one time over all hosts: each may hold a body of the largest size in memory."""

POLL = 0.05
"""Seconds between two looks at a lock that another process holds for its exchange."""

UNDER_WAY = 1.0
"""Seconds by which a request of a process that is killed may reach the host after it was sent."""

COURTESY = 0.2
"""Seconds that a backfill comes later than it might, so that the day's crawl of the same host goes first."""


class Stopping(IgnoreRequest):
    """The crawl ends before this request's turn has come: nothing was asked, nothing is noted."""


class Resting(Stopping):
    """The host asked to be left alone, for longer than a crawl waits."""


def is_stopping(error: BaseException | None) -> bool:
    """Whether it is the crawl's own end that a failure comes from.

    Scrapy tells itself of each request's end while it closes, and raises Twisted's `AlreadyCalledError` where two end
    at once: what stopped the request, or even its answer, is lost behind that.
    """
    while error is not None:
        if isinstance(error, Stopping | AlreadyCalledError):
            return True
        error = error.__cause__ or error.__context__
    return False


@dataclass(slots=True)
class Turn:
    """One exchange with a host."""

    rest: float = 0.0
    """Seconds that the host asks to be left alone after it."""


@dataclass(slots=True)
class HostState:
    """A host's lock and pace."""

    path: Path
    pause: float = 0.0
    handle: int | None = None
    order: asyncio.Lock = field(default_factory=asyncio.Lock)

    def lock(self) -> bool:
        """Take the lock, if nobody else has it."""
        if self.handle is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self) -> None:
        """Let others have it."""
        if self.handle is not None:
            fcntl.flock(self.handle, fcntl.LOCK_UN)

    def next_at(self, moment: float) -> float:
        """The Unix time before which the host is not asked; of a locked one."""
        last, allowed = read_times(os.pread(self.handle, 64, 0)) if self.handle is not None else (0.0, 0.0)
        # Never longer than a host may rest, whatever the file says or a clock set back makes of it.
        return min(max(allowed, last + self.pause), moment + max(self.pause, MAX_REST))

    def rest(self, moment: float, seconds: float = 0.0) -> None:
        """Allow the next request a pause from now, or a longer rest; in the file, as the process may be killed."""
        if self.handle is not None:
            allowed = moment + max(self.pause, min(seconds, MAX_REST))
            os.pwrite(self.handle, f"{moment:017.6f} {allowed:017.6f}\n".encode("ascii"), 0)


class Gate:
    """Gives each request its turn."""

    def __init__(self, locks: Path, *, background: bool = False) -> None:
        self._locks = locks
        self._courtesy = COURTESY if background else 0.0
        self._hosts: dict[str, HostState] = {}
        self._closed = asyncio.Event()
        self._room = asyncio.Semaphore(EXCHANGES)

    def slow_down(self, host: str, pause: float) -> None:
        """Pause at least so many seconds after each exchange with a host."""
        state = self._state(host)
        state.pause = max(state.pause, pause)

    def close(self) -> None:
        """Give no more turns; who waits for one gets `Stopping`."""
        self._closed.set()

    @asynccontextmanager
    async def turn(self, host: str, pause: float = 0.0) -> AsyncIterator[Turn]:
        """Hold a host for one exchange, to be followed by a pause of at least so many seconds."""
        self.slow_down(host, pause)
        state, turn = self._state(host), Turn()
        async with state.order:
            await self._allowed(state, host)
            try:
                async with self._room:
                    self._refuse_when_closed()
                    state.rest(now().timestamp(), state.pause + UNDER_WAY)
                    try:
                        yield turn
                    finally:
                        state.rest(now().timestamp(), turn.rest)
            finally:
                state.unlock()

    async def _allowed(self, state: HostState, host: str) -> None:
        """Wait until the host may be asked, with its lock held from then on and not before."""
        while True:
            self._refuse_when_closed()
            if not state.lock():
                await self._sleep(POLL)
                continue
            moment = now().timestamp()
            left = state.next_at(moment) - moment
            if left <= 0:
                return
            state.unlock()
            if left > max(PATIENCE, state.pause + UNDER_WAY):
                raise Resting(f"{host} asked to be left alone for another {left:.0f} s")
            await self._sleep(lasting(left + self._courtesy))

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


def read_times(raw: bytes) -> tuple[float, float]:
    """When the last exchange was and the next is allowed; 0 where the file is new or says nothing we understand."""
    try:
        last, allowed = map(float, raw.split(b"\n")[0].split())
    except ValueError:
        return 0.0, 0.0
    return (last, allowed) if math.isfinite(last + allowed) else (0.0, 0.0)
