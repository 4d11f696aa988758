"""The demo's archive, made once for all who only read it, in whichever process they run."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.end_to_end.command import in_its_own_process
from warehouse.home import Home

SAID = "said.txt"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The archive, not to be written to; processes of one test run share it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-of-all"
    shared.mkdir(exist_ok=True)
    said = shared / SAID
    with Path(shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            told = in_its_own_process("demo", "--folder", shared / "demo").stdout
            said.write_text(told, encoding="utf-8")
    return Home(shared / "demo")


@pytest.fixture(scope="session")
def demo_said(demo: Home) -> str:
    """What the demo printed."""
    return (demo.root.parent / SAID).read_text("utf-8")
