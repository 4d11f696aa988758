"""Options that many commands share."""

from datetime import date

import pytest
import typer

from flows.cli_options import day


def test_a_day_of_the_calendar() -> None:
    assert day("2026-09-30") == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-09-31", "there is no 2026-09-31"),
        ("01.09.2026", "write a day as year-month-day"),
        ("2026-9-1", "write a day as year-month-day"),
    ],
)
def test_what_is_no_day_is_said_as_what_it_is(text: str, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        day(text)
