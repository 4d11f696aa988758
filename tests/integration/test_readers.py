"""Processes read while loads are published: every copy is whole, and the writer finds no lock of theirs."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import STAMP
from warehouse.home import Home
from warehouse.loading import load_captures
from warehouse.publish import publish
from warehouse.store import opened

BATCH = 3


@pytest.mark.parametrize(
    ("readers", "loads"),
    [
        pytest.param(3, 20, marks=pytest.mark.slow),
        pytest.param(8, 100, marks=[pytest.mark.heavy, pytest.mark.timeout(900)]),
    ],
)
def test_every_copy_is_whole_for_those_who_read_while_others_load(
    home: Home, tmp_path: Path, readers: int, loads: int
) -> None:
    done = tmp_path / "done"
    home.settings.touch()
    published(home, 0)
    with reading(home, done, readers) as processes:
        for number in range(1, loads):
            published(home, number)
            assert locked(home) == []
        done.touch()
        told = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0] * readers
    assert [one["faults"] for one in told] == [[]] * readers
    # Each has seen several copies, or nothing was tried.
    assert min(one["opens"] for one in told) > 3
    assert max(one["latest"] for one in told) > loads // 2


@contextmanager
def reading(home: Home, done: Path, readers: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """So many processes that read until a file is there."""
    command = [sys.executable, "-m", "tests.reading", str(home.root), str(done)]
    processes = [
        subprocess.Popen([*command, str(seed), str(BATCH)], stdout=subprocess.PIPE, text=True)
        for seed in range(readers)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def published(home: Home, number: int) -> None:
    """A load of a few articles, published under its number."""
    at = NOON + timedelta(minutes=number)
    outcomes = [
        shown(article(url=f"https://tagblatt.example/{number}/{name}", title=f"Report {number} {name}"), at, str(name))
        for name in range(BATCH)
    ]
    with opened(home) as store:
        load_captures(store, outcomes, {}, STAMP)
    publish(home, str(number), "0.1.0", at)


def locked(home: Home) -> list[str]:
    """Locks of the home that somebody holds between two loads: a writer would have to wait for those."""
    held = []
    for path in home.locks.glob("*.lock"):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(path.name)
    return held
