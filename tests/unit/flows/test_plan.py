from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.errors import BadDate
from flows.plan import BackfillRequest, Via, Window, day_of, in_order, plan_source
from tests.builders import NOON
from tests.unit.flows.test_frontier import candidate

OCTOBER = BackfillRequest(("tagblatt",), date(2026, 10, 1), date(2026, 10, 31))
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadDate, match="2026-10-01"):
        Window(date(2026, 10, 1), date(2026, 9, 30))


@pytest.mark.parametrize(("margin", "via"), [(None, "warc"), (0, "sitemap"), (10**9, "wayback")])
def test_a_window_may_be_open_at_both_ends(margin: int | None, via: Via) -> None:
    asked = BackfillRequest(("tagblatt",), date.min, date.max, via, capture_margin=margin)
    for window in (asked.window(), asked.reach(), asked.changes()):
        assert window.holds(date(1850, 1, 1))
        assert window.holds(date(2999, 12, 31))
        assert window.last + timedelta(days=2) > window.last


@pytest.mark.parametrize(
    ("shown", "zone", "expected"),
    [
        ({"published_raw": "2026-10-31T23:30:00Z"}, BERLIN, date(2026, 11, 1)),
        ({"published_raw": "2026-10-31T23:30:00Z"}, UTC, date(2026, 10, 31)),
        ({"published_raw": "2026-10-31"}, TOKYO, date(2026, 10, 31)),
        ({"published_raw": "Sat, 31 Oct 2026 20:00:00 GMT"}, TOKYO, date(2026, 11, 1)),
        ({"url": "https://p.example/2026/10/05/x.html"}, UTC, date(2026, 10, 5)),
        ({"url": "https://p.example/news/20261005/x"}, UTC, date(2026, 10, 5)),
        ({"url": "https://p.example/2026-10-05-x"}, UTC, date(2026, 10, 5)),
        ({"url": "https://p.example/2026/02/31/x"}, UTC, None),
        ({"url": "https://p.example/12345678/x"}, UTC, None),
        ({"modified_raw": "2026-10-05"}, UTC, None),
        ({"url": "https://p.example/2026/10/05/x", "modified_raw": "2026-11-05"}, UTC, date(2026, 10, 5)),
        ({"published_raw": "gestern"}, UTC, None),
        ({}, UTC, None),
    ],
)
def test_the_day_an_address_belongs_to(shown: dict[str, str], zone: ZoneInfo, expected: date | None) -> None:
    assert day_of(candidate(**shown), zone) == expected


def test_a_plan_counts_what_it_shows() -> None:
    found = [
        candidate(url="https://p.example/1", published_raw="2026-10-05"),
        candidate(url="https://p.example/2", published_raw="2026-10-06", captured_at=NOON, outcome="article"),
        candidate(url="https://p.example/3", published_raw="2026-09-06"),
        candidate(url="https://p.example/4"),
        candidate(url="https://p.example/5", published_raw="2026-10-06", source="other"),
    ]
    part, missing = plan_source(found, "tagblatt", OCTOBER, "Europe/Berlin", 30.0)
    assert [c.url for c in missing] == ["https://p.example/1", "https://p.example/4"]
    assert (part.found, part.outside, part.undated, part.known, part.to_fetch, part.minutes) == (4, 1, 1, 1, 2, 1.0)
    assert part.known + part.to_fetch == part.found - part.outside


@pytest.mark.parametrize(
    ("modified", "margin", "taken", "later"),
    [
        ("2026-09-30", None, False, 0),  # published then or before
        ("2026-10-05", None, True, 0),
        ("2026-11-12T08:00:00Z", None, False, 1),  # or corrected later
        ("2026-11-12T08:00:00Z", 31, True, 0),
        ("2026-12-02", 31, False, 1),
    ],
)
def test_a_change_says_that_a_page_was_published_then_or_before(
    modified: str, margin: int | None, taken: bool, later: int
) -> None:
    request = replace(OCTOBER, capture_margin=margin)
    part, missing = plan_source([candidate(modified_raw=modified)], "tagblatt", request, "Europe/Berlin", 30.0)
    assert (len(missing) == 1, part.changed_later) == (taken, later)


def test_what_is_held_is_not_missed() -> None:
    held = candidate(modified_raw="2026-12-02", captured_at=NOON, outcome="article")
    assert plan_source([held], "tagblatt", OCTOBER, None, 0)[0].changed_later == 0


def test_the_evening_of_the_last_day_is_within_reach_in_every_zone() -> None:
    assert replace(OCTOBER, capture_margin=0).reach() == Window(date(2026, 9, 30), date(2026, 11, 1))


def test_a_page_whose_last_try_may_pass_is_missing_yet() -> None:
    failed = candidate(published_raw="2026-10-05", captured_at=NOON, outcome="failed")
    part, missing = plan_source([replace(failed, passing=True)], "tagblatt", OCTOBER, None, 0)
    assert (len(missing), part.known, part.to_fetch) == (1, 0, 1)
    assert not plan_source([failed], "tagblatt", OCTOBER, None, 0)[1]


def test_pages_come_in_the_order_asked_and_undated_ones_last() -> None:
    days = [candidate(url=f"https://p.example/{n}", published_raw=f"2026-10-0{n}") for n in (2, 1, 3)]
    undated = candidate(url="https://p.example/u")
    assert [c.url[-1] for c in in_order([undated, *days], "newest", None)] == ["3", "2", "1", "u"]
    assert [c.url[-1] for c in in_order([undated, *days], "oldest", 2)] == ["1", "2"]


def test_a_modification_orders_where_nothing_else_does() -> None:
    early = candidate(url="https://p.example/a", modified_at=NOON - timedelta(days=1))
    late = candidate(url="https://p.example/b", modified_at=NOON)
    assert [c.url[-1] for c in in_order([early, late], "newest", None)] == ["b", "a"]
