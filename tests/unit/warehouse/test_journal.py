"""The journal: what is added counts from the next sync."""

from pathlib import Path

import pytest

from warehouse.journal import Event, Failed, Found, InForce, Journal, Refused, Visited, from_row, to_row
from warehouse.lines import Line, read_lines

AT = "2026-11-20T08:00:00Z"
EVENTS: list[Event] = [
    Found(AT, "tagblatt", "https://e.example/ü", "https://e.example/feed", published="gestern"),
    Refused(AT, "tagblatt", "https://e.example/a", "robots", "forbidden"),
    Failed(AT, "tagblatt", "https://e.example/a", "timeout", again=False),
    Visited(AT, "tagblatt", "https://e.example/feed", "rss", 200, 7, '"e"', "Mon", "cut short"),
    InForce(AT, "tagblatt", {"delay": 5, "feeds": ["x"]}),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event)
def test_an_event_survives_its_row(event: Event) -> None:
    assert from_row(to_row(event)) == event


def test_rows_of_other_versions() -> None:
    assert from_row(to_row(EVENTS[0]) | {"colour": "red"}) == EVENTS[0]
    assert from_row({"event": "eclipse", "at": AT}) is None


def read(path: Path) -> list[Event | None]:
    return [from_row(line.row) for line in read_lines(path) if isinstance(line, Line)]


def test_events_are_appended_group_by_group(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "w")
    journal.sync()
    assert not journal.path.exists(), "nothing to say makes no file"
    journal.add(EVENTS[0])
    assert not journal.path.exists()
    journal.sync()
    with journal:
        journal.add(EVENTS[1])
    assert read(tmp_path / "journal" / "w.jsonl") == EVENTS[:2]
