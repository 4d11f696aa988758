"""The command line as a user calls it: its words and exit codes, the processes of its runs, the files it leaves."""

import json
import os
import subprocess
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from rich.console import Console
from typer.testing import CliRunner

from flows.answers import JSON, ask, plain
from flows.cli import app
from flows.console import err, out
from tests.processes import PROGRAM
from warehouse.home import Home
from warehouse.reader import open_published

SECONDS = 240
WIDTH = 200


ONE_AT_A_TIME = Lock()
"""Standard output and the environment are this process's."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and how it ended."""

    stdout: str
    stderr: str
    code: int
    fault: str = ""
    """The traceback of what it did not foresee."""


def run(*arguments: object, text: str = "") -> Done:
    """Run a command from this process, whose imports and fork server all commands share."""
    with ONE_AT_A_TIME, wide(out), wide(err):
        done = CliRunner().invoke(app, [*map(str, arguments)], input=text, env=environment())
    fault = "" if done.exc_info is None else "".join(traceback.format_exception(*done.exc_info))
    return Done(done.stdout, done.stderr, done.exit_code, fault)


def hemeroteca(*arguments: object, code: int = 0, text: str = "") -> Done:
    """Run a command so, and expect its exit code."""
    done = run(*arguments, text=text)
    assert done.code == code, f"exit code {done.code}\n{done.stdout}\n{done.stderr}\n{done.fault}"
    return done


def in_its_own_process(*arguments: object, code: int = 0) -> Done:
    """Run a command as a shell does, and expect its exit code."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=SECONDS,
        env={key: value for key, value in (os.environ | environment()).items() if value is not None},
        check=False,
    )
    assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return Done(done.stdout, done.stderr, done.returncode)


@contextmanager
def wide(console: Console) -> Iterator[None]:
    """Give a console room for whole sentences; it has read the environment when it was made."""
    before, console.width = console.width, WIDTH
    try:
        yield
    finally:
        console.width = before


def environment() -> dict[str, str | None]:
    """A wide screen, and none of the settings that whoever runs the tests may have."""
    return {key: None for key in os.environ if key.startswith("HEMEROTECA")} | {"COLUMNS": str(WIDTH)}


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
