"""`sql`: what the published copy answers to a query."""

import sys
from collections import deque
from pathlib import Path
from typing import Any, Literal

import duckdb
import typer
from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput
from flows.answers import answers, ask, check_parquet, is_question, say_csv, say_rows, statements, write_parquet
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, to_stdout
from flows.counts import counted
from flows.interrupts import interruptible
from flows.screen import page, say_blocks, say_page, say_records
from warehouse.clock import now
from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.search.hits import Asked, add_hits

Form = Literal["json", "csv", "line"] | Path | None
"""How an answer is written: a path for Parquet, None for a table."""


def sql(home: Path | None, query: str | None, form: Form = None, words: str | None = None) -> None:
    """Answer what is asked; with words to search for, their hits are a table in it."""
    with errors_told():
        asked = query or sys.stdin.read()
        if not asked.strip():
            raise BadInput("no query: give one as an argument or on standard input")
        if isinstance(form, Path):
            check_parquet(form)
        with open_for_sql(home_of(home), words) as connection, to_stdout():
            age = published_ago(connection)
            todo = statements(connection, asked)
            if form in ("json", "csv") or isinstance(form, Path):
                todo = one_answer(connection, todo)
            for statement in todo[:-1]:
                tell(interruptible(connection, lambda s=statement: say(connection, s, form)))  # type: ignore[misc]
            said = interruptible(connection, lambda: say(connection, todo[-1], form))
        tell(f"{said or 'done'}; the copy was published {age}")


def one_answer(connection: duckdb.DuckDBPyConnection, todo: list[duckdb.Statement]) -> list[duckdb.Statement]:
    """The one of several queries that is to be answered, once the others have done their part before it.

    A file, or a program at the other end of a pipe, takes one answer; more are wrong usage.
    """
    questions = [statement for statement in todo if is_question(statement)] or todo[-1:]
    if len(questions) > 1:
        raise typer.BadParameter(
            f"--csv, --json and --parquet write one answer, and there are {len(questions)} queries: ask one at a time"
        )
    for statement in todo[: todo.index(questions[0])]:
        done(connection, statement)
    return questions


def done(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> None:
    """Carry out what answers nothing."""
    deque(ask(connection, statement).blocks, maxlen=0)


def tell(said: str | None) -> None:
    """A line beside the answer."""
    if said:
        err.print(f"[dim]{said}[/]", highlight=False, soft_wrap=True)


def say(connection: duckdb.DuckDBPyConnection, query: duckdb.Statement, form: Form) -> str | None:
    """Give an answer in the form that was asked for; how much of it there is, in words, None where there is none."""
    if isinstance(form, Path):
        return f"{counted(write_parquet(connection, query, form), 'row')} in {escape(escaped(str(form)))}"
    answer = ask(connection, query)
    if form == "json":
        return counted(say_rows(answer), "row")
    if form == "csv":
        return counted(say_csv(answer), "row")
    if not answers(query, answer):
        deque(answer.blocks, maxlen=0)
        return None
    if not out.is_terminal:
        return counted(say_blocks(answer, records=form == "line"), "row")
    return say_records(out, page(answer)) if form == "line" else say_page(out, page(answer))


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
