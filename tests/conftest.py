"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.empty import empty
from warehouse.home import Home

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NICE = 10

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty archive."""
    return empty(tmp_path / "home", "[extraction]\nworkers = 2\n")


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
