"""The rows of an export in their order, file by file, in Arrow batches.

The texts are read once, in the order in which they lie, into passes of so much each; a pass is then sorted in memory.
DuckDB's own sort of rows with texts runs out of 512 MB at 40,000 of them, though it should spill; and to ask it for a
pass at a time reads all texts for each, 5 s of a million.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.exports.layout import Part
from warehouse.exports.question import Question
from warehouse.exports.selection import run
from warehouse.store import sql

PASS = 50_000_000
"""Characters of text that are sorted at a time; they stand in memory twice."""

SCANNED = 8_192
"""Rows that are read and parted at a time."""

BATCH = 2_048
"""Rows that are handed on at a time."""

PLACE = ("part", "pass", "position")
"""Columns of a row that say where it goes."""

PACKED = pa.ipc.IpcWriteOptions(compression="lz4")

TEXTS = ("text", "description")
"""The columns that hold the paper's prose; the title stays, by which an article is cited."""


def columns_of(connection: duckdb.DuckDBPyConnection, question: Question) -> list[str]:
    """The columns of `articles` that are written; a source is in the path where files lie by source."""
    names = [row[0] for row in connection.execute("DESCRIBE articles").fetchall()]
    absent = {*(TEXTS if question.without_text else ()), *(("source",) if question.form == "parquet" else ())}
    return [name for name in names if name not in absent]


def stream(
    connection: duckdb.DuckDBPyConnection, question: Question, parts: Iterable[Part], spill: Path
) -> tuple[pa.Schema, Iterator[tuple[Part, Iterator[pa.Table]]]]:
    """The columns, and the rows of some of the planned files, file by file; each has to be read before the next."""
    wanted = {part.number: part for part in parts}
    # Joined, not bound: for a bound list DuckDB looks for pandas.
    connection.register("wanted", pa.table({"part": pa.array(wanted, pa.int64())}))
    run(connection, "passes.sql", size=PASS)
    connection.unregister("wanted")
    if question.form == "warc":
        query = sql("exports/places.sql")
    else:
        query = articles_query(connection, columns_of(connection, question))
    reader = connection.execute(query).to_arrow_reader(SCANNED)
    columns = pa.schema([field for field in reader.schema if field.name not in PLACE])
    return columns, by_part(ordered(reader, spill), columns.names, wanted)


def articles_query(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> str:
    """The articles that are still to be written, in any order."""
    run(connection, "narrow.sql")
    # Left to itself DuckDB may join by a hash table of all texts, and run out of memory.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    names = ", ".join(f'{"v" if name in TEXTS else "n"}."{name}"' for name in (*PLACE, *columns))
    source = "article_versions v JOIN narrow n USING (version_id)" if {*TEXTS} & {*columns} else "narrow n"
    return f"SELECT {names} FROM {source}"  # noqa: S608 - names of ours


def ordered(reader: pa.RecordBatchReader, folder: Path) -> Iterator[pa.Table]:
    """The rows of a stream in the order of their positions; they wait in a folder, a file a pass."""
    folder.mkdir()
    files: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
    with ExitStack() as opened:
        for batch in reader:
            for number, table in runs(pa.Table.from_batches([batch]).sort_by("pass"), "pass"):
                if number not in files:
                    file = opened.enter_context((folder / str(number)).open("wb"))
                    writer = pa.ipc.new_stream(file, reader.schema, options=PACKED)
                    files[number] = opened.enter_context(writer)
                files[number].write_table(table)
    for number in sorted(files):
        path = folder / str(number)
        with path.open("rb") as waiting:
            table = pa.ipc.open_stream(waiting).read_all().sort_by("position")
        path.unlink()
        for start in range(0, table.num_rows, BATCH):
            yield table.slice(start, BATCH)


def by_part(
    tables: Iterator[pa.Table], columns: list[str], parts: dict[int, Part]
) -> Iterator[tuple[Part, Iterator[pa.Table]]]:
    """Rows that are in the order of parts, part by part, without the columns that say where they go."""
    pieces = (piece for table in tables for piece in runs(table, "part"))
    for number, same in groupby(pieces, key=lambda piece: piece[0]):
        yield parts[number], (table.select(columns) for _, table in same)


def runs(table: pa.Table, column: str) -> Iterator[tuple[int, pa.Table]]:
    """A table cut where the value of a column changes."""
    start = 0
    for number, same in groupby(table[column].to_pylist()):
        length = sum(1 for _ in same)
        yield number, table.slice(start, length)
        start += length
