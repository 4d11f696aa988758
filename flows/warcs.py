"""Backfill from files: the pages of some newspapers, published on some days, out of whatever others crawled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from articles.model import Article
from articles.urls import normalise
from flows.importing import archive, groups, held_keys, options_of, read
from flows.plan import Plan, SourcePlan, Window
from flows.request import Imported, ImportRequest
from flows.run import Run
from spiders.job import Tally
from warehouse.archive import capture_key, stated_digest, writer_name
from warehouse.captures import Capture, instant
from warehouse.clock import now
from warehouse.imports.filters import Days, Filters
from warehouse.journal import Journal, Refused
from warehouse.reading import extract_capture
from warehouse.workers import Workers

OUTSIDE = "published {}, outside {} to {}"


@dataclass
class InWindow:
    """Takes the pages published in a window, and counts and journals the others."""

    run: Run
    names: Sequence[str]
    window: Window
    reach: Window
    """The days on which pages of the window can have been captured."""
    taken: Imported = field(default_factory=Imported)
    outside: int = 0
    by_source: Counter[str] = field(default_factory=Counter)
    _refused: list[Refused] = field(default_factory=list)

    def reachable(self, files: Iterable[Path], taken: Imported, source: str | None = None) -> Iterator[Capture]:
        """The captures in files that can be pages of the window; `source` says whose all of them are."""
        options = options_of(self.run, ImportRequest(paths=(), source=source))
        theirs = {domain: known for domain, known in options.by_domain.items() if known.source in self.names}
        domains = frozenset(theirs) if source is None else frozenset[str]()
        wanted = Filters(domains=domains, captured=Days(self.reach.first, self.reach.last))
        return read(files, replace(options, by_domain=theirs, filters=wanted), taken)

    def takes(self, capture: Capture, result: object) -> bool:
        """Whether a page belongs in; what is undated does, and what is no article is none of another day."""
        published = result.published if isinstance(result, Article) else None
        if published is None or self.window.holds(published.day):
            self.by_source[capture.context.source] += 1
            return True
        self.outside += 1
        detail = OUTSIDE.format(published.day, self.window.first, self.window.last)
        url = capture.source_uri or normalise(capture.final_url)
        self._refused.append(
            Refused(instant(now()), capture.context.source, url, "out-of-range", detail, capture.context.via)
        )
        return False

    def journal_outside(self) -> None:
        """Keep what was left out, and why."""
        if not self._refused:
            return
        with Journal(self.run.home.archive, writer_name(now())) as journal:
            for refused in self._refused:
                journal.add(refused)
        self._refused.clear()

    def tallies(self) -> dict[str, Tally]:
        """What was taken in, by source."""
        return {name: Tally(fetched=self.by_source[name]) for name in self.names}


def day_outside(detail: str) -> date | None:
    """The day of publication in what was journaled of a page that was left out."""
    try:
        return date.fromisoformat(detail.removeprefix("published ")[: len("2026-10-01")])
    except ValueError:
        return None


def plan_files(choice: InWindow, files: Sequence[Path]) -> Plan:
    """Count the pages that the files hold for the window, and those that are held already."""
    found: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for group in groups(choice.reachable(files, Imported())):
        held = held_keys(choice.run, [key_of(capture) for capture in group])
        for capture in group:
            found[capture.context.source] += 1
            known[capture.context.source] += key_of(capture) in held
    parts = [SourcePlan(name, found[name], 0, 0, known[name], found[name] - known[name], 0.0) for name in choice.names]
    return Plan(tuple(parts), ())


def within(choice: InWindow, pages: Iterable[Capture], workers: Workers, limit: int | None) -> Iterator[Capture]:
    """Those of the pages that are missing and published in the window, up to a limit."""
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


def take(choice: InWindow, pages: Iterator[Capture], workers: Workers, limit: int | None = None) -> None:
    """Take in what belongs to the window, keep why the rest does not, and load both."""
    run, before = choice.run, choice.taken.archived
    archive(run, within(choice, pages, workers, limit), choice.taken)
    choice.journal_outside()
    run.load_news()
    run.progress.stage("extract, load", total=choice.taken.archived - before)
    run.load_pending("backfill", workers)


def key_of(capture: Capture) -> str:
    """The capture's identity."""
    return capture_key(capture, stated_digest(capture))
