"""`status` for a person: a terminal of eighty cells, and no table where there is nothing."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows import console
from flows.cli import app
from flows.commands import status
from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import load
from warehouse.clock import now
from warehouse.home import Home
from warehouse.publish import publish


def drawn(head: list[str], rows: list[tuple[object, ...]], title: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    screen = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    for module in (console, status):
        monkeypatch.setattr(module, "out", screen)
    status.say(title, head, rows)
    return screen.file.getvalue().splitlines()  # type: ignore[attr-defined, no-any-return]


def test_sources_stand_on_a_line_each_at_eighty_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    head = ["source", "origin", "active", "articles", "failed", "last_success_at", "last_article_at", "failing_feeds"]
    at = now().replace(month=3, day=4, hour=10, minute=5)
    rows = [("tagblatt", "configured", True, 12_345, 12, at, datetime(2019, 1, 2, 3, 4, tzinfo=UTC), 0)]
    _, _, heads, _, row, *_ = drawn(head, rows, "sources", monkeypatch)
    assert [cell.strip() for cell in heads.strip("┃").split("┃")] == [
        "source", "articles", "failed", "last success", "last article", "failing feeds",
    ]  # fmt: skip
    assert "03-04 10:05" in row
    assert "2019-01-02" in row


def test_what_is_not_visited_and_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = [(f"paper{n}", False) for n in range(status.ROWS_SHOWN + 5)]
    lines = drawn(["source", "active"], rows, "sources", monkeypatch)
    assert "paper0 (inactive)" in lines[4]
    assert "5 more: --json" in lines
    assert sum("paper" in line for line in lines) == status.ROWS_SHOWN


def test_days_and_reasons_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = [(date(2019, 5, 6), {"http 404": 1, "robots": 2})]
    assert "│ 2019-05-06 │ http 404: 1, robots: 2 │" in drawn(["day", "reasons"], rows, "last days", monkeypatch)


def test_nothing_is_no_table(home: Home) -> None:
    load(home, [shown(article())])
    publish(home, "load", "0.1.0", NOON)
    home.settings.touch()
    said = CliRunner().invoke(app, ["status", "--home", str(home.root)]).output
    assert "feeds at fault: none" in said
    assert "1 article in 1 version, from 1 capture" in said
    listed = json.loads(CliRunner().invoke(app, ["status", "--json", "--home", str(home.root)]).output)
    assert listed["feeds at fault"] == []
