"""The command line as a user calls it: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from flows.answers import JSON, ask, plain
from warehouse.home import Home
from warehouse.reader import open_published

SECONDS = 240


def hemeroteca(*arguments: object, code: int = 0, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and expect its exit code."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HEMEROTECA")}
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        input=text or "",
        timeout=SECONDS,
        env=environment | {"COLUMNS": "200"},
        check=False,
    )
    assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def answer(*arguments: object) -> Any:
    """The JSON that a command answers."""
    return json.loads(hemeroteca(*arguments, "--json").stdout)


def rows(home: Home | Path, query: str) -> list[dict[str, Any]]:
    """What the published copy answers, in the values of `sql --json`."""
    with open_published(home if isinstance(home, Home) else Home(home), guarded=True) as connection:
        found = ask(connection, query)
        written = [dict(zip(found.head, map(plain, row), strict=True)) for block in found.blocks for row in block]
    answered: list[dict[str, Any]] = json.loads(json.dumps(written, **JSON))
    return answered


def row_counts(home: Home) -> dict[str, int]:
    """Rows a table, of every table that readers see."""
    tables = [row["name"] for row in rows(home, "SELECT table_name AS name FROM duckdb_tables() ORDER BY ALL")]
    counts = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS n FROM hemeroteca.{name}" for name in tables)
    return {row["name"]: int(row["n"]) for row in rows(home, counts)}


def warehouse_hash(home: Home) -> str:
    """The published copy's warehouse hash."""
    return str(rows(home, "SELECT warehouse_hash FROM about")[0]["warehouse_hash"])
