"""One run: its load's row, the steps that every flow shares, and its report."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count, islice
from secrets import token_hex
from typing import Any

import duckdb

from articles.errors import CrawlFailed, HemerotecaError
from articles.siterules import rule_for
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.steps import Direct, Steps
from flows.version import VERSION
from warehouse.archive import segments
from warehouse.captures import Entry, read_instant
from warehouse.clock import now
from warehouse.events import load_journal
from warehouse.home import Home
from warehouse.lines import Damage
from warehouse.linking.link import Linked, link
from warehouse.loading import Counts, adds, held_entries, load_captures, marks, replace_captures
from warehouse.outcomes import Outcome, outcome, without_reading
from warehouse.pages import READ, Reading
from warehouse.pending import Batch, pending
from warehouse.publish import publish
from warehouse.recovery import settle
from warehouse.references import faults
from warehouse.replays import Again, entries_of, given_up, resolvable
from warehouse.search.index import bring_up
from warehouse.store import SCHEMA_VERSION, Stamp, opened, sql
from warehouse.workers import Workers

COMPARING = 600
"""Seconds that a task of comparing may take: most take a part of one, those of the longest texts minutes."""

RUNNING, COMPLETED, FAILED, STOPPED = "running", "completed", "failed", "stopped"


@dataclass
class Run:
    """A run of one command: where, with which settings, and what it has loaded so far."""

    home: Home
    settings: Settings
    command: str
    parameters: dict[str, Any]
    steps: Steps = field(default_factory=Direct)
    progress: Progress = field(default_factory=Silent)
    flow_run_id: str | None = None
    load_id: str = ""
    started_at: datetime = field(default_factory=now)
    counts: Counts = field(default_factory=Counts)
    warnings: list[str] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)
    """How far this run has loaded each manifest, in bytes."""
    crawl_locks: list[int] = field(default_factory=list)
    """Descriptors that its crawls hold on to, so that a rerun waits for them should this run be killed."""

    def __post_init__(self) -> None:
        self.load_id = self.load_id or f"{self.started_at:%Y%m%dT%H%M%SZ}-{token_hex(3)}"

    @property
    def stamp(self) -> Stamp:
        """What the rows of this moment carry."""
        return Stamp(self.load_id, now())

    def workers(self) -> Workers:
        """Parser processes as the settings say."""
        return Workers(self.settings.extraction.workers, self.settings.extraction.timeout)

    def load_news(self) -> None:
        """Load what the journal tells."""

        def step() -> tuple[Damage, ...]:
            with opened(self.home) as store:
                return load_journal(store, self.home.archive, self.stamp)

        self.warn_of(self.steps.run("journal", step))

    def load_pending(self, label: str, workers: Workers, writers: Iterable[str] | None = None) -> int:
        """Load the captures past the marks in batches, each a step; how many captures were read."""
        loaded = 0
        for number, batch in enumerate(self.pending(writers), start=1):
            self.warn_of(batch.damage)
            if not batch.entries:
                continue
            self.counts += self.steps.run(f"{label} {number}", lambda batch=batch: self.load(batch, workers))  # type: ignore[misc]
            loaded += len(batch.entries)
        if loaded:
            self.load_revisits(label, workers)
        return loaded

    def load_revisits(self, label: str, workers: Workers) -> None:
        """Read the revisits whose original has come."""
        with opened(self.home) as store:
            found = resolvable(store)
        self.replay(f"{label}, revisits", found, workers)

    def load_left_over(self, workers: Workers) -> None:
        """Load what an earlier run archived and did not load, and try again what the clock gave up."""
        self.progress.stage("left over from before")
        self.load_pending("left over", workers)
        with opened(self.home) as store:
            slow = given_up(store)
        self.replay("given up before", slow, workers)

    def pending(self, writers: Iterable[str] | None = None) -> Iterator[Batch]:
        """The batches that wait."""
        with opened(self.home) as store:
            reached = marks(store)
        return pending(self.home.archive, reached, self.settings.extraction.batch, writers)

    def load(self, batch: Batch, workers: Workers) -> Counts:
        """Read a batch in the workers and load it, with its mark, in one transaction."""
        with opened(self.home) as store:
            known = held_entries(store, batch.entries)
        fresh = [entry for entry in batch.entries if adds(known, entry.capture_id, has_payload=bool(entry.payload))]
        done = self.outcomes(fresh, workers)
        with opened(self.home) as store:
            counts = load_captures(store, done, batch.marks, self.stamp)
        self.reached.update(batch.marks)
        return counts

    def outcomes(self, entries: Iterable[Entry], workers: Workers) -> list[Outcome]:
        """What becomes of captures; those that may hold an article are read."""
        done: list[Outcome] = []
        readings: list[Reading] = []
        rules = self.settings.site_rules()
        for entry in entries:
            if decided := without_reading(entry):
                done.append(decided)
            else:
                rule = rule_for(rules, entry.final_url, read_instant(entry.captured_at))
                readings.append(Reading(self.home.archive, entry, rule))
        self.progress.advance(len(done))
        for reading, result in workers.map(READ, readings):
            done.append(outcome(reading.entry, result))
            self.progress.advance()
        return done

    def replay(self, label: str, wanted: Sequence[Again], workers: Workers) -> Counts:
        """Read captures anew, and put what becomes of them in the place of what had; each batch is a step."""
        attempts = {again.capture_id: again.attempts for again in wanted}
        told = entries_of(self.home.archive, wanted)
        replayed = Counts()
        for number in count(1):
            entries = [entry for _, entry in islice(told, self.settings.extraction.batch)]
            if not entries:
                break

            def step(entries: list[Entry] = entries) -> Counts:
                done = self.outcomes(entries, workers)
                with opened(self.home) as store:
                    return replace_captures(store, done, attempts, self.stamp)

            replayed += self.steps.run(f"{label} {number}", step)
        self.counts += replayed
        return replayed

    def link(self) -> None:
        """Compare what was loaded with the archive: copies and their clusters; each batch is a step."""
        self.progress.stage("compare with the archive", total=None)
        with Workers(self.settings.extraction.workers, COMPARING, COMPARING) as workers:
            for number in count(1):

                def step(number: int = number) -> Linked:
                    with opened(self.home) as store:
                        done = link(store, self.stamp, workers)
                        if done.texts:
                            store.merge_seldom(number)
                        return done

                done = self.steps.run(f"link {number}", step)
                if not done.texts:
                    break
                self.progress.advance(done.texts)

    def warn_of(self, damage: Iterable[Damage]) -> None:
        """Say what of the archive could not be read."""
        self.warnings += [f"{found}; see: hemeroteca doctor" for found in damage]

    def publish(self) -> None:
        """Swap in a new copy for the readers, then bring the search index to its state."""
        self.progress.stage("publish")
        self.steps.run("publish", lambda: publish(self.home, self.load_id, VERSION, now()))
        self.progress.stage("search index")
        self.bring_up_search()

    def bring_up_search(self) -> None:
        """Bring the search index up; where that fails it is said, and what was loaded and published stands."""
        try:
            self.steps.run("search", lambda: bring_up(self.home))
        except (HemerotecaError, OSError, duckdb.Error) as error:
            self.warnings.append(f"the search index was not brought up: {error}")


@contextmanager
def recorded(run: Run) -> Iterator[Run]:
    """Keep the run's row in `loads`, whatever becomes of it, and publish when it has succeeded.

    Where only the newspapers failed, that is published too: it is what `status` has to say.
    """
    settle(run.home.archive)
    run.warnings += faults(segments(run.home.archive))
    record(run, RUNNING)
    failure = None
    with told_when_ended(run):
        try:
            yield run
        except CrawlFailed as error:
            failure = error
        run.link()
    record(run, FAILED if failure else COMPLETED)
    run.publish()
    if failure:
        raise failure


@contextmanager
def told_when_ended(run: Run) -> Iterator[None]:
    """Have the run's row say that it failed, or was stopped, when an error ends it."""
    try:
        yield
    except BaseException as error:
        # Where even this cannot be written, the first error says why; the row stays `running`.
        with suppress(HemerotecaError, OSError):
            record(run, STOPPED if isinstance(error, KeyboardInterrupt) else FAILED)
        raise


def record(run: Run, status: str) -> None:
    """Write the run's row."""
    row = {
        "load_id": run.load_id,
        "started_at": run.started_at,
        "finished_at": None if status == RUNNING else now(),
        "status": status,
        "command": run.command,
        "parameters": json.dumps(run.parameters, ensure_ascii=False, default=str),
        "flow_run_id": run.flow_run_id,
        "code_version": VERSION,
        "schema_version": SCHEMA_VERSION,
        **asdict(run.counts),
    }
    with opened(run.home) as store, store.transaction() as connection:
        connection.execute("DELETE FROM loads WHERE load_id = ?", [run.load_id])
        connection.execute(sql("load/load_row.sql"), row)
