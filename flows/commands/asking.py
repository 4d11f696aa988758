"""`sql` and `status`: what the published copy answers."""

import csv
import sys
from pathlib import Path
from typing import Any

import duckdb

from articles.errors import BadInput
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json, say_table
from warehouse.archive import manifests
from warehouse.clock import now
from warehouse.home import Home
from warehouse.reader import open_published

STATUS = {
    "outcomes": """
        SELECT outcome, reason, count(*) AS captures FROM captures GROUP BY ALL
        ORDER BY captures DESC, outcome, reason""",
    "sources": """
        SELECT source, origin, active, articles, failed, last_article_at, failing_feeds FROM source_health
        ORDER BY articles DESC, source""",
    "loads": """
        SELECT load_id, command, status, started_at, captures, articles, new, changed FROM loads
        ORDER BY started_at DESC LIMIT 5""",
}
TOTALS = """
    SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM article_versions) AS versions,
        (SELECT count(*) FROM captures) AS captures, published_at, warehouse_hash
    FROM about"""
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


def status(home: Path | None, as_json: bool) -> None:
    """What the archive holds and how its sources fare."""
    with errors_told():
        found = home_of(home)
        with open_published(found) as connection:
            tables = {title: answer(connection, query) for title, query in STATUS.items()}
            head, rows = answer(connection, TOTALS)
            loaded = dict(answer(connection, "SELECT file, bytes FROM marks")[1])
        totals = dict(zip(head, rows[0], strict=True))
        totals["manifests_behind"] = manifests_behind(found, loaded)
        if as_json:
            listed = {
                title: [dict(zip(head, row, strict=True)) for row in rows] for title, (head, rows) in tables.items()
            }
            say_json(totals | listed)
            return
        for title, (head, rows) in tables.items():
            say_table(title, head, rows[:SOURCES_SHOWN])
        say_totals(totals)


def say_totals(totals: dict[str, Any]) -> None:
    """What the archive holds, in a line; and whether something waits."""
    held = "{articles} articles in {versions} versions, from {captures} captures".format_map(totals)
    out.print(f"{held}; published {totals['published_at']:%Y-%m-%d %H:%M} UTC", highlight=False, soft_wrap=True)
    if behind := totals["manifests_behind"]:
        out.print(
            f"{behind} archive files hold captures that are not loaded yet: the next ingest or import loads them",
            highlight=False,
            soft_wrap=True,
        )


def manifests_behind(home: Home, loaded: dict[str, int]) -> int:
    """How many manifests hold lines past their mark."""
    return sum(path.stat().st_size > loaded.get(path.name, 0) for path in manifests(home.archive))
