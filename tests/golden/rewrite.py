"""Write what the extractor says today beside each golden page: `python -m tests.golden.rewrite`, then read the diff."""

import dataclasses
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from articles.extract import extract
from articles.model import Hints, Page

PAGES = Path(__file__).with_name("pages")
FETCHED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
NOT_JUDGED = {"extractor", "url"}
"""What changes with every version of a library."""


def expected(path: Path) -> Path:
    """The file that holds what a page must give."""
    return path.with_suffix(".json")


def result(path: Path) -> dict[str, Any]:
    """What the extractor says of a page, as plain values."""
    page = Page(
        f"https://zern.example/2026/{path.stem}", path.read_bytes(), FETCHED, hints=Hints(source_zone="Europe/Vienna")
    )
    record = dataclasses.asdict(extract(page))
    return {name: plain(value) for name, value in record.items() if name not in NOT_JUDGED}


def plain(value: Any) -> Any:
    """A value as JSON has it; a text as its lines, so that a diff shows which changed."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.split("\n") if isinstance(value, str) and "\n" in value else value


def main() -> None:
    """Rewrite every expectation."""
    for path in sorted(PAGES.glob("*.html")):
        expected(path).write_text(json.dumps(result(path), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
