"""The records of a WARC or ARC file: each whole one, and where the file is damaged; it never stops before the end.

A record is whole where its block is as long as its head says and then ends: with a line break, another record or
the file. Where the length does not fit, the bytes up to the next record are looked at, and taken where a digest or
the page's own length proves them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from warehouse.imports.heads import BEGINNING, MAX_HEAD, MAX_LINE, Head, begins, read_head
from warehouse.imports.proof import contradicted, proven
from warehouse.imports.unpacked import GZIP, Unpacked

MAX_BLOCK = 17 * 1024 * 1024
"""Bytes of a block that are held: the largest page, its HTTP head, and the marks of a chunked transfer."""

BEGINNING_OF_LARGE = 65_536
"""Bytes of a larger block that are held: they say what it is."""

CANDIDATE = re.compile(rb"WARC/\d\.\d|\n(?:https?|ftp|dns|filedesc|whois|mailto):|\x1f\x8b\x08")
BREAK = re.compile(rb"\r*\n\r*\n")


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record."""

    place: str
    """Where it stands in its file, in words."""
    head: Head
    block: bytes
    """What follows the head; of a block over `MAX_BLOCK` the beginning."""
    size: int
    """Bytes of the whole block."""
    offset: int | None = None
    """The file's byte from which it can be read again; None where that is not its beginning."""
    member: int | None = None
    """Bytes of the gzip member that holds it and no other record."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a file that gives no record, and why."""

    place: str
    detail: str
    offset: int | None = None


def records(file: IO[bytes]) -> Iterator[Record | Damage]:
    """The records and the damages of a file, in its order; `file` must be seekable."""
    window = Unpacked(file)
    told = -1
    while True:
        skip_blank(window)
        start, fault = window.position, window.fault
        if window.has(start, 1):
            if not window.repacked():
                offset = window.offset()
                for found in record(window, start):
                    told = start if isinstance(found, Damage) else told
                    yield replace(found, offset=offset)
        elif fault is None:
            return
        else:
            if fault.since > told:
                yield Damage(f"offset {fault.offset}", fault.detail)
            if not window.recover():
                return


def skip_blank(window: Unpacked) -> None:
    """Pass over the line breaks between records."""
    while text := window.has(window.position, MAX_LINE):
        blank = len(text) - len(text.lstrip(b"\r\n\0 \t"))
        window.advance(window.position + blank)
        if blank < len(text):
            return


def record(window: Unpacked, start: int) -> Iterator[Record | Damage]:
    """What begins here: a record, or damage up to where the next one begins."""
    place = window.place()
    head = read_head(window.has(start, MAX_LINE)) or read_head(window.has(start, MAX_HEAD))
    if head is None:
        what = "a record's head without an end" if begins(window.has(start, MAX_LINE)) else "no record"
        pass_over(window, start + 1)
        yield Damage(place, f"{what}: {window.position - start} bytes are passed over")
    elif head.length is None:
        pass_over(window, start + head.size)
        yield Damage(place, f"{named(head)} states no length but {head.get('Content-Length')!r}")
    elif head.length > MAX_BLOCK:
        yield from large(window, head, place, start + head.size, head.length)
    else:
        yield from held(window, head, place, start + head.size, head.length)


def named(head: Head) -> str:
    """A record, in words."""
    return f"the record of {head.target[:200]}" if head.target else "a record"


def held(window: Unpacked, head: Head, place: str, body: int, length: int) -> Iterator[Record | Damage]:
    """A record whose block fits in memory."""
    end = window.reach(body + length)
    if end == body + length and ends(window, end):
        block = bytes(window.window[head.size : head.size + length])
        if window.packed or not (contradicted(head, block) or swallowed(head, block)):
            member = window.member(body - head.size, end)
            window.advance(end)
            yield Record(place, head, block, length, member=member)
            return
    start = body - head.size
    after = next_record(window, body)
    block = bytes(window.window[head.size : after - start]) if window.position == start else b""
    whole_block = proven(head, block, torn=torn_before(window, after))
    why = f": {window.fault.detail}" if window.fault and window.fault.since < after else ""
    window.advance(after)
    if whole_block is not None:
        had = len(whole_block)
        yield Damage(place, f"{named(head)} states {length} bytes; {had} stand there, prove whole and are taken")
        yield Record(place, head, whole_block, had)
    elif after == end:
        yield Damage(place, f"{named(head)} has another digest")
    elif after - body < length:
        yield Damage(place, f"{named(head)} is cut short, {body + length - after} bytes are missing{why}")
    else:
        yield Damage(place, f"{named(head)} does not end after the {length} bytes it states{why}")


def swallowed(head: Head, block: bytes) -> bool:
    """Whether a block holds another record: bytes of its own are missing, and it ends in that one by chance."""
    return BEGINNING.search(block) is not None and proven(head, block, torn=True) is None


def torn_before(window: Unpacked, position: int) -> bool:
    """Whether the bytes before a position come from a member whose checksum does not hold."""
    return window.fault is not None and not window.fault.cut and window.fault.since < position


def ends(window: Unpacked, position: int) -> bool:
    """Whether a record ends at a position: in a break, another record or the end of all."""
    after = window.has(position, MAX_LINE)
    rest = after.lstrip(b"\r\n")
    if not rest:
        return not torn_before(window, position)
    return BREAK.match(after) is not None or begins(rest) or rest.startswith(GZIP)


def next_record(window: Unpacked, position: int) -> int:
    """The position of the next record from one on, or where the bytes end."""
    looked = position - 1
    while len(text := window.has(looked, MAX_LINE)) > 1:
        for found in CANDIDATE.finditer(text):
            at = looked + found.start() + (found[0][:1] == b"\n")
            if at >= position and starts(window, at):
                return at
        looked += max(1, len(text) - len(b"\nfiledesc:"))
        if looked - window.position > 2 * MAX_BLOCK:
            window.advance(looked)
    return window.end


def starts(window: Unpacked, position: int) -> bool:
    """Whether a record begins at a position, or a gzip member of them."""
    line = window.has(position, 500)
    return begins(line if b"\n" in line[:400] else window.has(position, MAX_LINE)) or window.packed_at(position)


def pass_over(window: Unpacked, position: int) -> None:
    """Go to where the next record begins."""
    window.advance(next_record(window, position))


def large(window: Unpacked, head: Head, place: str, body: int, length: int) -> Iterator[Record | Damage]:
    """A record that is too large to hold: its beginning, and whether it is whole."""
    block = window.has(body, BEGINNING_OF_LARGE)
    if window.leap(body + length) == body + length and ends(window, body + length):
        yield Record(place, head, block, length)
        return
    reached = window.position
    if window.back(body - 1):
        pass_over(window, body)
    yield Damage(place, f"{named(head)} states {length} bytes and does not end there: {reached - body} were read")
