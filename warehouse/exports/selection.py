"""Which articles an export has: chosen in the published copy, by options and by a query."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from articles.errors import BadInput, Damaged, DiskFull, Never
from warehouse.database import says_full
from warehouse.exports.question import Question
from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.store import SCHEMA_VERSION, sql

MEMORY = "1GB"
"""What DuckDB may take, for the ids of millions of articles; beyond it spills to the export's folder."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many articles are chosen, and what was left out."""

    articles: int
    opted_out: int
    copies: int
    not_held: int
    """Ids or addresses that a query answered and no article has."""


@contextmanager
def copy_open(home: Home, spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy for one export; nothing that a query says can reach files or network."""
    connection = open_published(home)
    try:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = '" + str(spill).replace("'", "''") + "'")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET enable_external_access = false")
        yield connection
    except (duckdb.Error, OSError) as error:
        # Through Arrow's reader DuckDB's errors come as an OSError without a number: only the words tell them apart.
        told = isinstance(error, duckdb.Error) or error.errno is None
        if told and (says_full(error) or "Out of Memory Error" in str(error)):
            raise DiskFull(f"no room to look through the articles, beside what fits in {spill}: {error}") from error
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
        columns = {column.lower() for column in answer.columns}
        by = next((name for name in ("article_id", "url") if name in columns), None)
        if by is None:
            raise BadInput(f"the query answers no column article_id or url; it has {', '.join(answer.columns)}")
        answer.project(f"CAST({by} AS VARCHAR) AS key").distinct().insert_into("asked")
    except duckdb.Error as error:
        raise BadInput(f"the query fails: {error}") from error
    return by


def run(connection: duckdb.DuckDBPyConnection, name: str, **bound: object) -> duckdb.DuckDBPyConnection:
    """Run one of this package's `.sql` files."""
    return connection.execute(sql(f"exports/{name}"), bound or None)
