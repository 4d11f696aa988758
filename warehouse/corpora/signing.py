"""What is remembered of each document: its words' hash, its shingles, its packed text. Runs in worker processes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import zstandard

from articles.similarity import prepare
from warehouse.corpora.chunks import Chunk, Fields

ENDS = 6
"""Shingles from either end of a text's sorted sample by which texts are put beside their like."""

MILLISECONDS = 100_000_000_000
"""A number of a time from here on counts milliseconds since 1970, below it seconds."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that cannot be taken, and where it stands."""

    path: Path
    place: str
    why: str


@dataclass(slots=True)
class Signed:
    """A chunk's documents as columns."""

    path: Path
    numbers: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    keys: list[bytes | None] = field(default_factory=list)
    """Equal for texts of the same words; None where there are none."""
    published: list[datetime | None] = field(default_factory=list)
    """UTC, without a zone."""
    lengths: list[int] = field(default_factory=list)
    """Characters."""
    domains: list[str | None] = field(default_factory=list)
    lows: list[bytes] = field(default_factory=list)
    highs: list[bytes] = field(default_factory=list)
    samples: list[tuple[int, ...]] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)


class NotADocument(Exception):
    """Why a line or row is none."""


def signed(chunk: Chunk) -> Signed | Refused:
    """Read and sign a chunk's documents; the first that cannot be taken is told instead."""
    found = Signed(chunk.path)
    pack = zstandard.ZstdCompressor(level=1).compress
    unit = "line" if chunk.lines else "row"
    for number, row in zip(chunk.numbers, raw_rows(chunk), strict=True):
        try:
            ident, text, published, domain = checked(row, chunk.fields)
        except NotADocument as error:
            return Refused(chunk.path, f"{unit} {number}", str(error))
        prepared = prepare(text)
        sample = prepared.sampled
        found.numbers.append(number)
        found.ids.append(ident)
        found.keys.append(prepared.key.to_bytes(16, "big") if prepared.words.folded else None)
        found.published.append(published)
        found.lengths.append(len(text))
        found.domains.append(domain)
        found.lows.append(b"".join(value.to_bytes(8, "big") for value in sample[:ENDS]))
        found.highs.append(b"".join(value.to_bytes(8, "big") for value in sample[::-1][:ENDS]))
        found.samples.append(sample)
        found.packed.append(pack(text.encode("utf-8", "surrogatepass")) if sample else b"")
    return found


def raw_rows(chunk: Chunk) -> Iterator[Any]:
    """The rows as they were written: bytes of JSON, or values."""
    yield from chunk.lines or chunk.rows


def checked(row: Any, fields: Fields) -> tuple[str, str, datetime | None, str | None]:
    """A document's id, text, time and domain."""
    values = parsed(row, fields) if isinstance(row, bytes) else row
    ident, text, published, domain = values
    if isinstance(ident, bool) or not isinstance(ident, (str, int)) or ident == "":
        raise NotADocument(f"{fields.id!r} must be a text or a whole number, and is {shown(ident)}")
    if text is not None and not isinstance(text, str):
        raise NotADocument(f"{fields.text!r} must be a text, and is {shown(text)}")
    name = str(ident).encode("utf-8", "backslashreplace").decode("utf-8")
    where = str(domain).encode("utf-8", "backslashreplace").decode("utf-8") if domain else None
    return name, text or "", moment(published, fields.date), where


def parsed(line: bytes, fields: Fields) -> tuple[Any, Any, Any, Any]:
    """The values of a line of JSON."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotADocument(f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise NotADocument(f"no object with fields, but {shown(row)}")
    if fields.id not in row:
        raise NotADocument(f"no field {fields.id!r}; there are {', '.join(map(str, row)) or 'none'} (see --id-field)")
    # A row of `hemeroteca extract` that was rejected has no text: it is counted, and a copy of nothing.
    if fields.text not in row and "rejected" not in row:
        raise NotADocument(f"no field {fields.text!r}; there are {', '.join(map(str, row))} (see --text-field)")
    return row[fields.id], row.get(fields.text), row.get(fields.date), row.get(fields.domain)


def shown(value: Any) -> str:
    """The beginning of a value, for an error."""
    return repr(value)[:60]


def moment(value: Any, name: str) -> datetime | None:
    """A time in UTC without its zone, from what JSON and Parquet hold; one without a zone counts as UTC."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value.strip())
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            value = datetime.fromtimestamp(value / 1000 if abs(value) >= MILLISECONDS else value, UTC)
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day, tzinfo=UTC)
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    except (ValueError, OverflowError, OSError) as error:
        raise NotADocument(f"{name!r} is no time: {shown(value)}: {error}") from error
    raise NotADocument(f"{name!r} must be an ISO 8601 time, and is {shown(value)}")
