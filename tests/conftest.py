"""Fixtures for all tests."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from warehouse.described import describe
from warehouse.home import SETTINGS_FILE, Home
from warehouse.store import opened

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NICE = 10

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def new_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with its tables, views and comments and not a row: to make one takes a third of a second."""
    home = new_home(tmp_path_factory.mktemp("new"))
    with opened(home) as store:
        describe(store.connection)
    return home.warehouse


@pytest.fixture
def home(tmp_path: Path, new_warehouse: Path) -> Home:
    """An empty archive."""
    home = new_home(tmp_path / "home")
    home.work.mkdir()
    shutil.copyfile(new_warehouse, home.warehouse)
    return home


def new_home(root: Path) -> Home:
    """A folder with settings, and nothing else."""
    root.mkdir(exist_ok=True)
    (root / SETTINGS_FILE).write_text("[extraction]\nworkers = 2\n", encoding="utf-8")
    return Home(root)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled pages and files beside the project; the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever starts crawls, servers or whole runs is slow: `make check` leaves it to `make test`.

    What is given more time than usual begins first, so that no process is left alone with it in the end.
    """
    for item in items:
        if {"end_to_end", "integration"} & set(item.path.parts):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: -patience(item))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let what takes longest go before the others where tests run side by side: it began first, and ends last."""
    if "PYTEST_XDIST_WORKER" in os.environ and not patience(item):
        os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))


def patience(item: pytest.Item) -> int:
    """Seconds that a test is given beyond what all have."""
    given = sum(mark.args[0] for mark in item.iter_markers("timeout"))
    return max(0, given - int(item.config.getini("timeout")))
