"""Fixtures for all tests."""

from pathlib import Path

import pytest
from hypothesis import settings

from warehouse.home import SETTINGS_FILE, Home

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty archive."""
    root = tmp_path / "home"
    root.mkdir()
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
    items.sort(key=lambda item: -sum(mark.args[0] for mark in item.iter_markers("timeout")))
