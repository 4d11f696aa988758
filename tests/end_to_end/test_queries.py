"""The questions of `docs/queries.md`, asked of the archive that the page speaks of."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.docs.archive import AFTERWARDS, afterwards
from tests.docs.queries_page import Question, questions
from warehouse.home import Home
from warehouse.reader import open_published

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "queries.md").read_text("utf-8")
QUESTIONS = questions(PAGE)
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")

each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.number))


@pytest.fixture(scope="module")
def copy(demo: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader's connection to the page's archive."""
    folder = tmp_path_factory.mktemp("asked") / "demo"
    shutil.copytree(demo.root, folder)
    with open_published(afterwards(Home(folder))) as connection:
        yield connection


@pytest.fixture(autouse=True)
def in_utc(copy: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Leave the connection as it was."""
    yield
    copy.execute("SET TimeZone = 'UTC'")


def test_there_are_twenty_five_of_them() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 26))
    assert f"import examples/{AFTERWARDS.name} --source courier" in PAGE


@each
def test_each_says_what_it_counts(question: Question) -> None:
    assert re.search(r"\*Counts\s[^*]*\*", question.prose)


@each
def test_the_page_has_the_answer_of_the_archive(question: Question, copy: duckdb.DuckDBPyConnection) -> None:
    head, rows = question.ask(copy)
    assert rows, "an answer without rows shows nothing"
    assert question.shown(head, rows) == question.answer, "write it anew with: make docs"


@each
@pytest.mark.parametrize("zone", ZONES)
def test_the_answer_is_the_same_in_every_zone(question: Question, zone: str, copy: duckdb.DuckDBPyConnection) -> None:
    expected = question.ask(copy)
    copy.execute(f"SET TimeZone = '{zone}'")
    assert question.ask(copy) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_every_table_and_view_is_fetched_and_the_same_in_every_zone(zone: str, copy: duckdb.DuckDBPyConnection) -> None:
    names = [name for (name,) in copy.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
    asked = {*names, "articles_as_of('2026-11-21 12:00:00+00')"}
    assert {"articles", "coverage", "wire_copy", "photos", "about"} <= asked

    def rows(name: str) -> list[tuple[object, ...]]:
        return copy.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()

    expected = {name: rows(name) for name in asked}
    assert {name for name, found in expected.items() if not found} <= {"quarantine", "unlinked", "crowds"}
    copy.execute(f"SET TimeZone = '{zone}'")
    assert {name: rows(name) for name in asked} == expected
