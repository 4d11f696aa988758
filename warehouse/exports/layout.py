"""Which files an export has, and what goes into each: laid out before the first is written."""

from dataclasses import dataclass
from urllib.parse import quote

import duckdb

from warehouse.exports.question import Question
from warehouse.exports.selection import run

ROWS = 50_000
"""Articles a file at most: what a run that is killed has to write again."""

WARC_BYTES = 1_000_000_000
"""Bytes of pages a file, as they stand in the archive: the size that web archives have settled on."""

LAYOUTS = {"parquet": "months.sql", "warc": "captures.sql"}
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""By this name every reader of Hive's layout knows a month that is null."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be written."""

    number: int
    path: str
    """Within the export's folder, with `/`."""
    rows: int


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
