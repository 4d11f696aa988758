"""Backfill from a web archive: ask its index, plan, fetch pages as they were, and take in those of the window.

Pages come into a folder of their own first: on which day an article was published is known when it has been read. A
run that is killed leaves them there, and the next one of that newspaper takes them in.
"""

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from articles.errors import BadInput, CrawlFailed, NotServed
from articles.urls import registrable_domain
from flows.crawl import crawl_folder, job
from flows.fetching import answered
from flows.frontier import Candidate
from flows.plan import BackfillRequest, Plan, SourcePlan, in_order, plan_source
from flows.run import Run
from flows.sources import crawl_source
from flows.warcs import InWindow, day_outside, take
from spiders.cdx import LIMIT, Indexed, IndexPage, address, distinct, question, read_index
from spiders.child import Child
from warehouse.archive import segments, writer_name
from warehouse.captures import instant
from warehouse.clock import now
from warehouse.journal import Failed, Journal, Refused
from warehouse.pending import pending_events
from warehouse.store import opened, sql
from warehouse.workers import CPU_SECONDS, Workers, lost

GROUP = 100
"""Pages fetched before they are taken in."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a capture in a web archive."""

    captured_at: datetime | None
    outcome: str
    reason: str | None
    detail: str | None
    next_try_at: datetime | None


def from_wayback(choice: InWindow, request: BackfillRequest, workers: Workers) -> Plan:
    """Carry out the backfill of all its newspapers, or only plan it."""
    run = choice.run
    for name in choice.names:
        take_in(choice, name, workers)
    run.progress.stage("the web archive's index")
    parts = list(plans(choice, request, workers))
    targets = [candidate for _, missing in parts for candidate in missing]
    drawn = Plan(tuple(part for part, _ in parts), in_order(targets, request.order, request.limit))
    if request.dry_run:
        return drawn
    run.progress.stage("fetch, extract, load", total=len(drawn.targets))
    ends = None if request.max_minutes is None else time.monotonic() + 60 * request.max_minutes
    for name in choice.names:
        mine = [candidate for candidate in drawn.targets if candidate.source == name]
        for begin in range(0, len(mine), GROUP):
            minutes = None if ends is None else (ends - time.monotonic()) / 60
            if minutes is not None and minutes <= 0:
                return drawn
            fetch(run, name, mine[begin : begin + GROUP], minutes)
            take_in(choice, name, workers)
    return drawn


def plans(choice: InWindow, request: BackfillRequest, workers: Workers) -> Iterator[tuple[SourcePlan, list[Candidate]]]:
    """The plan of each newspaper; one that the archive does not give holds up no other.

    An archive that does not answer at all is not asked for the others.
    """
    failed: dict[str, NotServed | BadInput] = {}
    for name in choice.names:
        try:
            yield planned(choice, request, name, workers)
        except (NotServed, BadInput) as error:
            failed[name] = error
    if len(failed) == len(choice.names) == 1:
        raise failed[choice.names[0]]
    told = [f"{name}: {error}" for name, error in failed.items()]
    if len(failed) == len(choice.names):
        raise CrawlFailed("; ".join(told))
    choice.run.warnings += told


def planned(
    choice: InWindow, request: BackfillRequest, name: str, workers: Workers
) -> tuple[SourcePlan, list[Candidate]]:
    """The plan of one newspaper, and the captures to fetch."""
    run = choice.run
    source, archive = run.settings.sources[name], run.settings.wayback
    domain = registrable_domain(source.url)
    listed = list(captures_between(run, domain, choice.reach.first, choice.reach.last, workers))
    asked = {address(archive.replay, found.timestamp, found.original): found for found in distinct(listed, domain)}
    known = known_of(run, asked)
    candidates = [candidate(name, place, found, known.get(place)) for place, found in asked.items()]
    return plan_source(candidates, name, request, source.zone, archive.delay)


