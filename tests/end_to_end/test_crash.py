"""A run killed at any point, and run again: nothing acknowledged is lost, nothing stands twice, the hash is the same.

Each point once; `make crash` does each alone, ten times.
"""

import random
from collections.abc import Iterator

import pytest

from examples.newspapers.server import Server
from tests.crash.points import LOADING, PUBLISHING, Command, Point
from tests.crash.victims import Victims

CHANCE = random.Random(7)
COMMANDS: tuple[Command, ...] = ("ingest", "backfill", "import")


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    with Server(edition=1) as server:
        yield Victims(tmp_path_factory.mktemp("crash"), server)


@pytest.mark.parametrize(("number", "point"), list(enumerate(LOADING)), ids=[point.name for point in LOADING])
def test_a_run_killed_at_a_point_is_made_good_by_the_next(victims: Victims, number: int, point: Point) -> None:
    """And the next is killed while it publishes, as long as there are such points left."""
    command = point.commands[number % len(point.commands)]
    then = PUBLISHING[number].where if number < len(PUBLISHING) else None
    survived = victims.killed_at(command, point.where, point.calls[-1], then)
    assert survived.died
    assert not survived.faults


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_killed_at_any_time_is_made_good_by_the_next(victims: Victims, command: Command) -> None:
    assert not victims.killed_after(command, CHANCE.uniform(0.2, 4), CHANCE).faults
