"""From Python: the example notebook on the demo's archive, pandas and polars."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import hemeroteca
from examples.notebooks import __path__ as notebooks
from tests.docs.snippets import blocks, page
from tests.end_to_end.command import hemeroteca as command

for package in ("altair", "marimo", "pandas", "polars"):
    pytest.importorskip(package, reason="not installed: make test-notebook")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "papers"
    command("demo", "--folder", folder)
    return folder


@pytest.fixture
def db(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with hemeroteca.open(demo) as db:
        yield db


def test_the_notebook_plots_what_the_archive_answers(
    demo: Path, db: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = importlib.import_module("examples.notebooks.coverage").app
    monkeypatch.setenv("HEMEROTECA_HOME", str(demo))
    _, held = app.run()
    count = db.sql("SELECT count(*) FROM articles").fetchall()[0][0]
    assert held["articles"] == count > 60
    assert sum(held["coverage"]["articles"].to_pylist()) == count
    assert {"articles", "not looked"} <= set(held["coverage"]["state"].to_pylist())
    assert sum(held["wire"]["printed"].to_pylist()) == count
    assert 0 < max(held["wire"]["share"].to_pylist()) < 1
    assert held["headlines"].select(["before", "after"]).to_pylist() == [
        {
            "before": "Dachstuhl der alten Mälzerei in Flammen",
            "after": "Feuer in der alten Mälzerei ist gelöscht, der Giebel verloren",
        }
    ]
    marks = {name: held[name].to_dict() for name in ("by_day", "wire_share", "headline_changes")}
    assert [layer["mark"]["type"] for layer in marks["by_day"]["layer"]] == ["rect", "rect"]
    assert marks["wire_share"]["mark"]["type"] == "bar"
    (points,) = marks["headline_changes"]["datasets"].values()
    assert [point["hours"] > 0 for point in points] == [True]


def test_the_notebook_runs_as_a_script_and_takes_the_home(demo: Path) -> None:
    script = Path(notebooks[0]) / "coverage.py"
    subprocess.run([sys.executable, script, "--home", demo], check=True, cwd=demo.parent, timeout=120)
    done = subprocess.run(
        [sys.executable, script, "--home", demo / "nowhere"], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode != 0
    assert "holds no hemeroteca.toml" in done.stderr


def test_pandas(db: duckdb.DuckDBPyConnection) -> None:
    frame = db.sql("SELECT source, published_at, authors FROM articles").df()
    assert str(frame["published_at"].dt.tz) == "UTC"
    assert len(frame) == len(db.sql("FROM articles"))


def test_polars(db: duckdb.DuckDBPyConnection) -> None:
    pl = importlib.import_module("polars")
    frame = db.sql("SELECT source, published_at, authors FROM articles").pl()
    assert frame.schema["authors"] == pl.List(pl.String)
    assert frame.schema["published_at"] == pl.Datetime("us", "UTC")
    assert len(frame) == len(db.sql("FROM articles"))
    assert (
        db.sql("SELECT epoch(delay) AS seconds FROM wire_copy").pl()["seconds"].min() == 0
    )  # polars knows no intervals
    for name in ("articles", "revisions", "coverage", "source_health", "collection_log", "loads"):
        assert len(db.sql(f"FROM {name}").pl()) == len(db.sql(f"FROM {name}"))


def test_the_plot_that_the_docs_make_is_one(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = (block for block in blocks(page("docs/reading.md"), "python") if "alt.Chart" in block)
    (tmp_path / "press").symlink_to(demo)
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102
    assert '"mark": {"type": "bar"}' in (tmp_path / "months.html").read_text("utf-8")
