"""A crawl as a step: the child process, and the loading of what it archives while it works."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from flows.run import Run
from flows.sources import reach
from spiders.child import Child
from spiders.job import Answer, Job, Source
from warehouse.archive import manifests, writer_name
from warehouse.clock import now
from warehouse.lines import read_lines
from warehouse.workers import Workers

SHOWN, SHOWN_TO_BACKFILLS = "shown", "shown-to-backfills"
"""Where in `work/` crawls keep what feeds and sitemaps showed them: a backfill looks for other days than an ingest."""

POLL_SECONDS = 0.5
WORTH_LOADING = 200
"""Captures that are loaded while the crawl goes on; fewer would make transactions of their own too small."""


def job(
    run: Run,
    mode: Literal["discover", "fetch"],
    sources: Sequence[Source],
    *,
    max_minutes: float | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
    background: bool = False,
) -> Job:
    """The job of one child, its files named after its writer."""
    writer = writer_name(now())
    return Job(
        mode=mode,
        writer=writer,
        archive=run.home.archive,
        locks=run.home.locks,
        robots=run.home.work / "robots",
        shown=run.home.work / (SHOWN_TO_BACKFILLS if background else SHOWN),
        sources=tuple(sources),
        network=reach(run.settings.network),
        rules=tuple(rule for rule in run.settings.site_rules() if rule.single_page),
        first_day=first_day,
        last_day=last_day,
        max_minutes=max_minutes,
        background=background,
        answer=crawl_folder(run) / f"{writer}.answer.json",
    )


def crawl_folder(run: Run) -> Path:
    """Where jobs, answers and the crawler's words are kept."""
    return run.home.logs / "crawl"


def discover(run: Run, asked: Job) -> Answer:
    """Visit feeds and sitemaps, and load what they showed."""

    def step() -> Answer:
        child = Child.start(asked, crawl_folder(run), run.crawl_locks)
        try:
            child.wait(None)
        finally:
            child.stop()
        return child.answer()

    answer = run.steps.run("discover", step)
    run.load_news()
    return answer


def fetch(run: Run, asked: Job, workers: Workers, label: str) -> Answer:
    """Fetch pages, and load them in batches while the crawl goes on."""
    child = run.steps.run(f"{label} crawl", lambda: Child.start(asked, crawl_folder(run), run.crawl_locks))
    try:
        while not child.wait(POLL_SECONDS):
            if waiting(run, asked.writer) >= WORTH_LOADING:
                run.load_pending(label, workers, [asked.writer])
    finally:
        child.stop()
        run.load_news()
        run.load_pending(label, workers, [asked.writer])
    return child.answer()


def waiting(run: Run, writer: str) -> int:
    """Captures of a crawl of ours that are acknowledged and not loaded; asks the files, not the store."""
    mine = (path for path in manifests(run.home.archive) if path.name.startswith(writer))
    return sum(1 for path in mine for _ in read_lines(path, run.reached.get(path.name, 0)))
