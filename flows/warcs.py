"""Pages of some newspapers, published on some days, out of whatever others captured."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from articles.model import Article
from articles.urls import normalise, registrable_domain
from flows.groups import additions, grouped
from flows.intake import Intake
from flows.plan import Plan, SourcePlan, Window
from flows.request import Imported
from flows.run import Run
from flows.sources import known
from spiders.job import Tally
from warehouse.archive import ArchiveWriter, capture_key, stated_digest, writer_name
from warehouse.captures import Capture, instant
from warehouse.clock import now
from warehouse.imports.filters import Days, Filters
from warehouse.imports.options import Options
from warehouse.journal import Refused
from warehouse.loading import held_captures
from warehouse.outcomes import Result
from warehouse.store import opened
from warehouse.workers import Workers

OUTSIDE = "published {}, outside {} to {}"


@dataclass
class InWindow:
    """What is taken out of files: newspapers, days of publication, and the days on which these can be captured."""

    run: Run
    names: Sequence[str]
    window: Window
    reach: Window
    taken: Imported = field(default_factory=Imported)
    outside: int = 0
    """Pages that turned out to be published on other days."""

    def options(self, name: str | None = None) -> Options:
        """How files are read: for all of the newspapers, or as the pages of one."""
        configured = self.run.settings.sources
        mine = {registrable_domain(configured[name].url): known(name, configured[name]) for name in self.names}
        days = Days(self.reach.first, self.reach.last), Days(self.window.first, self.window.last)
        domains = frozenset(mine) if name is None else frozenset[str]()
        owner = known(name, configured[name]) if name else None
        return Options(owner, mine, filters=Filters(domains=domains, captured=days[0], published=days[1]))

    def leave_out(self, capture: Capture, result: Result | None) -> Refused | None:
        """Count a page that was published on another day; why it is left out."""
        published = result.published if isinstance(result, Article) else None
        if published is None:
            return None
        self.outside += 1
        detail = OUTSIDE.format(published.day, self.window.first, self.window.last)
        url, of = capture.source_uri or normalise(capture.final_url), capture.context
        return Refused(instant(now()), of.source, url, "out-of-range", detail, of.via)

    def tallies(self) -> dict[str, Tally]:
        """What was taken in, by source."""
        return {name: Tally(fetched=self.taken.by_source[name]) for name in self.names}


def day_outside(detail: str) -> date | None:
    """The day of publication in what was journaled of a page that was left out."""
    try:
        return date.fromisoformat(detail.removeprefix("published ")[: len("2026-10-01")])
    except ValueError:
        return None


def plan_files(choice: InWindow, files: Sequence[Path]) -> Plan:
    """Count the pages that the files hold for the window, and those that are held already."""
    found: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for group in grouped(choice.run, files, choice.options(), Imported(), remembered=False):
        keys = [capture_key(capture, stated_digest(capture)) for capture in group.captures]
        with opened(choice.run.home) as store:
            held = held_captures(store, {key: page.captured_at for key, page in zip(keys, group.captures, strict=True)})
            fresh = additions(zip(keys, group.captures, strict=True), held)
        found.update(capture.context.source for capture in group.captures)
        missing.update(capture.context.source for capture in fresh.values())
    parts = [
        SourcePlan(name, found[name], 0, 0, found[name] - missing[name], missing[name], 0.0) for name in choice.names
    ]
    return Plan(tuple(parts), ())


def take(
    choice: InWindow,
    files: Iterable[Path],
    workers: Workers,
    *,
    name: str | None = None,
    limit: int | None = None,
    again: bool = False,
) -> None:
    """Take in what belongs to the window, and keep why the rest does not.

    `name` says whose all the pages are: those of a folder that is gone when they have been taken in.
    """
    run, options = choice.run, choice.options(name)
    groups = grouped(run, files, options, choice.taken, again=again, remembered=name is None)
    with ArchiveWriter(run.home.archive, writer_name(now())) as writer:
        intake = Intake(run, options.filters, workers, writer, limit=limit, left_out=choice.leave_out)
        intake.take(groups, choice.taken)
    run.load_news()
    run.load_revisits("backfill", workers)
