"""The line of an import: reading, extracting, archiving and loading overlap, so that no core waits for another's step.

This process reads the files, writes the archive and loads; the workers extract. Groups of captures are read ahead,
so that the workers have pages while this process is at the archive or in the warehouse. Only what is acknowledged is
loaded, and a file's bookmark follows it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pebble import ProcessFuture

from articles.errors import BadRecord
from articles.siterules import rule_for
from flows.groups import Group, additions
from flows.request import Imported
from flows.run import Run
from flows.sources import imported_row, in_force
from warehouse.archive import ArchiveWriter, capture_key, manifest_of, stated_digest, writer_name
from warehouse.captures import Capture, Entry, instant, read_instant
from warehouse.clock import now
from warehouse.imports.filters import Filters
from warehouse.imports.members import member_of
from warehouse.imports.options import Unreadable
from warehouse.journal import Event, InForce, Journal
from warehouse.loading import Counts, held_captures, held_payloads, load_captures
from warehouse.outcomes import Outcome, Result, holds_page, outcome, without_reading
from warehouse.pages import EXTRACTED, page_of
from warehouse.store import opened
from warehouse.workers import Workers, answered

LeftOut = Callable[[Capture, Result | None], Event | None]
"""What the journal is told of a page that the filters leave out."""

Keyed = list[tuple[str, Capture]]
"""Captures with their keys."""

TOGETHER = 3
"""Groups of which the warehouse is asked at once: to open it takes as long as to ask."""

AHEAD = 2
"""Groups with the workers while this process is at another: a second of work or more for each core."""


@dataclass(frozen=True, slots=True)
class Page:
    """A capture that the warehouse does not hold."""

    key: str
    digest: str
    capture: Capture
    future: "ProcessFuture[Result] | None"
    """What a worker reads in it; None for what holds no article whatever its bytes."""


@dataclass(slots=True)
class Begun:
    """A group whose pages are with the workers."""

    group: Group
    digests: list[str]
    pages: list[Page]


class Intake:
    """Takes groups of captures into archive and warehouse."""

    def __init__(
        self,
        run: Run,
        filters: Filters,
        workers: Workers,
        writer: ArchiveWriter,
        *,
        refers: bool = False,
        limit: int | None = None,
        left_out: LeftOut = lambda *_: None,
    ) -> None:
        """`refers` leaves records in their files; `limit` is of captures; `left_out` hears what the filters leave."""
        self._run, self._workers, self._writer = run, workers, writer
        self._refers, self._left, self._left_out = refers, limit, left_out
        self._filters = filters
        self._rules = run.settings.site_rules()
        self._journal = Journal(run.home.archive, writer_name(now()))
        self._stated = in_force(run)
        self._under_way: dict[str, bool] = {}
        """Keys of captures that are not in the warehouse yet, and whether with their payload."""
        self._digests: Counter[str] = Counter()
        """Of the groups that have begun: what the writer has to know of their payloads."""
        self._waiting: list[Outcome] = []
        self._reached: dict[str, int] = {}
        self._loads = 0

    def take(self, groups: Iterable[Group], taken: Imported) -> None:
        """Carry all groups through, some of them at a time."""
        ahead: deque[Begun] = deque()
        coming = iter(groups)
        while self._left != 0 and (some := list(islice(coming, TOGETHER))):
            ahead += self._begin(some, taken)
            while len(ahead) > AHEAD and self._left != 0:
                self._finish(ahead.popleft(), taken)
        while ahead and self._left != 0:
            self._finish(ahead.popleft(), taken)
        self._load()

    def _begin(self, groups: list[Group], taken: Imported) -> list[Begun]:
        """Hand the pages that are not held to the workers."""
        digests = [[stated_digest(capture) for capture in group.captures] for group in groups]
        self._digests.update(chain.from_iterable(digests))
        keyed = [
            [(capture_key(capture, digest), capture) for capture, digest in zip(group.captures, of_group, strict=True)]
            for group, of_group in zip(groups, digests, strict=True)
        ]
        digest_of = {
            key: digest
            for pairs, of_group in zip(keyed, digests, strict=True)
            for (key, _), digest in zip(pairs, of_group, strict=True)
        }
        begun: list[Begun] = []
        for group, of_group, fresh in zip(groups, digests, self._not_held(keyed, digest_of), strict=True):
            taken.held += len(group.captures) - len(fresh)
            pages = [Page(key, digest_of[key], page, self._submit(page)) for key, page in fresh.items()]
            begun.append(Begun(group, of_group, pages))
        return begun

    def _not_held(self, keyed: list[Keyed], digest_of: Mapping[str, str]) -> list[dict[str, Capture]]:
        """What the warehouse does not hold, by group and key, each once; the writer learns which payloads it does."""
        asked = {key: capture.captured_at for pairs in keyed for key, capture in pairs}
        if not asked:
            return [{} for _ in keyed]
        fresh: list[dict[str, Capture]] = []
        with opened(self._run.home) as store:
            held = held_captures(store, asked)
            for pairs in keyed:
                fresh.append(additions(pairs, self._under_way | held))
                self._under_way |= {key: capture.original is None for key, capture in fresh[-1].items()}
            if any(fresh):
                self._writer.hold(held_payloads(store, [*digest_of.values()]))
        return fresh

    def _submit(self, capture: Capture) -> "ProcessFuture[Result] | None":
        """Have a page extracted as it will be read from the archive."""
        if not holds_page(capture):
            return None
        fetched_at = read_instant(instant(capture.captured_at))
        rule = rule_for(self._rules, capture.final_url, fetched_at)
        return self._workers.submit(EXTRACTED, page_of(capture, capture.body, fetched_at, rule))

    def _finish(self, begun: Begun, taken: Imported) -> None:
        """Archive what is wanted of a group, acknowledge it, move the bookmarks, and load when enough waits."""
        kept: list[tuple[Page, Result | None]] = []
        whole = True
        for page in begun.pages:
            if self._left is not None and len(kept) == self._left:
                whole = False
                break
            result = answered(page, page.future, self._workers.cpu)[1] if page.future else None
            if reason := self._filters.of_article(result):
                taken.filtered[reason] += 1
                self._under_way.pop(page.key, None)  # a load may have let go of it, as another group's
                if event := self._left_out(page.capture, result):
                    self._journal.add(event)
            else:
                kept.append((page, result))
                taken.by_source[page.capture.context.source] += 1
        self._left = None if self._left is None else self._left - len(kept)
        self._state({page.capture.context.source for page, _ in kept})
        done = [(entry, result) for page, result in kept if (entry := self._archive(page, taken))]
        self._writer.commit()
        taken.archived += len(done)
        for segment in {entry.record.segment for entry, _ in done}:
            manifest = manifest_of(self._writer.folder / segment)
            self._reached[manifest.name] = manifest.stat().st_size
        for move in begun.group.afterwards if whole else ():
            move()
        self._waiting += [became(entry, result) for entry, result in done]
        self._digests.subtract(begun.digests)
        self._forget(set(begun.digests) - {waiting.entry.digest for waiting in self._waiting})
        self._run.progress.advance(len(begun.group.captures))
        if len(self._waiting) >= self._run.settings.extraction.batch:
            self._load()

    def _archive(self, page: Page, taken: Imported) -> Entry | None:
        """Keep a record as it stands where it can be used so, else write it anew; None for what no record can hold."""
        member = member_of(page.capture, refers=self._refers)
        try:
            if member is not None and self._refers:
                entry = self._writer.refer(page.capture, member, page.digest)
            else:
                entry = self._writer.add(page.capture, member, page.digest)
        except BadRecord as error:
            self._under_way.pop(page.key, None)
            taken.note(unwritable(page.capture, error))
            return None
        way = "written" if member is None else "referred" if self._refers else "copied"
        taken.records["revisit" if entry.record_type == "revisit" else way] += 1
        return entry

    def _state(self, sources: set[str]) -> None:
        """Journal the sources that came in with a file."""
        for name in sorted(sources - set(self._run.settings.sources)):
            row = imported_row(name)
            if self._stated.get(name) != tuple(row.values()):
                self._journal.add(InForce(instant(now()), name, row))
                self._stated[name] = tuple(row.values())
        self._journal.sync()

    def _forget(self, digests: Iterable[str]) -> None:
        """Let go of payloads that no group under way has."""
        done = [digest for digest in digests if self._digests[digest] <= 0]
        for digest in done:
            del self._digests[digest]
        self._writer.forget(done)

    def _load(self) -> None:
        """Load what waits, and with it how far that brings each manifest, in one transaction."""
        waiting, reached = self._waiting, self._reached

        def step() -> Counts:
            with opened(self._run.home) as store:
                store.merge_seldom(self._loads)
                return load_captures(store, waiting, reached, self._run.stamp)

        if waiting:
            self._loads += 1
            self._run.counts += self._run.steps.run(f"import {self._loads}", step)
            self._run.reached.update(reached)
            self._forget({done.entry.digest for done in waiting})
            for done in waiting:
                self._under_way.pop(done.entry.capture_id, None)
        self._waiting, self._reached = [], {}


def unwritable(capture: Capture, error: BadRecord) -> Unreadable:
    """A capture that no record can hold, which is nobody's loss but its own."""
    origin = capture.origin
    place = f"{origin.part}offset {origin.offset}" if origin else ""
    return Unreadable(origin.path if origin else Path(capture.final_url), place, "bad-record", str(error), origin)


def became(entry: Entry, result: Result | None) -> Outcome:
    """What became of an archived capture."""
    decided = without_reading(entry)
    if decided is None and result is not None:
        return outcome(entry, result)
    if decided is None:
        raise ValueError(f"nobody read {entry.final_url}")  # `holds_page` and `without_reading` would disagree
    return decided
