"""Rows of Arrow tables to files: Parquet, JSON lines, CSV. Equal rows give equal bytes, however they were batched."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.corpora.kept import packed
from warehouse.exports.cells import line

Write = Callable[[pa.Table], None]

ROW_GROUP = 5_000
"""Rows a group: 20 MB of usual articles, which is what a writer holds."""

UTF8_BOM = "\ufeff"
"""Without it a spreadsheet reads UTF-8 as the code page of its machine."""


@contextmanager
def parquet_file(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Write Parquet, packed with ZSTD."""
    held: pa.Table = schema.empty_table()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(table: pa.Table) -> None:
            nonlocal held
            held = pa.concat_tables([held, table])
            while held.num_rows >= ROW_GROUP:
                # Pages end where chunks do: in one chunk a group is the same, whatever batches it came in.
                writer.write_table(held.slice(0, ROW_GROUP).combine_chunks())
                held = held.slice(ROW_GROUP)

        yield write
        if held.num_rows:
            writer.write_table(held.combine_chunks())


@contextmanager
def lines_file(path: Path) -> Iterator[Write]:
    """Write JSON lines, packed as the name's ending says."""
    with packed(path, path.suffix) as file, io.TextIOWrapper(file, "utf-8", "backslashreplace", newline="\n") as lines:

        def write(table: pa.Table) -> None:
            for row in table.to_pylist():
                lines.write(json.dumps(row, ensure_ascii=False, default=iso) + "\n")

        yield write


def iso(value: date) -> str:
    """A day, or an instant in UTC, in ISO 8601."""
    return value.isoformat()


@contextmanager
def cells_file(path: Path, columns: Sequence[str]) -> Iterator[Write]:
    """Write CSV for spreadsheets."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(UTF8_BOM + line(columns))

        def write(table: pa.Table) -> None:
            file.writelines(map(line, rows_of(table)))

        yield write


def rows_of(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as values."""
    return zip(*(column.to_pylist() for column in table.columns), strict=True)
