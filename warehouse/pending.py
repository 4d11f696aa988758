"""What the archive and its journal hold that the warehouse has not loaded yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive import manifests
from warehouse.captures import Entry
from warehouse.journal import Event, from_row, journal_files
from warehouse.lines import Damage, read_lines


@dataclass(frozen=True, slots=True)
class Batch:
    """Captures to load in one transaction, and how far that brings each manifest."""

    entries: tuple[Entry, ...]
    marks: Mapping[str, int]
    """Bytes by manifest file name."""
    damage: tuple[Damage, ...] = ()
    """Lines passed over on the way."""


def pending(
    archive: Path, marks: Mapping[str, int], size: int, writers: Iterable[str] | None = None
) -> Iterator[Batch]:
    """The captures past the marks in batches of up to `size`; of `writers` only, where these are named."""
    entries: list[Entry] = []
    damage: list[Damage] = []
    reached: dict[str, int] = {}
    for path in manifests(archive):
        if writers is not None and not path.name.startswith(tuple(writers)):
            continue
        if path.stat().st_size <= marks.get(path.name, 0):
            continue
        for line in read_lines(path, marks.get(path.name, 0)):
            if isinstance(line, Damage):
                damage.append(line)
                continue
            entries.append(Entry.from_row(line.row))
            reached[path.name] = line.end
            if len(entries) == size:
                yield Batch(tuple(entries), reached, tuple(damage))
                entries, reached, damage = [], {}, []
    if entries or damage:
        yield Batch(tuple(entries), reached, tuple(damage))


@dataclass(frozen=True, slots=True)
class Events:
    """Journal events to load in one transaction, and how far that brings each file."""

    events: tuple[Event, ...]
    marks: Mapping[str, int]
    damage: tuple[Damage, ...] = ()


EVENTS = 10_000
"""Events of the journal that are loaded together: a long sitemap shows ten times as many."""


def pending_events(archive: Path, marks: Mapping[str, int], size: int = EVENTS) -> Iterator[Events]:
    """The journal's events past the marks in batches of up to `size`, oldest writer first."""
    events: list[Event] = []
    damage: list[Damage] = []
    reached: dict[str, int] = {}
    for path in journal_files(archive):
        if path.stat().st_size <= marks.get(path.name, 0):
            continue
        for line in read_lines(path, marks.get(path.name, 0)):
            if isinstance(line, Damage):
                damage.append(line)
                continue
            event = from_row(line.row)
            if event is not None:
                events.append(event)
            reached[path.name] = line.end
            if len(events) == size:
                yield Events(tuple(events), reached, tuple(damage))
                events, reached, damage = [], {}, []
    if reached or damage:
        yield Events(tuple(events), reached, tuple(damage))
