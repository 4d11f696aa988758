"""What a query answers, read and written as it comes: JSON, CSV, Parquet; never all of it in memory."""

import csv
import json
import math
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from articles.errors import BadInput
from flows.console import escaped_json, shown, written
from warehouse.replace import made_whole

BLOCK = 1_000
"""Rows read at a time: 5 MB of articles."""

ROW_GROUP = 10_240
"""Rows in a row group of Parquet; whole vectors of DuckDB's, which come in 2,048."""

Block = list[tuple[Any, ...]]
Query = str | duckdb.Statement

DONE = (["Count"], ["Success"])
"""The columns of an answer that says no more than that something was done."""

NO_TABLE = re.compile(r"Table with name (\S+) does not exist")


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of an answer, and its rows as they come."""

    head: list[str]
    blocks: Iterator[Block]


def statements(connection: duckdb.DuckDBPyConnection, text: str) -> list[duckdb.Statement]:
    """The queries in a text, one by one; `BadInput` where there is none."""
    with told_of_query():
        found = connection.extract_statements(text)
    if not found:
        raise BadInput("there is no query in it")
    return found


def is_question(statement: duckdb.Statement) -> bool:
    """Whether it can but answer with rows; what makes or changes tables may, too: INSERT ... RETURNING."""
    return list(statement.expected_result_type) == [duckdb.ExpectedResultType.QUERY_RESULT]


def answers(statement: duckdb.Statement, answer: Answer) -> bool:
    """Whether what was answered says more than that it was done."""
    return is_question(statement) or answer.head not in DONE


def ask(connection: duckdb.DuckDBPyConnection, query: Query, **named: object) -> Answer:
    """Begin to answer a query; a faulty one is an error in DuckDB's words, here or when its rows are read."""
    result = begun(connection, query, **named)
    return Answer([column[0] for column in result.description], blocks(result))


def begun(connection: duckdb.DuckDBPyConnection, query: Query, **named: object) -> duckdb.DuckDBPyConnection:
    """The connection, with a query under way."""
    if isinstance(query, str):
        statements(connection, query)
    with told_of_query():
        return connection.execute(query, named or None)


def blocks(result: duckdb.DuckDBPyConnection) -> Iterator[Block]:
    """The rows of a query under way."""
    while True:
        with told_of_query():
            rows = result.fetchmany(BLOCK)
        if not rows:
            return
        yield rows


@contextmanager
def told_of_query() -> Iterator[None]:
    """Say in DuckDB's words that it is the query which fails.

    Of a hundred queries that fail amid their rows DuckDB tells one or two by what it ended the others of its threads
    with. Who interrupts a query by Ctrl-C gets `KeyboardInterrupt`, whatever this says.
    """
    try:
        yield
    except duckdb.InterruptException as error:
        raise BadInput("the query fails, and DuckDB lost the reason: ask it again") from error
    except duckdb.Error as error:
        raise BadInput(f"the query fails: {error}{hint(error)}") from error
    except OverflowError as error:  # an interval of more days than Python's
        raise BadInput(f"the query answers what cannot be shown: {error}; ask for it as VARCHAR") from error


def hint(error: duckdb.Error) -> str:
    """What helps where a table is missing, which DuckDB tells apart in its words alone."""
    missing = NO_TABLE.search(str(error)) if isinstance(error, duckdb.CatalogException) else None
    if missing is None:
        return ""
    return (
        "\nhits needs --search WORDS" if missing[1].lower() == "hits" else "\nThe prompt's .tables lists what there is"
    )


def say_rows(answer: Answer) -> int:
    """Rows as one JSON list on standard output, an object a line; how many."""
    said = 0
    names = distinct(answer.head)
    before = "[\n"
    for rows in answer.blocks:
        for row in rows:
            line = json.dumps({name: plain(value) for name, value in zip(names, row, strict=True)}, **JSON)
            sys.stdout.write(f"{before} {escaped_json(line)}")
            before = ",\n"
        said += len(rows)
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")
    return said


def say_csv(answer: Answer) -> int:
    """Rows as CSV on standard output, lists and structures in it as JSON; how many."""
    said = 0
    writer = csv.writer(sys.stdout)
    writer.writerow(answer.head)
    for rows in answer.blocks:
        for row in rows:
            writer.writerow([in_csv(value) for value in row])
        said += len(rows)
    return said


def in_csv(value: Any) -> Any:
    """A value as a cell of CSV: what is nested as JSON, truth and instants as JSON has them."""
    if isinstance(value, bool):
        return shown(value)
    if isinstance(value, datetime):
        return written(value)
    return json.dumps(plain(value), **JSON) if isinstance(value, (list, dict)) else value


JSON: dict[str, Any] = {"ensure_ascii": False, "default": written}


def plain(value: Any) -> Any:
    """A value as JSON has it, which knows no infinities, and no keys but strings."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    return value


def distinct(names: Sequence[str]) -> list[str]:
    """Names of columns, where one is there twice with a number behind it: `url`, `url_1`."""
    found: list[str] = []
    for name in names:
        free = name
        for number in count(1):
            if free not in found and (free == name or free not in names):
                break
            free = f"{name}_{number}"
        found.append(free)
    return found


def write_parquet(connection: duckdb.DuckDBPyConnection, query: Query, path: Path) -> int:
    """Write a query's answer to a Parquet file, which appears under its name when it is whole; the number of rows."""
    check_parquet(path)
    result = begun(connection, query)
    with told_of_query():
        reader = result.to_arrow_reader(ROW_GROUP)
    schema = parquet_schema(reader.schema)
    rows = 0
    with made_whole(path) as unfinished, pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for batch in batches(reader):
            writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
            rows += batch.num_rows
    return rows


def check_parquet(path: Path) -> None:
    """Refuse what is no name for a file of Parquet, before anything is asked."""
    if path.suffix.lower() != ".parquet":
        raise BadInput(f"{path} does not end in .parquet")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadInput(f"{path.parent} is no folder that can be written to")


def parquet_schema(schema: pa.Schema) -> pa.Schema:
    """The columns under names of their own; a type that Parquet does not have is an error which says what to do."""
    for field in schema:
        if pa.types.is_interval(field.type):
            raise BadInput(
                f"Parquet has no intervals, and {field.name!r} is one; ask for epoch({field.name}), its seconds, "
                f"or for {field.name}::VARCHAR"
            )
        if pa.types.is_union(field.type):
            raise BadInput(f"Parquet has no unions, and {field.name!r} is one; ask for {field.name}::VARCHAR")
    return pa.schema([field.with_name(name) for field, name in zip(schema, distinct(schema.names), strict=True)])


def batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """The batches of a query under way. Arrow says with an `OSError` what DuckDB said."""
    while True:
        try:
            batch = reader.read_next_batch()
        except StopIteration:
            return
        except OSError as error:
            raise BadInput(f"the query fails: {error}") from error
        yield batch
