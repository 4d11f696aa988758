"""Backfill from files: the pages of some newspapers, published on some days, out of whatever others crawled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from articles.model import Article
from articles.urls import normalise
from flows.importing import groups, held_keys, options_of, read
from flows.plan import Plan, SourcePlan, Window
from flows.request import Imported, ImportRequest
from flows.run import Run
from spiders.job import Tally
from warehouse.archive import capture_key, stated_digest, writer_name
from warehouse.captures import Capture, instant
from warehouse.clock import now
from warehouse.journal import Journal, Refused
from warehouse.reading import extract_capture
from warehouse.workers import Workers

CAPTURE_MARGIN = timedelta(days=31)
"""A page is captured when it is published or later: captures up to this long after the window are looked through."""


@dataclass
class InWindow:
    """Takes the pages published in a window, and counts and journals the others."""

    run: Run
    names: Sequence[str]
    window: Window
    taken: Imported = field(default_factory=Imported)
    outside: int = 0
    by_source: Counter[str] = field(default_factory=Counter)
    _refused: list[Refused] = field(default_factory=list)

    def takes(self, capture: Capture, result: object) -> bool:
        """Whether a page belongs in; what is undated does, and what is no article is none of another day."""
        published = result.published if isinstance(result, Article) else None
        if published is None or self.window.holds(published.day):
            self.by_source[capture.context.source] += 1
            return True
        self.outside += 1
        detail = f"published {published.day}, outside {self.window.first} to {self.window.last}"
        url = normalise(capture.final_url)
        self._refused.append(
            Refused(instant(now()), capture.context.source, url, "out-of-range", detail, capture.context.via)
        )
        return False

    def journal_outside(self) -> None:
        """Keep what was left out, and why."""
        with Journal(self.run.home.archive, writer_name(now())) as journal:
            for refused in self._refused:
                journal.add(refused)

    def tallies(self) -> dict[str, Tally]:
        """What was taken in, by source."""
        return {name: Tally(fetched=self.by_source[name]) for name in self.names}


def captured_in_reach(capture: Capture, names: Sequence[str], window: Window) -> bool:
    """Whether a capture can be one of the sources' pages of the window."""
    day = capture.captured_at.date()
    return capture.context.source in names and window.first - timedelta(days=1) <= day <= window.last + CAPTURE_MARGIN


def reachable(
    run: Run, names: Sequence[str], files: Iterable[Path], window: Window, taken: Imported
) -> Iterator[Capture]:
    """The captures in the files that can be pages of the window."""
    options = options_of(run, ImportRequest(paths=()))
    return (capture for capture in read(files, options, taken) if captured_in_reach(capture, names, window))


def plan_files(run: Run, names: Sequence[str], files: Sequence[Path], window: Window) -> Plan:
    """Count the pages that the files hold for the window, and those that are held already."""
    found: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for group in groups(reachable(run, names, files, window, Imported())):
        held = held_keys(run, [key_of(capture) for capture in group])
        for capture in group:
            found[capture.context.source] += 1
            known[capture.context.source] += key_of(capture) in held
    parts = [SourcePlan(name, found[name], 0, 0, known[name], found[name] - known[name], 0.0) for name in names]
    return Plan(tuple(parts), ())


def within(choice: InWindow, files: Sequence[Path], workers: Workers, limit: int | None) -> Iterator[Capture]:
    """The captures of the files that are missing and published in the window, up to a limit."""
    pages = reachable(choice.run, choice.names, files, choice.window, choice.taken)
    left = limit
    for group in groups(pages):
        held = held_keys(choice.run, [key_of(capture) for capture in group])
        missing = [capture for capture in group if key_of(capture) not in held]
        for capture, result in workers.map(extract_capture, missing):
            if left == 0:
                return
            if choice.takes(capture, result):
                left = left if left is None else left - 1
                yield capture


def key_of(capture: Capture) -> str:
    """The capture's identity."""
    return capture_key(capture, stated_digest(capture))
