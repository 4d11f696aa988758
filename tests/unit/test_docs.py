"""Docs that can fail: every setting, command, exit code, table and column is described."""

import re
from pathlib import Path

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
from warehouse.home import Home
from warehouse.store import opened

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


def test_every_table_view_and_column_is_described(home: Home) -> None:
    text = page("docs/tables.md")
    with opened(home) as store:
        columns = store.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'main' ORDER BY ALL"
        )
        internal = {"schema_versions"}
    sections = dict(re.findall(r"^## `(\w+)`(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    for table, column in columns:
        if table not in internal:
            assert f"`{column}`" in sections[str(table)], f"{table}.{column}"


def test_every_macro_is_described(home: Home) -> None:
    text = page("docs/tables.md")
    with opened(home) as store:
        macros = store.rows(
            "SELECT function_name, parameters FROM duckdb_functions() "
            "WHERE function_type = 'table_macro' AND NOT internal"
        )
    assert macros
    for name, parameters in macros:
        assert f"## `{name}({', '.join(parameters)})`" in text, name  # type: ignore[arg-type]


def test_the_readme_names_every_command() -> None:
    text = page("README.md")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"hemeroteca {name}" in text, name


def test_links_between_pages_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
