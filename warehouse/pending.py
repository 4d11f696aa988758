"""What the archive and its journal hold that the warehouse has not loaded yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive import manifests
from warehouse.captures import Entry
from warehouse.journal import Event, from_line, whole_lines


@dataclass(frozen=True, slots=True)
class Batch:
    """Captures to load in one transaction, and how far that brings each manifest."""

    entries: tuple[Entry, ...]
    marks: Mapping[str, int]
    """Bytes by manifest file name."""


def pending(
    archive: Path, marks: Mapping[str, int], size: int, writers: Iterable[str] | None = None
) -> Iterator[Batch]:
    """The captures past the marks in batches of up to `size`; of `writers` only, where these are named."""
    entries: list[Entry] = []
    reached: dict[str, int] = {}
    for path in manifests(archive):
        if writers is not None and not path.name.startswith(tuple(writers)):
            continue
        if path.stat().st_size <= marks.get(path.name, 0):
            continue
        for end, line in whole_lines(path, marks.get(path.name, 0)):
            entries.append(Entry.from_json(line))
            reached[path.name] = end
            if len(entries) == size:
                yield Batch(tuple(entries), reached)
                entries, reached = [], {}
    if entries:
        yield Batch(tuple(entries), reached)


@dataclass(frozen=True, slots=True)
class Events:
    """Journal events to load in one transaction, and how far that brings each file."""

    events: tuple[Event, ...]
    marks: Mapping[str, int]


def pending_events(archive: Path, marks: Mapping[str, int]) -> Events:
    """The journal's events past the marks, oldest writer first."""
    events: list[Event] = []
    reached: dict[str, int] = {}
    for path in sorted((archive / "journal").glob("*.jsonl")):
        if path.stat().st_size <= marks.get(path.name, 0):
            continue
        for end, line in whole_lines(path, marks.get(path.name, 0)):
            event = from_line(line)
            if event is not None:
                events.append(event)
            reached[path.name] = end
    return Events(tuple(events), reached)
