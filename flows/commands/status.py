"""`status`: what the archive holds, and how collecting goes."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from articles.errors import BadInput, HemerotecaError, Stale
from flows.commands.asking import answer
from flows.commands.homes import home_of
from flows.console import errors_told, out, say_json, say_table
from flows.counts import counted
from warehouse.archive import manifests
from warehouse.clock import now
from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.search.hits import searching

STATUS = {
    "outcomes": """
        SELECT outcome, reason, count(*) AS captures FROM captures GROUP BY ALL
        ORDER BY captures DESC, outcome, reason""",
    "sources": """
        SELECT source, origin, active, articles, failed, last_success_at, last_article_at, failing_feeds
        FROM source_health ORDER BY articles DESC, source""",
    "last days": """
        SELECT source, day, looked, found, fetched, articles, usual, reasons FROM collection_log
        WHERE day > (SELECT max(day) FROM collection_log) - INTERVAL 3 DAY
            AND source IN (SELECT source FROM sources WHERE active)
        ORDER BY day DESC, source""",
    "feeds at fault": """
        SELECT source, url, status, failures, last_success_at, next_due_at
        FROM (FROM feeds QUALIFY last_attempt_at > max(last_attempt_at) OVER (PARTITION BY source) - INTERVAL 720 HOURS)
        WHERE status <> 'ok' OR untrue OR overruns > 0 ORDER BY failures DESC, source, url""",
    "loads": """
        SELECT load_id, command, status, started_at, captures, articles, new, changed FROM loads
        ORDER BY started_at DESC LIMIT 5""",
}
TOTALS = """
    SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM article_versions) AS versions,
        (SELECT count(*) FROM captures) AS captures, published_at
    FROM about"""
STALE = """
    SELECT source, last_success_at, faults FROM source_health
    WHERE active AND feeds > 0 AND (last_success_at IS NULL OR last_success_at < $since)
    ORDER BY last_success_at NULLS FIRST, source"""
ROWS_SHOWN = 20
LEFT_OUT = {"sources": ("origin", "active"), "loads": ("load_id",)}
"""Columns that `--json` has, and for which a terminal of eighty cells has no room."""
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def status(home: Path | None, stale_after: str | None, as_json: bool) -> None:
    """What the archive holds and how its sources fare; `Stale` where the feeds of one were not read for too long."""
    with errors_told():
        found = home_of(home)
        patience = duration(stale_after) if stale_after else None
        with open_published(found) as connection:
            tables = {title: answer(connection, query) for title, query in STATUS.items()}
            head, rows = answer(connection, TOTALS)
            loaded = dict(answer(connection, "SELECT file, bytes FROM marks")[1])
            stale = answer(connection, STALE, since=now() - patience)[1] if patience else []
            totals = dict(zip(head, rows[0], strict=True))
            totals["manifests_behind"] = manifests_behind(found, loaded)
            totals["search"] = search_standing(found, connection)
        if as_json:
            listed = {
                title: [dict(zip(head, row, strict=True)) for row in rows] for title, (head, rows) in tables.items()
            }
            say_json(totals | listed | {"stale": [row[0] for row in stale]})
        else:
            for title, (head, rows) in tables.items():
                say(title, head, rows)
            say_totals(totals)
        if stale:
            told = "; ".join(f"{source}, {last_read(at)}" for source, at, _ in stale)
            raise Stale(f"feeds not read for {stale_after}: {told}. See why with: hemeroteca source check")


def last_read(at: datetime | None) -> str:
    """Since when nothing was read, in words."""
    return f"last at {at:%Y-%m-%d %H:%M} UTC" if at else "never yet"


def duration(stated: str) -> timedelta:
    """A length of time: `90m`, `2h`, `3d`, `1w`."""
    found = re.fullmatch(r"(\d{1,5})\s*([mhdw])", stated.strip())
    if found is None:
        raise BadInput(f"{stated!r} is no length of time; write 90m, 2h, 3d or 1w")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def say(title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table of the report, in words that a terminal folds between and no more rows than are read."""
    if not rows:
        out.print(f"{title}: none\n", highlight=False)
        return
    names = [name for name in head if name not in LEFT_OUT.get(title, ())]
    shown = [told(dict(zip(head, row, strict=True))) for row in rows[:ROWS_SHOWN]]
    heads = [name.removesuffix("_at").replace("_", " ") for name in names]
    say_table(title, heads, [[row[name] for name in names] for row in shown])
    if len(rows) > ROWS_SHOWN:
        out.print(f"{len(rows) - ROWS_SHOWN} more: --json\n", highlight=False)


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A row for a person: instants to the minute, reasons in words, and which source is not visited."""
    said = {name: in_words(value) for name, value in row.items()}
    if row.get("active") is False:
        said["source"] = f"{row['source']} (inactive)"
    return said


def in_words(value: Any) -> Any:
    """A value without seconds and braces, and without the year where it is this one."""
    if isinstance(value, date):
        day = "%m-%d" if value.year == now().year else "%Y-%m-%d"
        return f"{value:{day} %H:%M}" if isinstance(value, datetime) else f"{value:{day}}"
    return ", ".join(f"{name}: {number}" for name, number in value.items()) if isinstance(value, dict) else value


def say_totals(totals: dict[str, Any]) -> None:
    """What the archive holds, in a line; and whether something waits."""
    articles, versions, captures = (counted(totals[f"{noun}s"], noun) for noun in ("article", "version", "capture"))
    held = f"{articles} in {versions}, from {captures}"
    out.print(f"{held}; published {totals['published_at']:%Y-%m-%d %H:%M} UTC", highlight=False, soft_wrap=True)
    if behind := totals["manifests_behind"]:
        out.print(
            f"not loaded yet: captures in {counted(behind, 'archive file')}; the next ingest or import loads them",
            highlight=False,
            soft_wrap=True,
        )
    if standing := totals["search"]:
        out.print(standing, markup=False, highlight=False, soft_wrap=True)


def search_standing(home: Home, connection: duckdb.DuckDBPyConnection) -> str | None:
    """What is to be said of the search index; None where it is of this copy."""
    try:
        with searching(home, connection) as search:
            return search.standing()
    except HemerotecaError as error:
        return str(error)


def manifests_behind(home: Home, loaded: dict[str, int]) -> int:
    """How many manifests hold lines past their mark."""
    return sum(path.stat().st_size > loaded.get(path.name, 0) for path in manifests(home.archive))
