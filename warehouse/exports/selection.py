"""Which rows an export has: chosen in the published copy, and laid out in files before the first is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pyarrow as pa

from articles.errors import BadInput, Damaged, DiskFull, Never
from warehouse.exports.question import Question
from warehouse.home import Home
from warehouse.reader import guard, open_published
from warehouse.store import SCHEMA_VERSION, says_full, sql

MEMORY = "1GB"
"""What DuckDB may take; beyond it the sorting of texts spills to the export's folder."""

ROWS = 50_000
"""Articles a file at most: what a run that is killed has to write again."""

WARC_BYTES = 1_000_000_000
"""Bytes of pages a file, as they stand in the archive: the size that web archives have settled on."""

BATCH = 2_048
"""Rows at a time: a vector of DuckDB's."""

TEXTS = ("text", "description")
"""The columns that hold the paper's prose; the title stays, by which an article is cited."""

LAYOUTS = {"parquet": "months.sql", "warc": "captures.sql"}
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""By this name every reader of Hive's layout knows a month that is null."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many articles are chosen, and what was left out."""

    articles: int
    opted_out: int
    copies: int
    not_held: int
    """Ids or addresses that a query answered and no article has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be written."""

    number: int
    path: str
    """Within the export's folder, with `/`."""
    rows: int


