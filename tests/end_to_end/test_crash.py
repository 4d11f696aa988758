"""A run killed at any point, and run again: nothing acknowledged is lost, nothing stands twice, the hash is the same.

A tenth of what `make crash` does.
"""

import random
from collections.abc import Iterator

import pytest

from examples.newspapers.server import Server
from tests.crash.points import POINTS, Command, Point
from tests.crash.victims import Victims

CHANCE = random.Random(7)
COMMANDS: tuple[Command, ...] = ("ingest", "backfill", "import")


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    with Server(edition=1) as server:
        yield Victims(tmp_path_factory.mktemp("crash"), server)


@pytest.mark.parametrize(("number", "point"), list(enumerate(POINTS)), ids=[point.name for point in POINTS])
def test_a_run_killed_at_a_point_is_made_good_by_the_next(victims: Victims, number: int, point: Point) -> None:
    command = point.commands[number % len(point.commands)]
    survived = victims.killed_at(command, point.where, point.calls[-1])
    assert survived.died
    assert not survived.faults


@pytest.mark.parametrize("number", range(5))
def test_a_run_killed_at_any_time_is_made_good_by_the_next(victims: Victims, number: int) -> None:
    assert not victims.killed_after(COMMANDS[number % 3], CHANCE.uniform(0.2, 4), CHANCE).faults
