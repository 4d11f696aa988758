"""`sql`: what the published copy answers to one query."""

import sys
from pathlib import Path
from typing import Any

import duckdb
from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput
from flows.answers import ask, check_parquet, say_csv, say_rows, write_parquet
from flows.commands.homes import home_of
from flows.console import ends_quietly, err, errors_told, out
from flows.interrupts import interruptible
from flows.screen import page, say_blocks, say_page
from warehouse.clock import now
from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.search.hits import Asked, add_hits


def sql(
    home: Path | None,
    query: str | None,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    parquet: Path | None = None,
    words: str | None = None,
) -> None:
    """Answer one query; with words to search for, their hits are a table in it."""
    with errors_told():
        asked = query or sys.stdin.read()
        if not asked.strip():
            raise BadInput("no query: give one as an argument or on standard input")
        if parquet is not None:
            check_parquet(parquet)
        with open_for_sql(home_of(home), words) as connection, ends_quietly():
            age = published_ago(connection)
            said = interruptible(connection, lambda: say(connection, asked, as_json, as_csv, parquet))
        err.print(f"[dim]{said}; the copy was published {age}[/]", highlight=False, soft_wrap=True)


def say(connection: duckdb.DuckDBPyConnection, query: str, as_json: bool, as_csv: bool, parquet: Path | None) -> str:
    """Give the answer in the form that was asked for; how much of it there is, in words."""
    if parquet is not None:
        return f"{write_parquet(connection, query, parquet):,} rows in {escape(escaped(str(parquet)))}"
    answer = ask(connection, query)
    if as_json:
        return f"{say_rows(answer):,} rows"
    if as_csv:
        return f"{say_csv(answer):,} rows"
    if sys.stdout.isatty():
        return say_page(out, page(answer))
    return f"{say_blocks(answer):,} rows"


def open_for_sql(home: Home, words: str | None) -> duckdb.DuckDBPyConnection:
    """The newest copy, shut off from files and network; with words to search for, their hits are a table in it."""
    connection = open_published(home, guarded=True)
    if words is not None and (standing := add_hits(home, connection, Asked(words, limit=None))):
        err.print(f"[yellow]warning[/]: {escape(escaped(standing))}", highlight=False, soft_wrap=True)
    return connection


def answer(
    connection: duckdb.DuckDBPyConnection, query: str, **named: object
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows of a query; a faulty one is an error in DuckDB's words."""
    found = ask(connection, query, **named)
    return found.head, [row for rows in found.blocks for row in rows]


def published_ago(connection: duckdb.DuckDBPyConnection) -> str:
    """How old the copy is, in words."""
    row = connection.execute("SELECT published_at FROM about").fetchone()
    if row is None:
        return "at an unknown time"
    minutes = int((now() - row[0]).total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"
