"""Commands in processes that are killed, each run again as a user would, and what must hold after that."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock

from examples.newspapers.papers import PAPERS
from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from tests.crash.points import Command
from tests.end_to_end.command import hemeroteca, run
from tests.processes import PROGRAM, crawls_of
from tests.searches import search_differences
from tests.warcs import numbered, packed
from warehouse.archive import manifests
from warehouse.diagnosis import diagnose
from warehouse.home import Home
from warehouse.inspection import Inspected
from warehouse.lines import Line, read_lines
from warehouse.reader import open_published

INJECT = os.pathsep.join(map(str, (Path(__file__).parent / "inject", Path(__file__).parents[2])))
PAGES = 40
SECONDS = 120


@dataclass(frozen=True)
class Survived:
    """What a rerun found."""

    died: bool
    """Whether each run but the last was killed; the point may lie behind its end."""
    acknowledged: int
    """Captures that the archive had acknowledged when it died."""
    faults: tuple[str, ...]
    restart: float
    """Seconds of the rerun, which also does what was left to do."""


class Victims:
    """Homes of their own for each run, on one server."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._folder = folder
        self._server = server
        self._pages = folder / "pages.jsonl"
        self._pages.write_text("".join(map(page, range(PAGES))), encoding="utf-8")
        self._crawl = folder / "crawl.warc.gz"
        self._crawl.write_bytes(b"".join(packed(numbered(number)) for number in range(PAGES)))
        self._numbers = count(1)
        self._hashes: dict[Command, str] = {}
        self._lock = Lock()

    def reference(self, command: Command) -> str:
        """The warehouse hash of a run that was never killed."""
        with self._lock:
            if command not in self._hashes:
                home = self._home()
                hemeroteca(*self._words(home, command))
                self._hashes[command] = published_hash(home)
            return self._hashes[command]

    def killed_at(self, command: Command, where: str, call: int, then: Sequence[str] = ()) -> Survived:
        """Kill a run at a point of its own or of its crawl's, and run it again; a point not reached is tried sooner.

        The runs after it may be killed too, each at a later point.
        """
        home = self._home()
        code = self._start(home, command, kill_at(where, call)).wait(SECONDS)
        if code == 0 and call > 1:
            return self.killed_at(command, where, call // 2, then)
        codes = [code, *(self._start(home, command, kill_at(later, 1)).wait(SECONDS) for later in then)]
        return self._again(home, command, died=0 not in codes)

    def full_at(self, command: Command, where: str, disk: Path) -> tuple[int, Survived]:
        """Have the disk full from a point on, then make room and run again; the first run's exit code too."""
        home = demo_home(disk / f"home-{next(self._numbers)}", self._server)
        ballast = disk / "ballast"
        full = {"TEST_KILL": f"{where}:1", "TEST_BALLAST": str(ballast), "PYTHONPATH": INJECT}
        code = self._start(home, command, full).wait(SECONDS)
        ballast.unlink(missing_ok=True)
        return code, self._again(home, command, died=code != 0)

    def killed_after(self, command: Command, seconds: float, chance: random.Random) -> Survived:
        """Kill a run, or its crawl, after a time, and run it again."""
        home = self._home()
        process = self._start(home, command)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(chance.choice([process.pid, *crawls_of(process.pid)]), signal.SIGKILL)
        code = process.wait(SECONDS)
        return self._again(home, command, died=code != 0)

    def length(self, command: Command) -> float:
        """Seconds that a run takes when nobody kills it."""
        began = time.monotonic()
        assert self._start(self._home(), command).wait(SECONDS) == 0
        return time.monotonic() - began

    def _again(self, home: Home, command: Command, *, died: bool) -> Survived:
        acknowledged = captures_in(home)
        began = time.monotonic()
        again = run(*self._words(home, command))
        took = time.monotonic() - began
        faults = [] if again.code == 0 else [f"the rerun ended with {again.code}: {again.stderr}{again.fault}"]
        faults += [f"{finding.part}: {finding.what}" for finding in diagnose(home, Inspected())]
        if home.published.exists():
            with open_published(home) as reader:
                loaded = {str(row[0]) for row in reader.execute("SELECT capture_id FROM captures").fetchall()}
            faults += [f"lost {key}" for key in acknowledged - loaded]
            if published_hash(home) != self.reference(command):
                faults.append("another warehouse hash")
            faults += search_differences(home)
        else:
            faults.append("nothing published")
        shutil.rmtree(home.root)
        return Survived(died, len(acknowledged), tuple(faults), took)

    def _home(self) -> Home:
        return demo_home(self._folder / f"home-{next(self._numbers)}", self._server)

    def _start(self, home: Home, command: Command, more: dict[str, str] | None = None) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*PROGRAM, *self._words(home, command)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | (more or {}),
        )

    def _words(self, home: Home, command: Command) -> list[str]:
        arguments: dict[Command, list[object]] = {
            "ingest": ["ingest"],
            "backfill": ["backfill", PAPERS[0].source, "--from", "2026-09-01", "--to", "2026-09-30"],
            "import": ["import", self._pages, self._crawl, "--archive", "reference"],
        }
        return [*map(str, arguments[command]), "--home", str(home.root)]


def kill_at(where: str, call: int) -> dict[str, str]:
    """The environment of a process that dies at a point."""
    return {"TEST_KILL": f"{where}:{call}", "PYTHONPATH": INJECT}


def page(number: int) -> str:
    """A row of the import: one of them says the same as another, so that a revisit is among them."""
    said = f"The council of the {number % (PAGES - 1)}th district met on Tuesday and passed its budget for the coming year. "
    html = (
        f"<html lang=en><title>Budget {number % (PAGES - 1)}</title><article><h1>Budget</h1>{f'<p>{said * 3}</p>' * 4}"
    )
    row = {"id": str(number), "url": f"https://tagblatt.example/{number}", "html": html, "fetched_at": "2026-11-20"}
    return json.dumps(row) + "\n"


def captures_in(home: Home) -> set[str]:
    """The captures that the archive has acknowledged."""
    lines = (line for path in manifests(home.archive) for line in read_lines(path))
    return {str(line.row["capture_id"]) for line in lines if isinstance(line, Line)}


def published_hash(home: Home) -> str:
    """The published copy's warehouse hash."""
    with open_published(home) as reader:
        ((digest,),) = reader.execute("SELECT warehouse_hash FROM about").fetchall()
    return str(digest)
