"""The published copy in the oldest DuckDB that the docs promise, and in the newest, beside the one it was made with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.queries_page import questions
from warehouse.home import Home
from warehouse.reader import open_published

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ("1.4", "2.0")
ASK = """
import duckdb, json, sys
path, *queries = json.load(sys.stdin)
with duckdb.connect(path, read_only=True) as connection:
    answers = [[list(map(str, row)) for row in connection.execute(query).fetchall()] for query in queries]
print(json.dumps([duckdb.__version__, answers]))
"""


def asked(queries: list[str], home: Home, folder: Path | None = None) -> tuple[str, list[list[list[str]]]]:
    """The version of DuckDB, of a folder or the installed one, and its answers, each value as Python shows it."""
    environment = os.environ | ({"PYTHONPATH": str(folder)} if folder else {})
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps([str(home.published), "SET TimeZone = 'UTC'", *queries]),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    version, answers = json.loads(done.stdout)
    return version, answers


@pytest.mark.parametrize("version", VERSIONS)
def test_every_view_and_every_question_has_the_same_answer(version: str, demo: Home) -> None:
    folder = ROOT / ".venv" / f"duckdb-{version}"
    if not (folder / "ready").exists():
        pytest.skip(f"no DuckDB {version}: make .venv/duckdb-{version}/ready")
    with open_published(demo) as copy:
        views = [name for (name,) in copy.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
    queries = [f'FROM "{view}" ORDER BY ALL' for view in views]
    page = (ROOT / "docs" / "queries.md").read_text("utf-8")
    queries += [question.sql for question in questions(page) if "hemeroteca sql --search" not in question.sql]
    found, answers = asked(queries, demo, folder)
    _, expected = asked(queries, demo)
    assert found.startswith(f"{version}.")
    assert len(views) > 10
    assert dict(zip(queries, answers[1:], strict=True)) == dict(zip(queries, expected[1:], strict=True))
