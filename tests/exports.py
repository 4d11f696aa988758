"""A published archive of invented articles, and exports of it, for tests."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.exporting import Exported, ExportRequest, export
from flows.progress import Silent
from tests.builders import article, entry, moment
from tests.unit.warehouse.loads import load
from warehouse.captures import Context
from warehouse.exports.question import Question
from warehouse.home import Home
from warehouse.outcomes import Outcome
from warehouse.publish import publish

PUBLISHED = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
FIRST = datetime(2026, 9, 20, 12, tzinfo=UTC)
SOURCES = ("courier", "tagblatt", "1843")


def outcome(number: int, **given: Any) -> Outcome:
    """An article of one of three papers, published every other day; every seventh has no date."""
    source = given.pop("source", SOURCES[number % len(SOURCES)])
    rights = given.pop("rights", ())
    at = FIRST + timedelta(days=2 * number)
    plain: dict[str, Any] = {
        "url": f"https://{source}.example/{number}",
        "title": f'=HYPERLINK("{number}"; "x")' if number % 5 == 0 else f"Budget {number}",
        "text": f"The council of the {number}th district met.\n\n- the {number}th point;=1+1\n- another",
        "published": None if number % 7 == 3 else moment(at),
        "language": "de" if number % 2 else "en",
    }
    found = article(**{**plain, **given})
    shown = entry(
        found.url, FIRST + timedelta(days=100), f"sha256:{number:064x}", context=Context(source, rights=rights)
    )
    return Outcome(shown, "article", result=found)


def archive_of(count: int, folder: Path) -> Home:
    """An archive whose published copy has so many articles, in an empty folder."""
    home = Home(folder)
    home.settings.touch()
    return published(home, [outcome(number) for number in range(count)])


def published(home: Home, outcomes: Sequence[Outcome], at: datetime = PUBLISHED) -> Home:
    """A home whose published copy has these articles."""
    load(home, outcomes)
    publish(home, "20261120T120000Z-abcdef", "test", at)
    return home


def exported(home: Home, output: Path, form: Any = "jsonl", *, again: bool = False, **asked: Any) -> Exported:
    """Export a home."""
    return export(home, ExportRequest(output, Question(form, **asked), again), Silent())


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(folder: Path) -> list[dict[str, Any]]:
    """The articles of an export in JSON lines."""
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def numbers(folder: Path) -> set[int]:
    """Which of the invented articles an export in JSON lines has."""
    return {int(row["url"].rpartition("/")[2]) for row in rows(folder)}