@contextmanager
def copy_open(home: Home, spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy for one export; nothing that a query says can reach files or network."""
    connection = open_published(home)
    try:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = '" + str(spill).replace("'", "''") + "'")
        guard(connection)
        yield connection
    except duckdb.Error as error:
        if says_full(error) or isinstance(error, duckdb.OutOfMemoryException):
            raise DiskFull(f"no room to sort the articles in {spill}: {error}") from error
        raise
    finally:
        connection.close()


def copy_row(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Which copy is open, as the manifest says it; one of another schema is refused."""
    answer = connection.execute(sql("exports/copy.sql"))
    names = [column[0] for column in answer.description or ()]
    found = answer.fetchone()
    if found is None:
        raise Damaged("the published copy does not say what it is; publish anew with: hemeroteca rebuild")
    row = dict(zip(names, found, strict=True))
    if row["schema_version"] != SCHEMA_VERSION:
        raise Never(
            f"the published copy has schema {row['schema_version']}, where this version has {SCHEMA_VERSION}: "
            "publish anew with any run, hemeroteca ingest for example"
        )
    return row | {"published_at": row["published_at"].isoformat()}


def choose(connection: duckdb.DuckDBPyConnection, question: Question) -> Chosen:
    """Find the articles that are asked for; raises `BadInput` for an unknown source and for a query that fails."""
    known = connection.execute(
        "SELECT DISTINCT source FROM article_state UNION SELECT source FROM sources ORDER BY ALL"
    )
    sources = [row[0] for row in known.fetchall()]
    for source in question.sources:
        if source not in sources:
            raise BadInput(f"no source {source!r}; there are: {', '.join(sources) or 'none'}")
    by = ask(connection, question.query)
    run(
        connection,
        "matching.sql",
        sources=list(question.sources) or None,
        languages=list(question.languages) or None,
        first_day=question.first_day,
        last_day=question.last_day,
        by=by,
    )
    run(connection, "chosen.sql", respect_optout=question.respect_optout, unique=question.unique)
    ((articles, opted_out, copies, not_held),) = run(
        connection, "counted.sql", respect_optout=question.respect_optout, by=by
    ).fetchall()
    return Chosen(articles, opted_out, copies, not_held)


def ask(connection: duckdb.DuckDBPyConnection, query: str | None) -> str | None:
    """Stage what a query answers; the column by which it names articles."""
    connection.execute("CREATE OR REPLACE TEMP TABLE asked (key VARCHAR)")
    if query is None:
        return None
    try:
        kinds = [statement.type for statement in connection.extract_statements(query)]
        if kinds != [duckdb.StatementType.SELECT]:
            raise BadInput("--query takes one SELECT")
        answer = connection.sql(query)
        by = next((name for name in ("article_id", "url") if name in answer.columns), None)
        if by is None:
            raise BadInput(f"the query answers no column article_id or url; it has {', '.join(answer.columns)}")
        answer.project(f"CAST({by} AS VARCHAR) AS key").distinct().insert_into("asked")
    except duckdb.Error as error:
        raise BadInput(f"the query fails: {error}") from error
    return by


def plan(connection: duckdb.DuckDBPyConnection, question: Question) -> list[Part]:
    """Lay the files out, in the order in which they are written."""
    form = question.form
    if form == "warc":
        run(connection, LAYOUTS[form], size=WARC_BYTES, respect_optout=question.respect_optout)
    else:
        run(connection, LAYOUTS.get(form, "numbered.sql"), size=ROWS)
    rows = connection.execute(
        "SELECT part, source, month, number, count(*) FROM planned GROUP BY ALL ORDER BY part"
    ).fetchall()
    return [Part(part, path_of(form, source, month, number), count) for part, source, month, number, count in rows]


def path_of(form: str, source: str | None, month: str | None, number: int) -> str:
    """The name of a file."""
    if form == "parquet":
        return f"source={quote(source or '', safe='')}/month={month or NO_MONTH}/part-{number}.parquet"
    return f"captures-{number:05}.warc.gz" if form == "warc" else f"articles-{number:05}.{form}"


def digest_of(connection: duckdb.DuckDBPyConnection) -> str:
    """One value for what goes where."""
    ((digest,),) = run(connection, "digest.sql").fetchall()
    return str(digest)


def columns_of(connection: duckdb.DuckDBPyConnection, question: Question) -> list[str]:
    """The columns of `articles` that are written; a source is in the path where files lie by source."""
    names = [row[0] for row in connection.execute("DESCRIBE articles").fetchall()]
    absent = {*(TEXTS if question.without_text else ()), *(("source",) if question.form == "parquet" else ())}
    return [name for name in names if name not in absent]


def stream(
    connection: duckdb.DuckDBPyConnection, question: Question, parts: list[Part]
) -> tuple[pa.Schema, Iterator[tuple[Part, Iterator[pa.Table]]]]:
    """The columns, and the rows of some of the planned files, file by file; each has to be read before the next."""
    wanted = {part.number: part for part in parts}
    # Joined, not bound: for a bound list DuckDB looks for pandas.
    connection.register("wanted", pa.table({"part": pa.array(wanted, pa.int64())}))
    connection.execute("DELETE FROM planned WHERE part NOT IN (SELECT part FROM wanted)")
    connection.unregister("wanted")
    if question.form == "warc":
        query = sql("exports/places.sql")
    else:
        names = ", ".join(f'a."{name}"' for name in columns_of(connection, question))
        query = f"SELECT p.part, {names} FROM planned p JOIN articles a ON a.article_id = p.key ORDER BY p.position"  # noqa: S608 - names of ours
    reader = connection.execute(query).to_arrow_reader(BATCH)
    return reader.schema.remove(0), by_part(reader, wanted)


def by_part(reader: pa.RecordBatchReader, parts: dict[int, Part]) -> Iterator[tuple[Part, Iterator[pa.Table]]]:
    """The rows of a stream, which are in the order of parts, part by part."""
    for number, pieces in groupby(pieces_of(reader), key=lambda piece: piece[0]):
        yield parts[number], (table for _, table in pieces)


def pieces_of(reader: pa.RecordBatchReader) -> Iterator[tuple[int, pa.Table]]:
    """The batches of a stream, cut where a part ends, without the column that tells so."""
    for batch in reader:
        table, start = pa.Table.from_batches([batch.select(batch.schema.names[1:])]), 0
        for number, run_of in groupby(batch.column(0).to_pylist()):
            length = sum(1 for _ in run_of)
            yield number, table.slice(start, length)
            start += length


def run(connection: duckdb.DuckDBPyConnection, name: str, **bound: object) -> duckdb.DuckDBPyConnection:
    """Run one of this package's `.sql` files."""
    return connection.execute(sql(f"exports/{name}"), bound or None)
