"""A rehearsal: the schedule's ingests and a backfill beside them, by a clock that runs fast, with kills."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from random import Random

import tomlkit

from tests.soak.clock import SharedClock
from tests.soak.server import Newspapers
from tests.soak.world import DAY, HOUR, MINUTE, Paper
from warehouse.home import Home

ROOT = Path(__file__).resolve().parents[2]
STEP = 30 * MINUTE
"""From one scheduled ingest to the next, as the deployment has it at most."""

RATE = 60.0
"""Seconds of the rehearsal's clock in one of the machine's: more leave less time for what takes time."""

BEGINS = datetime.fromisoformat("2026-10-01T00:00:00+00:00")
DELAY = 5.0


def papers(pages: int, days: int, past: int) -> tuple[Paper, ...]:
    """Three newspapers: one with an untrue ETag and long outages, one that is slow, one whose dates are untrue."""
    out = tuple((BEGINS + n * DAY + 9 * HOUR, BEGINS + n * DAY + 12 * HOUR) for n in range(1, days, 6))
    return (
        Paper("courant", pages, BEGINS, days, past, untrue_tag=True, outages=out),
        Paper("gazette", pages, BEGINS, days, past, crawl_delay=7),
        Paper("mercury", pages, BEGINS, days, past, untrue_dates=True),
    )


@dataclass
class Rehearsal:
    """Processes under the rehearsal's clock, in a folder of their own."""

    folder: Path
    papers: Sequence[Paper]
    days: int
    kills: int
    seed: int = 1
    rate: float = RATE
    said: list[str] = field(default_factory=list)
    """What each ingest said of itself."""
    killed: int = 0

    @property
    def home(self) -> Home:
        """The archive."""
        return Home(self.folder / "home")

    def run(self) -> Newspapers:
        """Rehearse; the server, closed, with its record."""
        self.home.root.mkdir(parents=True)
        clock = SharedClock.made(self.folder / "clock", BEGINS, self.rate)
        with Newspapers(self.papers, clock, self.folder / "requests.jsonl") as server:
            self.home.settings.write_text(settings(self.papers, server.hosts), "utf-8")
            self._go(clock)
        return server

    def _go(self, clock: SharedClock) -> None:
        slots = range(int(self.days * DAY / STEP))
        chance = Random(self.seed)
        deadly = set(chance.sample(slots[2:], self.kills))
        runner, backfill = Runner(self), Backfills(self)
        try:
            for slot in slots:
                clock.set_ahead(BEGINS + slot * STEP)
                backfill.go_on()
                if slot in deadly and chance.random() < 0.3 and backfill.kill():
                    self.killed += 1
                elif slot in deadly:
                    runner.ingest(kill_after=chance.uniform(0.05, 4))
                    self.killed += 1
                runner.ingest()
        finally:
            runner.stop()
            backfill.stop()

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a process of ours under the rehearsal's clock."""
        inject = Path(__file__).parent / "inject"
        environment = os.environ | {
            "SOAK_CLOCK": str(self.folder / "clock"),
            "PYTHONPATH": os.pathsep.join(map(str, (inject, ROOT))),
        }
        log = (self.folder / "processes.log").open("a")
        return subprocess.Popen(
            [sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            env=environment, cwd=self.folder,
        )  # fmt: skip


class Runner:
    """The process that carries out the schedule's ingests; a new one after each kill."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._process: subprocess.Popen[str] | None = None

    def ingest(self, kill_after: float | None = None) -> None:
        """One ingest, killed so many seconds after it began, or when it has ended before that."""
        process = self._process = self._process or self._rehearsal.start(
            "-m", "tests.soak.runner", str(self._rehearsal.home.root)
        )
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(kill_after, process.kill) if kill_after is not None else None
        if timer:
            timer.start()
        process.stdin.write("\n")
        process.stdin.flush()
        answer = process.stdout.readline().strip()
        if timer:
            timer.join()
            self.stop()
        elif not answer:
            raise RuntimeError(f"the runner ended with code {process.wait()}: see {self._rehearsal.folder}")
        self._rehearsal.said.append(answer or "killed")

    def stop(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


class Backfills:
    """Backfills of all past months, one after the other, each run again until it has ended by itself."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._left = list(ranges(rehearsal.papers))
        self._process: subprocess.Popen[str] | None = None
        self.done = 0

    def go_on(self) -> None:
        """Begin the next, where the last has ended."""
        if self._process and self._process.poll() is not None:
            if self._process.returncode == 0:
                self._left.pop(0)
                self.done += 1
            self._process = None
        if self._process is None and self._left:
            paper, first, last = self._left[0]
            command = "from flows.cli import main; main()"
            days = ("--from", f"{first:%Y-%m-%d}", "--to", f"{last:%Y-%m-%d}")
            self._process = self._rehearsal.start(
                "-c", command, "backfill", paper, *days, "--json", "--home", str(self._rehearsal.home.root)
            )

    def kill(self) -> bool:
        """Kill the one under way, if there is one."""
        if self._process is None or self._process.poll() is not None:
            return False
        self._process.kill()
        self._process.wait()
        return True

    def stop(self) -> None:
        """Wait for the one under way a while, then end it."""
        deadline = time.monotonic() + 60
        while self._process and self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        self.kill()


def ranges(papers: Sequence[Paper]) -> Iterator[tuple[str, datetime, datetime]]:
    """Quarters of the past of each paper."""
    for paper in papers:
        first = min(story.born for story in paper.stories)
        for number in count():
            begins = first + number * 90 * DAY
            if begins >= paper.begins:
                break
            yield paper.name, begins, min(begins + 89 * DAY, paper.begins - DAY)


def settings(papers: Sequence[Paper], hosts: dict[str, str]) -> str:
    """hemeroteca.toml: the first paper's past is for backfills alone, the others' comes with the schedule too."""
    sources = {}
    for number, paper in enumerate(papers):
        site = f"https://{paper.host}"
        index = [f"{site}/index.xml"]
        sources[paper.name] = {
            "name": paper.name,
            "url": f"{site}/",
            "feeds": [f"{site}/front.xml", f"{site}/ticker.xml"],
            "sitemaps": [f"{site}/news.xml", *(index if number else [])],
            "archive_sitemaps": [] if number else index,
        }
    network = {"contact": "desk@hemeroteca.example", "delay": DELAY, "timeout": 4.0, "hosts": hosts}
    return tomlkit.dumps({"network": network, "sources": sources})
