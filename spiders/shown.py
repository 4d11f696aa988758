"""What a feed or sitemap showed on its last visits: by it a visit tells what is new.

A file a feed, written after the journal holds what was new. Should it be lost, everything is noted as found once more,
which changes nothing.
"""

import hashlib
from array import array
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xxhash import xxh3_64_intdigest

from warehouse.replace import replace_bytes

SPARE = 400
"""Marks kept beside as many as the last visit left: servers behind one name show lists of different age."""


def shown_file(folder: Path, source: str, url: str) -> Path:
    """The file of one feed of one source."""
    return folder / f"{hashlib.sha256(f'{source} {url}'.encode()).hexdigest()[:32]}.shown"


def mark_of(*parts: str | None) -> int:
    """A 64-bit mark of an address, or of an address and its dates."""
    return xxh3_64_intdigest("\n".join(part or "" for part in parts).encode("utf-8", "surrogatepass"))


def read_shown(path: Path) -> "array[int]":
    """The marks of the visits before; none where there is no file, or one cut short."""
    marks = array("Q")
    with suppress(OSError, ValueError):
        marks.frombytes(path.read_bytes())
    return marks


def shown_after(marks: Iterable[int], before: Iterable[int]) -> bytes:
    """What a visit leaves for the next: its own marks, then the latest of those before."""
    kept = dict.fromkeys(marks)
    room = 2 * len(kept) + SPARE
    for mark in before:
        if len(kept) >= room:
            break
        kept.setdefault(mark)
    return array("Q", kept).tobytes()


def write_shown(path: Path, seen: bytes) -> None:
    """Leave what a visit showed; where it cannot be written, the next visit notes everything anew."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, seen)
