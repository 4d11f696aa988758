"""The documents of anyone's corpus, in chunks: JSON lines, plain or compressed, and Parquet."""

import glob
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from articles.errors import BadInput
from warehouse.imports.jsonl import MAX_LINE, open_lines

JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
ENDINGS = (*JSON_LINES, ".parquet")

CHUNK_ROWS = 400
"""Documents a chunk: a worker has it done in a fifth of a second."""

CHUNK_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fields:
    """What a corpus calls its fields."""

    id: str = "id"
    text: str = "text"
    date: str = "published_at"
    domain: str = "domain"

    def names(self) -> tuple[str, str, str, str]:
        """In the order of `Chunk.rows`."""
        return self.id, self.text, self.date, self.domain


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents in a row, not yet looked at."""

    path: Path
    fields: Fields
    numbers: tuple[int, ...]
    """Of each the line, or the row in a Parquet file; the first is 1."""
    lines: tuple[bytes, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """Of a Parquet file: id, text, date and domain."""


def corpus_files(patterns: Sequence[str]) -> list[Path]:
    """The files that are named, globs among them, in order."""
    found: list[Path] = []
    for pattern in patterns:
        matching = glob.glob(pattern, recursive=True)  # noqa: PTH207 - a pattern may be absolute, which Path.glob refuses
        for path in map(Path, sorted(matching) or [pattern]):
            if not path.is_file():
                raise BadInput("no such file", url=str(path))
            if not path.name.lower().endswith(ENDINGS):
                raise BadInput(f"no corpus that can be read: it would end in {', '.join(ENDINGS)}", url=str(path))
            found.append(path)
    return found


def is_parquet(path: Path) -> bool:
    """Whether a file holds Parquet, by its name."""
    return path.name.lower().endswith(".parquet")


def chunks(paths: Iterable[Path], fields: Fields) -> Iterator[Chunk]:
    """All documents of some files, in order."""
    for path in paths:
        yield from parquet_chunks(path, fields) if is_parquet(path) else line_chunks(path, fields)


def line_chunks(path: Path, fields: Fields) -> Iterator[Chunk]:
    """The lines of a file."""
    numbers: list[int] = []
    held: list[bytes] = []
    size = 0
    for number, line in numbered_lines(path):
        numbers.append(number)
        held.append(line)
        size += len(line)
        if len(held) >= CHUNK_ROWS or size >= CHUNK_BYTES:
            yield Chunk(path, fields, tuple(numbers), tuple(held))
            numbers, held, size = [], [], 0
    if held:
        yield Chunk(path, fields, tuple(numbers), tuple(held))


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not empty, with their numbers."""
    number = 0
    try:
        with open_lines(path) as lines:
            while line := lines.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE:
                    raise BadInput(f"line {number} is longer than {MAX_LINE} bytes", url=str(path))
                if line.strip():
                    yield number, line
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise BadInput(f"cannot be read after line {number}: {error}", url=str(path)) from error


def parquet_chunks(path: Path, fields: Fields) -> Iterator[Chunk]:
    """The rows of a Parquet file; columns that are not asked for are not read."""
    first = 1
    try:
        with pq.ParquetFile(path) as file:
            known = set(file.schema_arrow.names)
            for name in (fields.id, fields.text):
                if name not in known:
                    raise BadInput(f"no column {name!r}; there are {', '.join(sorted(known))}", url=str(path))
            wanted = [name for name in fields.names() if name in known]
            for batch in file.iter_batches(batch_size=CHUNK_ROWS, columns=wanted):
                columns = [
                    values(batch.column(name)) if name in wanted else [None] * len(batch) for name in fields.names()
                ]
                numbers = tuple(range(first, first + len(batch)))
                yield Chunk(path, fields, numbers, rows=tuple(zip(*columns, strict=True)))
                first += len(batch)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(f"cannot be read after row {first - 1}: {error}", url=str(path)) from error


def values(column: pa.Array) -> list[object]:
    """A column's values; of times as fine as Python's, for which nanoseconds are too fine."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    found: list[object] = column.to_pylist()
    return found
