"""The journal: what is added counts from the next sync, and a torn last line never does."""

import json
from pathlib import Path

import pytest

from warehouse.journal import Event, Failed, Found, InForce, Journal, Refused, Visited, from_line, to_line, whole_lines

AT = "2026-11-20T08:00:00Z"
EVENTS: list[Event] = [
    Found(AT, "tagblatt", "https://e.example/ü", "https://e.example/feed", published="gestern"),
    Refused(AT, "tagblatt", "https://e.example/a", "robots", "forbidden"),
    Failed(AT, "tagblatt", "https://e.example/a", "timeout", again=False),
    Visited(AT, "tagblatt", "https://e.example/feed", "rss", 200, 7, '"e"', "Mon", "cut short"),
    InForce(AT, "tagblatt", {"delay": 5, "feeds": ["x"]}),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event)
def test_an_event_survives_its_line(event: Event) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line) == event


def test_lines_of_other_versions() -> None:
    row = json.loads(to_line(EVENTS[0]))
    assert from_line(json.dumps(row | {"colour": "red"})) == EVENTS[0]
    assert from_line(json.dumps({"event": "eclipse", "at": AT})) is None


def read(path: Path) -> list[Event | None]:
    return [from_line(line) for _, line in whole_lines(path)]


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


def test_a_torn_last_line_does_not_count_and_reading_goes_on_behind_the_last_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl"
    lines = [to_line(event).encode() + b"\n" for event in EVENTS]
    for cut in range(len(lines[-1])):
        path.write_bytes(b"".join(lines[:-1]) + lines[-1][:cut])
        assert read(path) == EVENTS[:-1]
    (*_, (end, _)) = whole_lines(path)
    path.write_bytes(b"".join(lines))
    assert [from_line(line) for _, line in whole_lines(path, end)] == EVENTS[-1:]
