"""Sealed lines: JSON, one object a line, each with a checksum of itself as its last key.

A line counts when its seal fits. So a torn tail is told from a whole line, one flipped bit is noticed and named,
and it costs no line beside the one it hit, not even where it hit the line feed between two of them.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

import xxhash

SEAL = b',"seal":"%s"}'
SEAL_BYTES = len(SEAL % (b"0" * 16))
WHOLE = re.compile(rb'\{".*?,"seal":"[0-9a-f]{16}"\}')
"""What looks like a whole line: two of them where a line feed was damaged."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that counts."""

    end: int
    """The byte after it, its line feed included."""
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are not what was written."""

    path: Path
    offset: int
    detail: str

    def __str__(self) -> str:
        return f"{self.path}, offset {self.offset}: {self.detail}"


def row_of(record: Any) -> dict[str, Any]:
    """A dataclass with slots as a row; nothing in it is copied, which is most of what `asdict` does."""
    values = ((name, getattr(record, name)) for name in record.__slots__)
    return {name: row_of(value) if is_dataclass(value) else value for name, value in values}


def sealed(row: Mapping[str, Any]) -> bytes:
    """A row as a line with its seal."""
    # A lone surrogate is no character: it becomes a question mark rather than an error that loses the line.
    body = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")[:-1]
    return body + SEAL % xxhash.xxh3_64_hexdigest(body).encode() + b"\n"


def unsealed(raw: bytes) -> Mapping[str, Any] | None:
    """The row of a line whose seal fits, None for any other."""
    body, seal = raw[:-SEAL_BYTES], raw[-SEAL_BYTES:]
    if seal != SEAL % xxhash.xxh3_64_hexdigest(body).encode():
        return None
    row: dict[str, Any] = json.loads(body + b"}")
    return row


def append(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add lines to a file of ours, and have them on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left = memoryview(b"".join(map(sealed, rows)))
    with path.open("ab", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # so that nobody takes a line half written for a torn one
        size = os.fstat(file.fileno()).st_size
        try:
            while left:  # a disk that fills up takes a part, and calls that no error
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise


def read_lines(path: Path, start: int = 0) -> Iterator[Line | Damage]:
    """The lines of a file from a byte on, and what is damaged between them.

    What follows the last line feed is still being written, or was torn by a crash: of it count only lines that are
    whole, which lack nothing but an undamaged line feed.
    """
    with path.open("rb") as file:
        file.seek(start)
        for raw in file:
            begin, start = start, start + len(raw)
            text = raw.rstrip(b"\n")
            if (row := unsealed(text)) is not None:
                yield Line(start, row)
                continue
            whole = raw.endswith(b"\n")
            if whole and text:
                yield Damage(path, begin, "a line is not what was written")
            for end, row in pieces(text):
                yield Line(start if whole else begin + end, row)


def pieces(raw: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The whole lines within a damaged one: where each ends, and its row."""
    for found in WHOLE.finditer(raw):
        row = unsealed(found[0])
        if row is not None:
            yield found.end(), row


def sound_end(path: Path) -> int:
    """The byte after the last line that counts: what follows was never acknowledged."""
    size = path.stat().st_size
    with path.open("rb") as file:
        tail, at = b"", size
        while at > 0 and b"\n" not in tail:
            step = min(at, 1 << 16)
            at -= step
            file.seek(at)
            tail = file.read(step) + tail
    last = tail.rpartition(b"\n")[2]
    return size - len(last) + max((end for end, _ in pieces(last)), default=0)
