"""`sql`: what the published copy answers."""

import csv
import sys
from pathlib import Path
from typing import Any

import duckdb
from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput
from flows.commands.homes import home_of
from flows.console import err, errors_told, say_json, say_table
from warehouse.clock import now
from warehouse.reader import open_published
from warehouse.search.hits import Asked, add_hits


def sql(home: Path | None, query: str | None, as_json: bool, as_csv: bool, words: str | None = None) -> None:
    """Answer one query; with words to search for, their hits are a table in it."""
    with errors_told():
        asked = query or sys.stdin.read()
        if not asked.strip():
            raise BadInput("no query: give one as an argument or on standard input")
        found = home_of(home)
        with open_published(found, guarded=True) as connection:
            if words is not None and (standing := add_hits(found, connection, Asked(words, limit=None))):
                err.print(f"[yellow]warning[/]: {escape(escaped(standing))}", highlight=False, soft_wrap=True)
            head, rows = answer(connection, asked)
            age = published_ago(connection)
        if as_json:
            say_json([dict(zip(head, row, strict=True)) for row in rows])
        elif as_csv:
            writer = csv.writer(sys.stdout)
            writer.writerow(head)
            writer.writerows(rows)
        else:
            say_table(None, head, rows)
            err.print(f"[dim]{len(rows)} rows; the copy was published {age}[/]", highlight=False)


def answer(
    connection: duckdb.DuckDBPyConnection, query: str, **named: object
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows of a query; a faulty one is an error in DuckDB's words."""
    try:
        result = connection.execute(query, named or None)
        return [column[0] for column in result.description or ()], result.fetchall()
    except duckdb.Error as error:
        raise BadInput(f"the query fails: {error}") from error


def published_ago(connection: duckdb.DuckDBPyConnection) -> str:
    """How old the copy is, in words."""
    row = connection.execute("SELECT published_at FROM about").fetchone()
    if row is None:
        return "at an unknown time"
    minutes = int((now() - row[0]).total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"
