"""Dates as feeds and sitemaps write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.dates import read_date


@pytest.mark.parametrize(
    "raw",
    [
        "0001-01-01T00:00:00+01:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59-05:00",
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
        "soon",
        " ",
    ],
)
def test_what_is_no_date_that_can_be_reckoned_with_is_none(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize("raw", ["2026-11-20T13:00:00+01:00", "2026-11-20T12:00:00", "Fri, 20 Nov 2026 12:00:00 GMT"])
def test_dates_are_instants_in_utc(raw: str) -> None:
    assert read_date(raw) == datetime(2026, 11, 20, 12, tzinfo=UTC)


@given(st.one_of(st.text(), st.datetimes(timezones=st.timezones()).map(datetime.isoformat)))
def test_whatever_a_feed_says_is_a_date_or_none(raw: str) -> None:
    assert read_date(raw) is None or read_date(raw).tzinfo is UTC  # type: ignore[union-attr]
