"""`sql` and `status`: what the published copy answers."""

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from articles.errors import BadInput
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json, say_table
from warehouse.archive import manifests
from warehouse.home import Home
from warehouse.reader import open_published

STATUS = {
    "outcomes": "SELECT outcome, reason, count(*) AS captures FROM captures GROUP BY ALL ORDER BY captures DESC, outcome, reason",
    "sources": "SELECT source, origin, active, articles, failed, last_article_at, failing_feeds FROM source_health ORDER BY articles DESC, source",
    "loads": "SELECT load_id, command, status, started_at, captures, articles, new, changed FROM loads ORDER BY started_at DESC LIMIT 5",
}
SOURCES_SHOWN = 20


def sql(home: Path | None, query: str | None, as_json: bool, as_csv: bool) -> None:
    """Answer one query."""
    with errors_told():
        asked = query or sys.stdin.read()
        if not asked.strip():
            raise BadInput("no query: give one as an argument or on standard input")
        with open_published(home_of(home), guarded=True) as connection:
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


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows of a query; a faulty one is an error in DuckDB's words."""
    try:
        result = connection.execute(query)
        return [column[0] for column in result.description or ()], result.fetchall()
    except duckdb.Error as error:
        raise BadInput(f"the query fails: {error}") from error


def published_ago(connection: duckdb.DuckDBPyConnection) -> str:
    """How old the copy is, in words."""
    row = connection.execute("SELECT published_at FROM about").fetchone()
    if row is None:
        return "at an unknown time"
    minutes = int((datetime.now(UTC) - row[0]).total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"


def status(home: Path | None, as_json: bool) -> None:
    """What the archive holds and how its sources fare."""
    with errors_told():
        found = home_of(home)
        with open_published(found) as connection:
            tables = {title: answer(connection, query) for title, query in STATUS.items()}
            totals = answer(
                connection,
                "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions), (SELECT count(*) FROM captures), * FROM about",
            )[1][0]
            loaded = dict(answer(connection, "SELECT file, bytes FROM marks")[1])
        behind = manifests_behind(found, loaded)
        if as_json:
            say_json(
                {
                    "articles": totals[0],
                    "versions": totals[1],
                    "captures": totals[2],
                    "published_at": totals[3],
                    "warehouse_hash": totals[7],
                    "manifests_behind": behind,
                    **{
                        title: [dict(zip(head, row, strict=True)) for row in rows]
                        for title, (head, rows) in tables.items()
                    },
                }
            )
            return
        for title, (head, rows) in tables.items():
            say_table(title, head, rows[:SOURCES_SHOWN])
        out.print(
            f"{totals[0]} articles in {totals[1]} versions, from {totals[2]} captures; published {totals[3]:%Y-%m-%d %H:%M} UTC",
            highlight=False,
        )
        if behind:
            out.print(
                f"{behind} archive files hold captures that are not loaded yet: the next ingest or import loads them",
                highlight=False,
            )


def manifests_behind(home: Home, loaded: dict[str, int]) -> int:
    """How many manifests hold lines past their mark."""
    return sum(path.stat().st_size > loaded.get(path.name, 0) for path in manifests(home.archive))
