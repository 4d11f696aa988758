"""What the README and the pages on reading, search and import say can be typed, typed in the demo's archive."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.docs.snippets import PROMPT, ROOT, blocks, page, shown, typed
from warehouse.home import Home
from warehouse.reader import open_published

LEFT = {
    ". .venv": "the tests have their own environment",
    "hemeroteca demo": "the archive is the demo's",
    "hemeroteca init": "it is made already",
    "hemeroteca source add": "asks the network",
    "hemeroteca ingest": "the same",
    "prefect": "needs a server",
    "marimo": "test_notebook.py has it, where it is installed",
    "duckdb": "a program of its own",
}
"""Beginnings of commands that are not typed here, and why."""

NOTHING = re.compile(r"^0 (?:rows|of)\b", re.MULTILINE)
EXAMPLES = "examples"


@pytest.fixture
def desk(demo: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the project's, with the demo's archive under the names that pages give it."""
    shutil.copytree(demo.root, tmp_path / "press")
    (tmp_path / "demo").symlink_to("press")
    (tmp_path / EXAMPLES).symlink_to(ROOT / EXAMPLES)
    (tmp_path / "bin").mkdir()
    shim(tmp_path / "bin" / "hemeroteca", f'exec {sys.executable} -Pc "from flows.cli import main; main()" "$@"')
    if shutil.which("jq") is None:
        shim(tmp_path / "bin" / "jq", "cat")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shim(path: Path, line: str) -> None:
    """A command of one line."""
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)


def run(desk: Path, text: str) -> str:
    """Type all commands of a page one after another; what they said."""
    commands = [command for command in typed(text) if not command.startswith(tuple(LEFT))]
    assert any(command.startswith("hemeroteca ") for command in commands)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HEMEROTECA")}
    environment |= {
        "PATH": f"{desk / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HEMEROTECA_HOME": str(desk / "press"),
        "COLUMNS": "200",
    }
    done = subprocess.run(
        ["/bin/bash", "-euxo", "pipefail", "-c", "\n".join(commands)],
        capture_output=True, text=True, cwd=desk, env=environment, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert NOTHING.search(done.stdout + done.stderr) is None, "an example that finds nothing shows nothing"
    return done.stdout


def test_the_readme(desk: Path) -> None:
    text = page("README.md")
    said = run(desk, text)
    assert len(shown(text)) == 4
    for words in shown(text):
        assert words in said


def test_reading(desk: Path) -> None:
    text = page("docs/reading.md")
    (prompt,) = PROMPT.findall(text)
    (desk / "question.sql").write_text(prompt, encoding="utf-8")
    run(desk, text)
    assert duckdb.read_parquet("articles.parquet").fetchall()

    codes, as_of = blocks(text, "sql")
    with duckdb.connect("project.duckdb") as own:
        coded = own.execute(codes).fetchall()
        assert coded
    with duckdb.connect("project.duckdb") as own:
        assert own.execute(codes).fetchall() == coded, "run again, it doubles what it coded"
        assert own.execute(as_of).fetchall() == [("council", sum(count for *_, count in coded))]

    opening, frames, plotting, attaching = blocks(text, "python")
    assert ".df()" in frames  # pandas, polars and Altair: test_notebook.py has them
    assert "alt.Chart" in plotting
    names: dict[str, Any] = {}
    exec(opening, names)  # noqa: S102
    assert names["latest"].num_rows == 5
    assert names["hits"].num_rows > 0
    exec(attaching, names)  # noqa: S102
    assert names["found"][0] > 0


def test_search(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = page("docs/search.md")
    run(desk, text)
    (python,) = blocks(text, "python")
    names: dict[str, Any] = {}
    exec(python, names)  # noqa: S102
    assert names["table"].num_rows > 0
    assert re.search(r"│ +[1-9]\d* │", capfd.readouterr().out)


def test_import(desk: Path) -> None:
    text = page("docs/import.md")
    (listed,), (rows,) = blocks(text, "csv"), blocks(text, "jsonl")
    (desk / "list.csv").write_text(listed, encoding="utf-8")
    (desk / "rows.jsonl").write_text(rows, encoding="utf-8")
    (desk / "saved").mkdir()
    for name, title in {"ferries.html": "The ferries of the lake", "boats.html": "Boats for hire again"}.items():
        (desk / "saved" / name).write_text(saved(title), encoding="utf-8")
    assert "2 of them held already" not in run(desk, text)
    with open_published(Home(desk / "press")) as copy:
        assert copy.execute("""
            SELECT split_part(url, '/', 4), time_inferred FROM captures WHERE source = 'gazette.example' ORDER BY ALL
        """).fetchall() == [("boats", True), ("ferries", False), ("lamps", True)]
        assert copy.execute(
            "SELECT source, url LIKE 'urn:sha256:%' FROM articles WHERE url LIKE 'urn:%'"
        ).fetchall() == [("files", True)]


def saved(title: str) -> str:
    """A page as a browser saves it."""
    prose = "".join(
        f"<p>On day {n} the clerk counted {n * 7} of them, and asked where they went.</p>" for n in range(9)
    )
    return f'<html lang="en"><title>{title}</title><article><h1>{title}</h1>{prose}</article></html>'


def test_nothing_is_left_out_that_no_page_has() -> None:
    commands = [command for name in ("README.md", "docs/reading.md") for command in typed(page(name))]
    for beginning in LEFT:
        assert any(command.startswith(beginning) for command in commands), beginning
