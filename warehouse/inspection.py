"""Looks through the whole archive for what is not as it was written. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.errors import Damaged
from warehouse.archive import checksum, manifest_of, manifests, segment_of, segments
from warehouse.captures import Entry, Place
from warehouse.imports.bookmarks import bookmarks
from warehouse.journal import journal_files
from warehouse.lines import Damage, Line, read_lines, sound_end
from warehouse.records import GZIP_HEAD, parse_member, payload_digest
from warehouse.recovery import closed
from warehouse.references import fault_of as reference_fault
from warehouse.references import read_reference, refer_to, reference_of


@dataclass(slots=True)
class Inspected:
    """What was looked at."""

    records: int = 0
    events: int = 0
    bytes: int = 0


def inspect_archive(root: Path, seen: Inspected) -> Iterator[Damage]:
    """Every damage in segments, manifests and journals."""
    for path in manifests(root):
        yield from inspect_segment(path, seen)
    for path in sorted(segments(root).glob("*.warc.gz")):
        if closed(path) and not manifest_of(path).exists():
            yield Damage(path, 0, "its manifest is missing")
    for path in (*journal_files(root), *sorted(bookmarks(root).glob("*.jsonl"))):
        yield from inspect_lines(path, seen)


def inspect_lines(path: Path, seen: Inspected) -> Iterator[Damage]:
    """Every damaged line of a journal."""
    for line in read_lines(path):
        if isinstance(line, Damage):
            yield line
        else:
            seen.events += 1
    yield from torn(path)


def torn(path: Path) -> Iterator[Damage]:
    """What follows the last line that counts."""
    end = sound_end(path)
    if end < path.stat().st_size:
        yield Damage(path, end, "the last line is cut short: what a writer that died had not acknowledged, or damage")


def inspect_segment(manifest: Path, seen: Inspected) -> Iterator[Damage]:
    """Every damage in a segment and its manifest."""
    entries: list[Entry] = []
    damaged_lines = False
    for line in read_lines(manifest):
        if isinstance(line, Line):
            entries.append(Entry.from_row(line.row))
        else:
            damaged_lines = True
            yield line
    if closed(manifest):
        yield from torn(manifest)
    segment = segment_of(manifest)
    reference = reference_of(manifest.parent, segment.name)
    if not segment.exists() and reference.exists():
        yield from inspect_reference(reference, entries, seen)
        return
    if not segment.exists():
        yield Damage(segment, 0, f"the segment is missing, and with it {len(entries)} captures")
        return
    yield from inspect_records(segment, entries, seen, told_of_all=not damaged_lines and closed(segment))


def inspect_reference(at: Path, entries: list[Entry], seen: Inspected) -> Iterator[Damage]:
    """Whether a file that is referred to is there and unchanged, and every record of it that is not."""
    fault = reference_fault(at)
    if fault:
        yield Damage(at, 0, f"{fault}; {len(entries)} captures stand in it")
    try:
        said = read_reference(at)
        now = refer_to(Path(said.path))
    except (Damaged, OSError):
        return
    if not fault and now.checksum != said.checksum:
        yield Damage(Path(said.path), 0, "the file is not what it was when it was imported by reference")
    yield from inspect_records(Path(said.path), entries, seen, told_of_all=False, ours=False)


def inspect_records(
    segment: Path, entries: list[Entry], seen: Inspected, *, told_of_all: bool, ours: bool = True
) -> Iterator[Damage]:
    """Every damaged record of a segment, and bytes that no record accounts for."""
    size = segment.stat().st_size
    end = None
    with segment.open("rb") as file:
        for entry in sorted(entries, key=lambda entry: entry.record.offset):
            place = entry.record
            if end is None and ours:
                yield from inspect_info(segment, file.read(place.offset))
            elif end is not None and told_of_all and place.offset != end:
                yield Damage(segment, end, f"{place.offset - end} bytes that the manifest tells nothing of")
            file.seek(place.offset)
            raw = file.read(place.length)
            if reason := fault_of(entry, raw):
                yield Damage(segment, place.offset, f"{reason}; it is the capture of {entry.final_url}")
            seen.records += 1
            seen.bytes += len(raw)
            end = place.offset + place.length
    if told_of_all and end is not None and size > end:
        yield Damage(segment, end, f"{size - end} bytes that the manifest tells nothing of")


def inspect_info(segment: Path, raw: bytes) -> Iterator[Damage]:
    """The record that a segment begins with, of which no manifest tells."""
    try:
        parse_member(raw, Place(segment.name, 0, len(raw)))
    except Damaged as error:
        yield Damage(segment, 0, str(error))
        return
    if not raw.startswith(GZIP_HEAD):
        yield Damage(segment, 0, "the head of the first record is not what was written")


def fault_of(entry: Entry, raw: bytes) -> str | None:
    """What is wrong with a record, None for a sound one."""
    if len(raw) < entry.record.length:
        return f"the record is cut short: {len(raw)} of {entry.record.length} bytes"
    if checksum(raw) != entry.checksum:
        return "the record is not what was written"
    try:
        body = parse_member(raw, entry.record)
    except Damaged as error:
        return str(error)
    if entry.record_type != "revisit" and payload_digest(body) != entry.digest:
        return "the payload is not what its digest says"
    return None
