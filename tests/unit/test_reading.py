"""What docs/reading.md says can be typed, typed."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

import hemeroteca
from articles.errors import NoHome
from tests.builders import NOON, article, shown
from tests.docs.snippets import blocks as blocks_of
from tests.docs.snippets import page
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.search.index import bring_up


def blocks(language: str) -> list[str]:
    return blocks_of(page("docs/reading.md"), language)


@pytest.fixture
def press(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An archive under the name that the page gives it, from where somebody works."""
    for number in range(3):
        title = f"Council passes budget {number}" if number else "It rains"
        load(home, [shown(article(url=f"https://tagblatt.example/{number}", title=title), digest=str(number))])
    publish(home, "load", "0.1.0", NOON)
    bring_up(home)
    (tmp_path / "press").symlink_to(home.root)
    monkeypatch.chdir(tmp_path)
    return home


@pytest.mark.usefixtures("press")
def test_tables_of_ones_own_stand_beside_the_copy() -> None:
    project, as_of = blocks("sql")
    with duckdb.connect("project.duckdb") as own:
        assert own.execute(project).fetchall() == [("tagblatt", "council", 2)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            own.execute("DELETE FROM press.captures")
    with duckdb.connect("project.duckdb") as again:  # another day, and a view that counts on ATTACH
        assert again.execute("SELECT count(*) FROM codes").fetchall() == [(2,)]
        assert again.execute(project).fetchall() == [("tagblatt", "council", 2)]
        assert again.execute(as_of).fetchall() == [("council", 2)]
        assert again.execute("SELECT count(*) FROM articles_as_of(now())").fetchall() == [(3,)]


@pytest.mark.usefixtures("press")
def test_python_gives_arrow_and_finds_a_newer_copy() -> None:
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)  # noqa: S102
    assert names["latest"].column_names == [name for name, *_ in names["db"].sql("FROM latest").description]
    assert names["latest"].num_rows == 3
    assert names["hits"].num_rows == 3


def test_a_folder_that_is_no_archive_is_named_as_python_has_it(tmp_path: Path) -> None:
    with pytest.raises(NoHome, match=r"^home names .*press, which holds no hemeroteca\.toml"):
        hemeroteca.open(tmp_path / "press")


def test_a_copy_that_is_opened_by_hand_read_only_answers_as_ever(press: Home) -> None:
    """As `duckdb -readonly` and DBeaver open it; every view can be read, and nothing can be written."""
    with hemeroteca.open(press.root) as ours, duckdb.connect("press/hemeroteca.duckdb", read_only=True) as theirs:
        theirs.execute("SET TimeZone = 'UTC'")
        views = ours.execute("SELECT view_name FROM duckdb_views() WHERE database_name = 'hemeroteca' AND NOT internal")
        for (view,) in views.fetchall():
            found, expected = (db.sql(f"FROM {view}").fetchall() for db in (theirs, ours))
            assert sorted(map(repr, found)) == sorted(map(repr, expected)), view
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            theirs.execute("DELETE FROM captures")
    assert not Path("press/hemeroteca.duckdb.wal").exists()