def captures_between(run: Run, domain: str, first: date, last: date, workers: Workers) -> Iterator[Indexed]:
    """What the index has of a domain from day to day; asked in halves where an answer may have been cut off."""
    resume: str | None = None
    while True:
        page = ask(run, question(run.settings.wayback.index, domain, first, last, resume), workers)
        if page.damaged:
            run.warnings.append(f"{page.damaged} rows of the web archive's index for {domain} could not be read")
        if resume is None and page.resume is None and page.rows >= LIMIT and first < last:
            middle = first + (last - first) // 2
            yield from captures_between(run, domain, first, middle, workers)
            yield from captures_between(run, domain, middle + timedelta(days=1), last, workers)
            return
        yield from page.captures
        if page.resume is None or page.resume == resume:  # a server that repeats itself has no more to say
            break
        resume = page.resume
    if page.rows >= LIMIT:
        run.warnings.append(f"the web archive's index may have more than {LIMIT} captures of {domain} on {last}")


def ask(run: Run, url: str, workers: Workers) -> IndexPage:
    """One answer of the index."""
    network = run.settings.network.model_copy(update={"delay": run.settings.wayback.delay})
    what = "the web archive's index"
    found = run.steps.run(what, lambda: answered(url, what, network, run.home))
    if found.entry.status == HTTPStatus.FORBIDDEN:
        raise NotServed("the web archive does not give this site (403): it may have been asked not to", url=url)
    if found.entry.status != HTTPStatus.OK:
        raise CrawlFailed(f"the web archive's index answered {found.entry.status}; try again later", url=url)
    try:
        return workers.submit(read_index, found.body).result()
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(
            f"the web archive's index broke its reader: {lost(error, CPU_SECONDS).detail}", url=url
        ) from error


def known_of(run: Run, asked: Mapping[str, Indexed]) -> dict[str, Known]:
    """What earlier runs know of captures, by the address in the archive."""
    with opened(run.home) as store:
        rows = store.rows(
            sql("replayed.sql"),
            addresses=list(asked),
            urls=[found.url for found in asked.values()],
            instants=[instant(found.captured_at) for found in asked.values()],
        )
    return {str(row[0]): Known(*row[1:]) for row in rows}  # type: ignore[arg-type]


def candidate(source: str, place: str, found: Indexed, known: Known | None) -> Candidate:
    """A capture as backfills plan them: one that was left out is dated, one that may be given yet is missing."""
    day = day_outside(known.detail or "") if known and known.reason == "out-of-range" else None
    missing = known is None or day is not None or known.next_try_at is not None
    return Candidate(
        source=source,
        url=place,
        via=found.url,
        published_raw=str(day) if day else None,
        modified_raw=None,
        modified_at=found.captured_at,
        captured_at=None if missing or known is None else known.captured_at,
        outcome=known.outcome if known else None,
        digest=None,
        segment=None,
        offset=None,
        length=None,
        reason=known.reason if known else None,
        why="backfill",
    )


def fetch(run: Run, name: str, group: Sequence[Candidate], minutes: float | None) -> None:
    """Fetch captures into the newspaper's folder."""
    folder = folder_of(run, name)
    targets = tuple(each.target().model_copy(update={"replayed": True}) for each in group)
    source = crawl_source(name, run.settings, targets=targets)
    source = source.model_copy(update={"delay": run.settings.wayback.delay})
    asked = job(run, "fetch", [source], max_minutes=minutes, background=True)
    asked = asked.model_copy(update={"archive": folder, "rules": ()})

    def step() -> None:
        child = Child.start(asked, crawl_folder(run), run.crawl_locks)
        try:
            child.wait()
        finally:
            child.stop()
        child.answer()

    run.steps.run(f"{name} from the web archive", step)


def take_in(choice: InWindow, name: str, workers: Workers) -> None:
    """Take in what lies in a newspaper's folder, and empty it."""
    folder = folder_of(choice.run, name)
    if not folder.exists():
        return
    with Journal(choice.run.home.archive, writer_name(now())) as journal:
        for news in pending_events(folder, {}):
            for event in news.events:
                if isinstance(event, Failed | Refused):
                    journal.add(event)
    files = sorted(segments(folder).glob("*.warc.gz"))
    take(choice, files, workers, name=name)
    shutil.rmtree(folder)


def folder_of(run: Run, name: str) -> Path:
    """Where a newspaper's pages are until they are read."""
    return run.home.work / "replayed" / name
