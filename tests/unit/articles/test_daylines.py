"""Days within lines."""

from datetime import UTC, datetime

import pytest

from articles import dates, daylines

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Publié le 11 mars 2026 à 19h05, mis à jour le 12 mars 2026 à 8h10", "2026-03-11T19:05"),
        ("Jane Doe • 11 March 2026 at 7:15 am • Updated 12 March 2026", "2026-03-11T07:15"),
        ("11 mrt 2026 om 19:05", "2026-03-11T19:05"),
        ("نشر في 11 مارس 2026", "2026-03-11T00:00"),
        ("11 במרץ 2026, 19:05", "2026-03-11T19:05"),
        ("11 Μαρτίου 2026", "2026-03-11T00:00"),
        ("25/03/2026 19:05", "2026-03-25T19:05"),
        ("07:15, 11 MAR 2026", "2026-03-11T07:15"),
        ("7:15 AM EDT March 11, 2026", "2026-03-11T11:15"),
        ("Published 7:15 AM EDT March 11, 2026", "2026-03-11T11:15"),
        ("He scored at 3:45 on 3 May 2026", "2026-05-03T00:00"),
        ("Score 3:10, 3 May 2026", "2026-05-03T00:00"),
    ],
)
def test_the_day_in_a_line_comes_with_its_time(line: str, at: str) -> None:
    found = daylines.found_in(line)
    assert found is not None
    read = dates.moment(found, "text", NOW, None)
    assert read is not None
    assert read.at == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize("line", ["11/03/2026", "11 March 2026 and 12 March 2026", "Updated again", "1/2 2026"])
def test_what_may_be_two_days_is_none(line: str) -> None:
    assert daylines.found_in(line) is None
