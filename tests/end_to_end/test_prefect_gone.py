"""Prefect's server killed before, during and after a run: the data is complete, and the process ends."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from tests.end_to_end.command import answer, hemeroteca
from tests.end_to_end.prefect_server import Prefect, serving
from warehouse.diagnosis import diagnose
from warehouse.home import Home
from warehouse.inspection import Inspected
from warehouse.reader import open_published

SECONDS = 60
"""In which a process has to end when its work is done and its server gone."""


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with Server(edition=1) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, web: Server) -> Home:
    return demo_home(tmp_path / "papers", web)


@pytest.fixture
def prefect(tmp_path: Path, home: Home) -> Iterator[Prefect]:
    with serving(tmp_path) as prefect:
        prefect.command("--no-prompt", "deploy", "--all", cwd=home.root)
        yield prefect


def runs_of(home: Home) -> list[int]:
    """The processes that run a flow of this home: those that work in its folder."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and b"prefect" in (process / "cmdline").read_bytes():
                environment = (process / "environ").read_bytes()
                if b"PREFECT__FLOW_RUN_ID" in environment and str(home.root.parent).encode() in environment:
                    found.append(int(process.name))
        except OSError:
            continue
    return found


def wait_for(holds: Callable[[], object], seconds: float = SECONDS) -> float:
    """Wait until something holds; how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.1)
    return time.monotonic() - began


def complete(home: Home) -> None:
    """All that the papers have is there, whole and once."""
    assert not list(diagnose(home, Inspected()))
    with open_published(home) as reader:
        (loaded,) = reader.execute("SELECT count(*) FILTER (outcome = 'article') FROM captures").fetchall()
        assert loaded[0] > 40
        assert reader.execute("SELECT count(*) FROM loads WHERE status = 'completed'").fetchall() == [(1,)]
    again = answer("ingest", "--home", home.root)
    assert again["counts"]["captures"] <= 1, "nothing was left to do but what failed"


def test_the_server_killed_while_a_run_crawls(prefect: Prefect, home: Home) -> None:
    prefect.command("deployment", "run", "hemeroteca-ingest/ingest", cwd=home.root)
    wait_for(lambda: list((home.archive / "segments").glob("*.jsonl")))
    prefect.kill_server()
    wait_for(home.published.exists)
    wait_for(lambda: not runs_of(home))
    complete(home)


@pytest.mark.heavy
def test_the_server_killed_when_a_run_has_published(prefect: Prefect, home: Home) -> None:
    prefect.command("deployment", "run", "hemeroteca-ingest/ingest", cwd=home.root)
    wait_for(home.published.exists)
    prefect.kill_server()
    wait_for(lambda: not runs_of(home))
    complete(home)


@pytest.mark.heavy
def test_the_server_killed_before_a_run_begins(prefect: Prefect, home: Home) -> None:
    prefect.command("deployment", "run", "hemeroteca-ingest/ingest", cwd=home.root)
    prefect.kill_server()
    wait_for(lambda: not runs_of(home))
    if not home.published.exists():  # the run never began: nothing is half done, and the command line needs no server
        hemeroteca("ingest", "--home", home.root)
    complete(home)
