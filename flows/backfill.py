"""Backfill: a range of publication days, from wherever pages of the past are; the plan first, then what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.errors import BadInput
from flows.ccnews import from_ccnews
from flows.crawl import discover, fetch, job
from flows.frontier import Candidate, found
from flows.ingest import ROUND_MINUTES, ROUND_PAGES, sources_of, together
from flows.plan import BackfillRequest, Plan, Window, in_order, plan_source
from flows.run import Run, recorded
from flows.sources import chosen, crawl_source, locked, state_configured
from flows.warcs import InWindow, plan_files, take
from flows.wayback import from_wayback
from spiders.job import Feed, Source, Tally
from warehouse.imports.files import files_in
from warehouse.imports.options import Unreadable
from warehouse.store import opened
from warehouse.workers import Workers


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What became of a backfill."""

    plan: Plan
    tallies: dict[str, Tally]
    """By source; empty for a dry run, and where nothing was missing."""
    outside: int = 0
    """Pages that turned out to be published on other days."""
    unreadable: tuple[Unreadable, ...] = ()
    """What of the files could not be read; the first of it."""


def backfill(run: Run, request: BackfillRequest) -> Backfilled:
    """Carry out a backfill, or only plan it."""
    window = request.window()
    names = chosen(run.settings, request.sources)
    if not request.sources:
        raise BadInput("name the sources to backfill")
    if request.via == "warc" and not request.files:
        raise BadInput("a backfill from WARC files needs their paths: --files")
    with locked(run, "backfill", names) as free, recorded(run), run.workers() as workers:
        state_configured(run)
        run.load_news()
        run.load_left_over(workers)
        if request.via == "sitemap":
            return from_sitemaps(run, request, free, window, workers)
        choice = InWindow(run, free, window, request.reach())
        match request.via:
            case "warc":
                drawn = from_files(choice, request, list(files_in(request.files)), workers)
            case "wayback":
                drawn = from_wayback(choice, request, workers)
            case "ccnews":
                drawn = from_ccnews(choice, request, workers)
        tallies = {} if request.dry_run else choice.tallies()
        return Backfilled(drawn, tallies, choice.outside, tuple(choice.taken.unreadable))


def from_sitemaps(run: Run, request: BackfillRequest, names: list[str], window: Window, workers: Workers) -> Backfilled:
    """Read the sitemaps, plan, and fetch what is missing."""
    run.progress.stage("sitemaps")
    visited = [crawl_source(name, run.settings, feeds=sitemaps_of(run, name)) for name in names]
    asked = job(run, "discover", visited, first_day=str(window.first), last_day=str(window.last), background=True)
    answer = discover(run, asked)
    run.warnings += gaps(visited, answer.tallies)
    drawn = plan_sitemaps(run, request, names)
    if request.dry_run or not drawn.targets:
        return Backfilled(drawn, answer.tallies)
    run.progress.stage("fetch, extract, load", total=len(drawn.targets))
    return Backfilled(drawn, fetch_in_rounds(run, drawn.targets, request.max_minutes, workers))


def gaps(visited: Sequence[Source], tallies: Mapping[str, Tally]) -> list[str]:
    """What a plan lacks, because there are no sitemaps or they could not be read."""
    found = []
    for source in visited:
        tally = tallies.get(source.source, Tally())
        if not source.feeds:
            found.append(
                f"{source.source} has no sitemaps in its settings: add `archive_sitemaps`, or look elsewhere (--via)"
            )
        if tally.feeds_failed:
            found.append(
                f"{source.source}: {tally.feeds_failed} sitemaps could not be read, the last: {tally.feed_error}. "
                "What they show is missing from the plan: run the backfill again"
            )
        if tally.feeds_left:
            found.append(
                f"{source.source}: {tally.feeds_left} sitemaps were not asked, its host wants to be left alone. "
                "What they show is missing from the plan: run the backfill again later"
            )
    return found


def fetch_in_rounds(
    run: Run, targets: Sequence[Candidate], minutes: float | None, workers: Workers
) -> dict[str, Tally]:
    """Fetch pages, and look between rounds which of them others have fetched meanwhile."""
    tallies: dict[str, Tally] = {}
    while targets:
        most = ROUND_MINUTES if minutes is None else min(minutes, ROUND_MINUTES)
        now_asked = targets[:ROUND_PAGES]
        asked = job(run, "fetch", sources_of(run, now_asked), max_minutes=most, background=True)
        answer = fetch(run, asked, workers, "backfill")
        for name, tally in answer.tallies.items():
            tallies[name] = together(tallies.get(name, Tally()), tally)
        minutes = None if minutes is None else minutes - answer.seconds / 60
        if (minutes is not None and minutes <= 0) or (answer.finished != "max_minutes" and now_asked == targets):
            break
        left = untouched(run, targets)
        if len(left) == len(targets) or answer.finished == "stopped":
            break  # nobody answers for now
        targets = left
    return tallies


def untouched(run: Run, targets: Sequence[Candidate]) -> list[Candidate]:
    """Those of the pages whose last capture is still the one that the plan knew."""
    with opened(run.home) as store:
        held = {candidate.url: candidate.captured_at for candidate in found(store, {t.source for t in targets})}
    return [target for target in targets if held.get(target.url) == target.captured_at]


def sitemaps_of(run: Run, name: str) -> tuple[Feed, ...]:
    """Every sitemap of a source, those of past months included."""
    source = run.settings.sources[name]
    return tuple(Feed(url=url, kind="sitemap") for url in (*source.archive_sitemaps, *source.sitemaps))


def plan_sitemaps(run: Run, request: BackfillRequest, names: list[str]) -> Plan:
    """What the sitemaps show for the window, less what is held."""
    with opened(run.home) as store:
        known = found(store, names)
    parts = []
    for name in names:
        source = run.settings.sources[name]
        delay = source.delay if source.delay is not None else run.settings.network.delay
        part, missing = plan_source(known, name, request, source.zone, delay)
        parts.append((part, missing))
        if part.changed_later:
            run.warnings.append(
                f"{name}: {part.changed_later} pages tell no day of publication, and were changed after "
                f"{request.changes().last}: left out; --capture-margin DAYS takes in those of so many days more"
            )
    targets = [candidate for _, missing in parts for candidate in missing]
    return Plan(tuple(part for part, _ in parts), in_order(targets, request.order, request.limit))


def from_files(choice: InWindow, request: BackfillRequest, files: list[Path], workers: Workers) -> Plan:
    """Look through WARC files for pages of the sources and take in those published in the window."""
    run = choice.run
    run.progress.stage("look through the files")
    drawn = plan_files(choice, files)
    if not request.dry_run:
        run.progress.stage("read, extract, archive, load", total=sum(part.to_fetch for part in drawn.sources))
        take(choice, files, workers, limit=request.limit, again=request.refetch == "all")
    return drawn
