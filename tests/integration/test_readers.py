"""Eight processes read while a hundred loads are published: every copy is whole, and nobody waits for anybody."""

import fcntl
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import STAMP
from warehouse.home import Home
from warehouse.loading import load_captures
from warehouse.publish import publish
from warehouse.store import opened

READERS, LOADS, BATCH = 8, 100, 3


@pytest.mark.slow
def test_every_copy_is_whole_for_eight_readers_during_a_hundred_loads(home: Home, tmp_path: Path) -> None:
    done = tmp_path / "done"
    home.settings.touch()
    published(home, 0)
    command = [sys.executable, "-m", "tests.reading", str(home.root), str(done)]
    readers = [
        subprocess.Popen([*command, str(seed), str(BATCH)], stdout=subprocess.PIPE, text=True)
        for seed in range(READERS)
    ]
    for number in range(1, LOADS):
        published(home, number)
        assert locked_by_readers(home) == []
    done.touch()
    told = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS
    assert [one["faults"] for one in told] == [[]] * READERS
    # Each has seen several copies, or nothing was tried.
    assert min(one["opens"] for one in told) > 5
    assert max(one["latest"] for one in told) > LOADS // 2


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


def locked_by_readers(home: Home) -> list[str]:
    """Locks of the home that somebody holds between two loads: a writer would have to wait for those."""
    held = []
    for path in home.locks.glob("*.lock"):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(path.name)
    return held
