"""Ingest: visit the newspapers' feeds and sitemaps, fetch what is due, load and publish it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from articles.errors import CrawlFailed
from flows.crawl import discover, fetch, job
from flows.frontier import Candidate, due, fair
from flows.run import Run, recorded
from flows.sources import chosen, crawl_source, locked, state_configured
from flows.visiting import answers_elsewhere, visits_of
from spiders.job import Answer, Source, Tally
from warehouse.clock import now
from warehouse.events import held_feeds
from warehouse.store import opened
from warehouse.workers import Workers

ROUND_MINUTES = 15.0
"""Of fetching, before feeds and sitemaps are looked at again: a long backlog makes nobody miss what is new."""

LOOK_MINUTES = 5.0
"""Of visiting feeds and sitemaps, before pages are fetched: a slow host holds the others up for no longer."""

ROUND_PAGES = 20_000
"""Pages of one round at most: its job is one file, and the frontier is read again after it."""


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What an ingest is asked."""

    sources: tuple[str, ...] = ()
    """Slugs; none for all active ones."""
    limit: int | None = None
    """Pages to fetch at most."""
    max_minutes: float | None = None
    """Minutes of fetching at most."""
    only_due: bool = False
    """Whether feeds and sitemaps whose next visit has not come are left alone, as schedules do."""


@dataclass(frozen=True, slots=True)
class Visits:
    """What became of a run's sources."""

    tallies: dict[str, Tally]
    """By source."""

    def failing(self) -> dict[str, str]:
        """Why sources gave nothing at all."""
        return {name: tally.error for name, tally in self.tallies.items() if tally.error}


class EverySourceFailed(CrawlFailed):
    """None of the sources of a run gave anything."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("every source failed: " + "; ".join(f"{name}: {why}" for name, why in reasons.items()))
        self.reasons = reasons

    def __reduce__(self) -> tuple[type["EverySourceFailed"], tuple[Mapping[str, str]]]:
        """How it is made anew from what was stored of it; by default that would be its message alone."""
        return type(self), (self.reasons,)


def together(first: Tally, second: Tally) -> Tally:
    """The sum of two tallies; a source that gave a page in either did not fail."""
    fetched = first.fetched + second.fetched
    return Tally(
        found=first.found + second.found,
        fetched=fetched,
        refused=first.refused + second.refused,
        failed=first.failed + second.failed,
        feeds_failed=first.feeds_failed + second.feeds_failed,
        feeds_left=first.feeds_left + second.feeds_left,
        feed_error=second.feed_error or first.feed_error,
        error=None if fetched else first.error or second.error,
    )


def ingest(run: Run, request: IngestRequest) -> Visits:
    """Carry out an ingest; every failing source is in the answer, all failing is an error."""
    names = chosen(run.settings, request.sources)
    tallies: dict[str, Tally] = {}
    with locked(run, "ingest", names) as free, recorded(run), run.workers() as workers:
        state_configured(run)
        run.load_news()
        run.load_left_over(workers)
        for answer in rounds(run, request, free, workers):
            for name, tally in answer.tallies.items():
                tallies[name] = together(tallies.get(name, Tally()), tally)
        visits = Visits(tallies)
        if names and len(visits.failing()) == len(free) > 0:
            raise EverySourceFailed(visits.failing())
    return visits


def rounds(run: Run, request: IngestRequest, names: Sequence[str], workers: Workers) -> Iterator[Answer]:
    """Look what is new and fetch what is due, in turns, until that is done or the limits are reached."""
    pages, minutes, only_due = request.limit, request.max_minutes, request.only_due
    while True:
        if answer := look(run, names, only_due=only_due):
            yield answer
        targets = due_now(run, names, pages)
        if not targets:
            return
        run.progress.stage("fetch, extract, load", total=len(targets))
        most = ROUND_MINUTES if minutes is None else min(minutes, ROUND_MINUTES)
        asked = job(run, "fetch", sources_of(run, targets), max_minutes=most)
        answer = fetch(run, asked, workers, "+".join(names))
        yield answer
        pages = None if pages is None else pages - len(targets)
        minutes = None if minutes is None else minutes - answer.seconds / 60
        spent = pages == 0 or (minutes is not None and minutes <= 0)
        # Where none of the hosts may be asked now, the same pages would be due again at once.
        nobody_asked = not any(t.fetched + t.failed + t.refused for t in answer.tallies.values())
        if spent or nobody_asked or (answer.finished != "max_minutes" and len(targets) < ROUND_PAGES):
            return
        only_due = True


def look(run: Run, names: Sequence[str], *, only_due: bool) -> Answer | None:
    """Visit feeds and sitemaps; None where none is due."""
    run.progress.stage("feeds and sitemaps")
    with opened(run.home) as store:
        held = held_feeds(store, names)
    visits = [visits_of(run.settings, name, held, now(), only_due=only_due) for name in names]
    if only_due and not any(source.feeds for source in visits):
        return None
    answer = discover(run, job(run, "discover", visits, max_minutes=LOOK_MINUTES))
    for name, tally in answer.tallies.items():
        told = f"{name}: a look had no time for all feeds and sitemaps; what has waited longest comes first in the next"
        if answer.finished == "max_minutes" and tally.feeds_left and told not in run.warnings:
            run.warnings.append(told)
    # A dead feed comes up alone, when those that answer are not due: its newspaper has not failed.
    well = {source.source for source in visits if answers_elsewhere(run.settings, source, held)}
    tallies = {
        name: tally.model_copy(update={"error": None}) if name in well else tally
        for name, tally in answer.tallies.items()
    }
    return answer.model_copy(update={"tallies": tallies})


def due_now(run: Run, names: Sequence[str], pages: int | None) -> list[Candidate]:
    """What the frontier says is due, for one round, hosts in turns."""
    with opened(run.home) as store:
        urgent = due(store, names, now())
    return list(islice(fair(urgent), ROUND_PAGES if pages is None else min(pages, ROUND_PAGES)))


def sources_of(run: Run, targets: Sequence[Candidate]) -> list[Source]:
    """The crawl's sources with the pages to fetch of each."""
    by_source: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in targets:
        by_source[candidate.source].append(candidate)
    return [
        crawl_source(name, run.settings, targets=tuple(candidate.target() for candidate in group))
        for name, group in by_source.items()
    ]
