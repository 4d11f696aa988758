"""Ingest: visit the newspapers' feeds and sitemaps, fetch what is due, load and publish it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from articles.errors import CrawlFailed
from flows.crawl import discover, fetch, job
from flows.frontier import Candidate, candidates, due
from flows.run import Run, recorded
from flows.sources import chosen, crawl_source, locked, state_configured
from spiders.job import Answer, Feed, Source, Tally
from warehouse.clock import now
from warehouse.store import Store, opened
from warehouse.workers import Workers


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What an ingest is asked."""

    sources: tuple[str, ...] = ()
    """Slugs; none for all active ones."""
    limit: int | None = None
    """Pages to fetch at most."""
    max_minutes: float | None = None
    """Minutes of fetching at most."""


@dataclass(frozen=True, slots=True)
class Visits:
    """What became of a run's sources."""

    discovered: Answer
    fetched: Answer | None
    """None where nothing was due."""

    def tallies(self) -> dict[str, Tally]:
        """Both crawls in one tally a source."""
        second = self.fetched.tallies if self.fetched else {}
        return {name: together(first, second.get(name, Tally())) for name, first in self.discovered.tallies.items()}

    def failing(self) -> dict[str, str]:
        """Why sources gave nothing at all."""
        return {name: tally.error for name, tally in self.tallies().items() if tally.error}


def together(first: Tally, second: Tally) -> Tally:
    """The sum of two tallies."""
    return Tally(
        found=first.found + second.found,
        fetched=first.fetched + second.fetched,
        refused=first.refused + second.refused,
        failed=first.failed + second.failed,
        feeds_failed=first.feeds_failed + second.feeds_failed,
        error=first.error or second.error,
    )


def ingest(run: Run, request: IngestRequest) -> Visits:
    """Carry out an ingest; every failing source is in the answer, all failing is an error."""
    names = chosen(run.settings, request.sources)
    with locked(run, "ingest", names) as free, recorded(run), run.workers() as workers:
        state_configured(run)
        run.load_news()
        run.load_left_over(workers)
        run.progress.stage("feeds and sitemaps")
        with opened(run.home) as store:
            feeds = {name: visits_of(run, store, name) for name in free}
        visited = [crawl_source(name, run.settings, feeds=feeds[name]) for name in free]
        discovered = discover(run, job(run, "discover", visited))
        visits = Visits(discovered, fetch_due(run, request, free, workers))
        if names and len(visits.failing()) == len(free) > 0:
            raise CrawlFailed("every source failed: " + "; ".join(f"{k}: {v}" for k, v in visits.failing().items()))
    return visits


def fetch_due(run: Run, request: IngestRequest, names: Sequence[str], workers: Workers) -> Answer | None:
    """Fetch what the frontier says is due, newest first."""
    with opened(run.home) as store:
        moment = now()
        targets = [candidate for candidate in candidates(store, names) if due(candidate, moment)]
    targets = targets[: request.limit]
    if not targets:
        return None
    run.progress.stage("fetch, extract, load", total=len(targets))
    asked = job(run, "fetch", sources_of(run, targets), max_minutes=request.max_minutes)
    return fetch(run, asked, workers, "+".join(names))


def sources_of(run: Run, targets: Sequence[Candidate]) -> list[Source]:
    """The crawl's sources with the pages to fetch of each."""
    by_source: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in targets:
        by_source[candidate.source].append(candidate)
    return [
        crawl_source(name, run.settings, targets=tuple(candidate.target() for candidate in group))
        for name, group in by_source.items()
    ]


def visits_of(run: Run, store: Store, name: str) -> tuple[Feed, ...]:
    """The feeds and sitemaps of an ingest.

    Feeds are asked conditionally. Sitemaps are not: an index may stay the same while its children change.
    """
    source = run.settings.sources[name]
    held = {
        str(row[0]): row[1:] for row in store.rows("SELECT url, etag, last_modified FROM feeds WHERE source = ?", name)
    }
    feeds = [Feed(url=url, kind="feed", **conditional(held.get(url))) for url in source.feeds]
    return (*feeds, *(Feed(url=url, kind="sitemap") for url in source.sitemaps))


def conditional(state: tuple[object, ...] | None) -> dict[str, str]:
    """What a conditional request says, from the last visit's answer."""
    names = ("etag", "last_modified")
    return {name: str(value) for name, value in zip(names, state or (), strict=False) if value is not None}
