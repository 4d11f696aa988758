"""Docs that can fail: every setting, command, exit code, table and column is described."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command

from flows.cli import app
from flows.console import EXIT_CODES, INTERRUPTED, OTHER
from flows.sections import (
    CCNews,
    Extraction,
    Network,
    Revisits,
    RuleSettings,
    Section,
    SourceSettings,
    Wayback,
)
from tests.builders import NOON
from tests.docs.tables_page import tables_page
from warehouse.described import descriptions
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.reader import open_published

ROOT = Path(__file__).resolve().parents[2]


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("section", [Network, Revisits, Extraction, Wayback, CCNews, SourceSettings, RuleSettings])
def test_every_setting_is_described_as_the_code_does(section: type[Section]) -> None:
    text = page("docs/settings.md")
    for name, field in section.model_fields.items():
        assert re.search(rf"^\| `{name}` \|.*\| {re.escape(field.description or '')} \|$", text, re.MULTILINE), name


def test_every_exit_code_is_described() -> None:
    text = page("docs/exit-codes.md")
    for kind, code in EXIT_CODES.items():
        assert f"| {code} | `{kind.__name__}` |" in text
    for code in (0, 1, 2, OTHER, INTERRUPTED):
        assert f"\n| {code} | |" in text


@pytest.fixture
def copy(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader's connection to an archive without articles."""
    publish(home, "load", "0.1.0", NOON)
    with open_published(home, guarded=True) as connection:
        yield connection


def test_nothing_that_readers_see_is_without_a_comment(copy: duckdb.DuckDBPyConnection) -> None:
    here = "database_name = 'hemeroteca' AND NOT internal"
    said = copy.execute(f"""
        SELECT table_name, column_name, comment FROM duckdb_columns() WHERE {here}
        UNION ALL SELECT table_name, NULL, comment FROM duckdb_tables() WHERE {here}
        UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE {here}
        UNION ALL SELECT function_name, NULL, comment FROM duckdb_functions() WHERE {here}
    """).fetchall()
    assert {"articles", "photos", "about", "articles_as_of", "wire_copy"} <= {name for name, _, _ in said}
    assert [row for row in said if not row[2]] == []
    assert [row for row in said if not re.fullmatch(r"[^\n|]+[.?]", row[2])] == []


def test_nothing_is_described_that_is_not_there(copy: duckdb.DuckDBPyConnection) -> None:
    columns = set(copy.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall())
    told = descriptions()
    assert {(name, column) for name, one in told.of.items() for column in one.columns} - columns == set()
    assert {one.like for one in told.of.values()} - told.of.keys() == {None}
    assert told.common.keys() - {column for _, column in columns} == set()


def test_the_page_of_tables_is_made_of_the_comments(copy: duckdb.DuckDBPyConnection) -> None:
    assert page("docs/tables.md") == tables_page(copy), "write it anew with: make docs"


def test_the_readme_names_every_command() -> None:
    text = page("README.md")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"hemeroteca {name}" in text, name


def test_links_between_pages_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
