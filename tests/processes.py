"""The processes of a run, as the kernel lists them: its crawls, and its parsers."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from flows.cli import main; main()")
"""`hemeroteca`, by the Python that runs the tests."""


def crawls_of(run: int) -> list[int]:
    """The processes of a run that crawl: each leads a process group."""
    return [pid for pid in below(run) if leads(pid)]


def parsers_of(run: int) -> list[int]:
    """All other processes of a run and of its crawls."""
    return [pid for pid in below(run) if not leads(pid)]


def below(parent: int) -> Iterator[int]:
    """The children of a process, and theirs."""
    with suppress(OSError):
        for thread in Path(f"/proc/{parent}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                yield child
                yield from below(child)


def leads(pid: int) -> bool:
    """Whether a process leads its group; one that is gone does not."""
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False
