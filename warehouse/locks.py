"""Locks that the kernel frees when their holder dies: a `flock` each on a file in `locks/`.

run     one flow and source: a second run ends at once
host    one crawler a host (taken in `spiders`)
store   one writer to the warehouse, for one batch or one publish: others wait
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from articles.errors import RunBusy, StoreBusy

POLL_SECONDS = 0.05
STORE_WAIT_SECONDS = 600.0


def try_lock(path: Path) -> int | None:
    """Take a lock without waiting; a descriptor to close, or None where another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


@contextmanager
def run_lock(folder: Path, flow: str, source: str) -> Iterator[None]:
    """Keep a second run of the same flow and source out; it gets `RunBusy` at once."""
    handle = try_lock(folder / f"run-{flow}-{source}.lock")
    if handle is None:
        raise RunBusy(f"another {flow} of {source} is running; wait for it, or see: hemeroteca status")
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def store_lock(
    folder: Path,
    wait: float = STORE_WAIT_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Be the one writer to the warehouse; waits up to `wait` seconds for another to finish its batch."""
    deadline = clock() + wait
    while (handle := try_lock(folder / "store.lock")) is None:
        if clock() >= deadline:
            raise StoreBusy(f"another process has been writing to the warehouse for {wait:g} s; try again later")
        sleep(POLL_SECONDS)
    try:
        yield
    finally:
        os.close(handle)
