"""Fetch to SQL: pages a second of a whole ingest on loopback, beside two bare trafilatura processes."""

import multiprocessing
import os
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import tomlkit

from benchmarks.extraction import bare
from benchmarks.pages import Sample
from benchmarks.serving import HOST, SITEMAP, serving
from flows.commands.setup import make_home
from flows.ingest import IngestRequest, ingest
from flows.run import Run
from flows.settings import load_settings
from flows.steps import Direct
from warehouse.home import SETTINGS_FILE, Home
from warehouse.reader import open_published

Answer = TypeVar("Answer")

CORES = os.cpu_count() or 1


@dataclass
class Timed:
    """Carries steps out and keeps the wall seconds of each kind."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def run(self, name: str, step: Callable[[], Answer]) -> Answer:
        """The step's answer."""
        before = time.perf_counter()
        try:
            return Direct().run(name, step)
        finally:
            self.seconds[name.rstrip("0123456789 ")] += time.perf_counter() - before


@dataclass(frozen=True, slots=True)
class Measured:
    """One whole ingest."""

    pages: int
    wall: float
    server_cpu: float
    own_cpu: float
    """Seconds of this process and of all children: crawl and workers."""
    steps: dict[str, float]

    def rate(self) -> float:
        """Pages a second, with the server's share of the machine given back."""
        return self.pages / (self.wall - self.server_cpu / CORES)


def measure(samples: Sequence[Sample], copies: int) -> Measured:
    """Ingest every page from a loopback server into an empty home."""
    with tempfile.TemporaryDirectory() as folder, serving(samples, copies) as server:
        home = paper_home(Path(folder), server.address)
        steps = Timed()
        run = Run(home, load_settings(home), "ingest", {}, steps=steps)
        served, used, began = server.cpu_seconds(), cpu(), time.perf_counter()
        ingest(run, IngestRequest())
        wall = time.perf_counter() - began
        with open_published(home) as connection:
            pages = connection.execute("SELECT count(*) FROM captures").fetchall()[0][0]
        return Measured(pages, wall, server.cpu_seconds() - served, cpu() - used, dict(steps.seconds))


def paper_home(root: Path, address: str) -> Home:
    """A home whose one source is the server."""
    make_home(root, "bench@archive.example")
    document = tomlkit.parse((root / SETTINGS_FILE).read_text("utf-8"))
    document["network"]["delay"] = 0.0
    document["network"]["hosts"] = {HOST: address}
    document["sources"] = {"paper": {"name": "Paper", "url": f"http://{HOST}/", "sitemaps": [SITEMAP]}}
    (root / SETTINGS_FILE).write_text(tomlkit.dumps(document), encoding="utf-8")
    return Home(root)


def cpu() -> float:
    """Seconds of this process and its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def bare_rate(samples: Sequence[Sample], copies: int) -> float:
    """Pages a second of bare trafilatura in a process a core, pages in memory, nothing kept."""
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        pool.map(bare, samples, chunksize=8)  # models and caches are loaded before the clock runs
        began = time.perf_counter()
        for _ in pool.imap_unordered(bare, [sample for sample in samples for _ in range(copies)], chunksize=16):
            pass
        return len(samples) * copies / (time.perf_counter() - began)
