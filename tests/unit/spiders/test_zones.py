"""A zone is found where the evidence leaves one, and called a guess where it leaves several."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.sampling import Offset
from spiders.zones import guess_zone, homes_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
COUNTRIES = {
    "DE": "Europe/Berlin",
    "JP": "Asia/Tokyo",
    "IN": "Asia/Kolkata",
    "GB": "Europe/London",
    "AT": "Europe/Vienna",
}


def written(zone: str, count: int = 12, step: int = 20) -> list[Offset]:
    """Times as a paper in a zone writes them, back through the year."""
    moments = [NOW - timedelta(days=step * n) for n in range(count)]
    shifts = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments]
    return [
        Offset(at, int(shift.total_seconds() // 60))
        for at, shift in zip(moments, shifts, strict=True)
        if shift is not None
    ]


@pytest.mark.parametrize(
    ("country", "language", "offsets", "zone", "sure"),
    [
        ("DE", "de", written("Europe/Berlin"), "Europe/Berlin", True),
        ("AT", "de", [], "Europe/Vienna", True),
        ("GB", "en", [], "Europe/London", True),
        ("US", "en", written("America/Chicago"), "America/Chicago", True),
        ("US", "en", written("America/New_York"), "America/New_York", True),
        (None, "ja", [], "Asia/Tokyo", False),
        (None, "de", written("Europe/Berlin"), "Europe/Berlin", False),
        (None, "en", [], None, False),
        (None, "en", [Offset(NOW, 0)] * 9, None, False),
        ("DE", "de", written("Asia/Kolkata"), None, False),
        (None, None, written("Europe/Berlin"), None, False),
        ("ZZ", "xx", [], None, False),
    ],
)
def test_what_the_evidence_leaves(
    country: str | None, language: str | None, offsets: list[Offset], zone: str | None, sure: bool
) -> None:
    found = guess_zone(offsets, country, language, NOW)
    assert (found.zone, found.sure) == (zone, sure), found
    assert found.because


@given(st.sampled_from(sorted(COUNTRIES)), st.integers(1, 40), st.integers(1, 9))
def test_a_country_with_one_zone_is_found_by_any_of_its_times(country: str, count: int, step: int) -> None:
    assert guess_zone(written(COUNTRIES[country], count, step), country, None, NOW).zone == COUNTRIES[country]


@given(st.text(max_size=8), st.none() | st.text(max_size=3), st.lists(st.integers(-1439, 1439), max_size=5))
def test_whatever_a_page_states_gives_an_answer(language: str, country: str | None, minutes: list[int]) -> None:
    found = guess_zone([Offset(NOW, one) for one in minutes], country, language, NOW)
    assert found.zone is None or ZoneInfo(found.zone)


def test_a_language_is_at_home_where_most_speak_it_first() -> None:
    assert homes_of("pt")[0] == "BR"
    assert homes_of("klingon") == ()
