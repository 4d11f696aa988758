"""A disk that is full at any point: an exit code of its own, nothing acknowledged lost, and on with it when there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.errors import DiskFull
from examples.newspapers.server import Server
from flows.console import EXIT_CODES
from tests.crash.points import Command
from tests.crash.victims import Victims
from tests.disks import small_disk

DISK = "48m"

POINTS: tuple[tuple[str, Command, str], ...] = (
    ("before the first record", "import", "warehouse.archive:ArchiveWriter.add:before"),
    ("before the manifest", "import", "warehouse.archive:append:before"),
    ("before the rows", "import", "warehouse.loading:stage:after"),
    ("before the copy", "import", "warehouse.publish:log_of:before"),
    ("in the crawl that discovers", "ingest", "spiders.keeper:Keeper.note:before"),
    ("in the crawl that fetches", "ingest", "warehouse.archive:ArchiveWriter.add:before"),
)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small file system of its own."""
    with small_disk(tmp_path_factory.mktemp("disk"), DISK) as folder:
        yield folder


@pytest.fixture(scope="module")
def victims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victims]:
    with Server(edition=1) as server:
        yield Victims(tmp_path_factory.mktemp("full"), server)


@pytest.mark.parametrize(("name", "command", "where"), POINTS, ids=[point[0] for point in POINTS])
def test_a_full_disk_is_said_and_made_good(
    victims: Victims, disk: Path, name: str, command: Command, where: str
) -> None:
    code, survived = victims.full_at(command, where, disk)
    assert code == EXIT_CODES[DiskFull], name
    assert not survived.faults
    assert not list(disk.iterdir())


def test_no_room_for_the_search_index_fails_no_run(victims: Victims, disk: Path) -> None:
    code, survived = victims.full_at("import", "flows.run:bring_up:before", disk)
    assert code == 0
    assert not survived.faults
