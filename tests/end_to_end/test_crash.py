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


CHAINS = list(zip(LOADING[::2], LOADING[1::2], PUBLISHING, strict=True))


@pytest.mark.parametrize(
    ("number", "chain"), list(enumerate(CHAINS)), ids=["; ".join(point.name for point in chain) for chain in CHAINS]
)
def test_a_run_killed_at_a_point_is_made_good_by_the_next(
    victims: Victims, number: int, chain: tuple[Point, Point, Point]
) -> None:
    """The next is killed as well, at a later point, and the one after it while it publishes; then one may end."""
    first, *later = chain
    able = [command for command in COMMANDS if all(command in point.commands for point in chain)]
    command = able[-1 - number % len(able)]
    survived = victims.killed_at(command, first.where, first.calls[-1], [point.where for point in later])
    assert survived.died
    assert not survived.faults


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_killed_at_any_time_is_made_good_by_the_next(victims: Victims, command: Command) -> None:
    assert not victims.killed_after(command, CHANCE.uniform(0.2, 4), CHANCE).faults
