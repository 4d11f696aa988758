"""Moments as pages write them."""

from datetime import UTC, datetime

import pytest

from articles import dates

NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "at", "precision", "zone"),
    [
        ("2026-03-03T18:20:00+01:00", "2026-03-03T17:20:00", "second", "+01:00"),
        ("2026-03-03T18:20Z", "2026-03-03T18:20:00", "minute", "UTC"),
        ("2026-03-03T18:20:00.123-0500", "2026-03-03T23:20:00", "second", "-05:00"),
        ("2026-03-03T18:20:00 01:00", "2026-03-03T17:20:00", "second", "+01:00"),
        ("20260303T182000Z", "2026-03-03T18:20:00", "second", "UTC"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03T10:00:00", "second", "UTC"),
        ("March 3, 2026 6:20 PM EST", "2026-03-03T23:20:00", "minute", "-05:00"),
        ("1772558400", "2026-03-03T17:20:00", "second", "UTC"),
        ("03.03.2026, 18:20 Uhr", "2026-03-03T18:20:00", "minute", None),
        ("3 mars 2026", "2026-03-03T00:00:00", "day", None),
        ("1er mars 2026", "2026-03-01T00:00:00", "day", None),
        ("1º de março de 2026", "2026-03-01T00:00:00", "day", None),
        ("2026年3月3日 18時20分", "2026-03-03T18:20:00", "minute", None),
    ],
)
def test_dates_are_read(raw: str, at: str, precision: str, zone: str | None) -> None:
    found = dates.moment(raw, "meta", NOW, None)
    assert found is not None
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert (found.precision, found.zone, found.raw) == (precision, zone, raw)


@pytest.mark.parametrize(
    "raw",
    ["", "yesterday", "March 2026", "10:00", "2026", "04/05/2025", "2999-01-01", "1970-01-01", "0001-01-01", "2026-02-31", "99999-12-31", "2026-03-07T00:00:00Z", "3 Mar 2026 10:00 IST"],
)  # fmt: skip
def test_what_states_no_day_gives_none(raw: str) -> None:
    assert dates.moment(raw, "meta", NOW, None) is None


def test_a_time_without_zone_is_the_papers() -> None:
    found = dates.moment("2026-03-03 00:30", "meta", NOW, "Europe/Berlin")
    assert found is not None
    assert found.at == datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert (found.day.isoformat(), found.zone, found.zone_source) == ("2026-03-03", "Europe/Berlin", "source")


def test_the_day_is_that_of_the_papers_zone() -> None:
    found = dates.moment("2026-03-03T23:30:00Z", "meta", NOW, "Asia/Tokyo")
    assert found is not None
    assert found.day.isoformat() == "2026-03-04"
