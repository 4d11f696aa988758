"""Locks that the kernel frees when their holder dies: a `flock` each on a file in `locks/`.

run     one flow and source: a second run ends at once
crawl   the same, held by the crawl's child too: a run waits for the child of one that was killed
host    one crawler a host (taken in `spiders`)
store   one writer to the warehouse, for one batch or one publish: others wait
search  one writer to the search index: others wait
settings  one command at a time that changes hemeroteca.toml
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from articles.errors import RunBusy, StoreBusy

POLL_SECONDS = 0.05
ORPHAN_SECONDS = 30.0
"""A crawl ends within its grace of 10 seconds when its parent is gone."""
STORE_WAIT_SECONDS = 600.0
SETTINGS_WAIT_SECONDS = 30.0


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
def crawl_lock(folder: Path, flow: str, source: str, wait: float = ORPHAN_SECONDS) -> Iterator[int]:
    """Wait for the crawl of an earlier run of the same flow and source; the descriptor is for the own crawl's child.

    The kernel frees a lock when the last process with its descriptor has ended, so a child holds it on after its
    parent was killed.
    """
    handle = waited(folder / f"crawl-{flow}-{source}.lock", wait)
    if handle is None:
        raise RunBusy(f"the crawl of an earlier {flow} of {source}, whose run is gone, still goes on; try again later")
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def store_lock(folder: Path, wait: float = STORE_WAIT_SECONDS) -> Iterator[None]:
    """Be the one writer to the warehouse; waits up to `wait` seconds for another to finish its batch."""
    with one_writer(folder / "store.lock", "the warehouse", wait):
        yield


@contextmanager
def search_lock(folder: Path, wait: float = STORE_WAIT_SECONDS) -> Iterator[None]:
    """Be the one writer to the search index; waits up to `wait` seconds for another to finish."""
    with one_writer(folder / "search.lock", "the search index", wait):
        yield


@contextmanager
def settings_lock(folder: Path, wait: float = SETTINGS_WAIT_SECONDS) -> Iterator[None]:
    """Be the one that changes the settings; waits up to `wait` seconds for another to finish."""
    with one_writer(folder / "settings.lock", "hemeroteca.toml", wait):
        yield


@contextmanager
def one_writer(lock: Path, what: str, wait: float) -> Iterator[None]:
    """Hold a lock that one process at a time may have, or say what it keeps others from."""
    handle = waited(lock, wait)
    if handle is None:
        raise StoreBusy(f"another process has been writing to {what} for {wait:g} s; try again later")
    try:
        yield
    finally:
        os.close(handle)


def waited(path: Path, wait: float) -> int | None:
    """Take a lock as soon as it is free; None where it is not within so many seconds."""
    deadline = time.monotonic() + wait
    while (handle := try_lock(path)) is None:
        if time.monotonic() >= deadline:
            return None
        time.sleep(POLL_SECONDS)
    return handle
