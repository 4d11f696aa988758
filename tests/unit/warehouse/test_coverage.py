"""What the views say of how collecting went."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.empty import empty
from tests.unit.warehouse.loads import STAMP
from warehouse.captures import instant
from warehouse.events import load_journal
from warehouse.home import Home
from warehouse.journal import Event, Failed, Found, InForce, Journal, Refused, Visited
from warehouse.store import opened

FIRST = datetime.fromisoformat("2026-10-05T08:00:00+00:00")
DAY = timedelta(days=1)
RSS = "https://tagblatt.example/rss"
URL = "https://tagblatt.example/"


def loaded(home: Home, events: list[Event]) -> None:
    with Journal(home.archive, "writer") as journal:
        for event in events:
            journal.add(event)
    with opened(home) as store:
        load_journal(store, home.archive, STAMP)


def visited(at: datetime, new: int | None = 0, error: str | None = None) -> Visited:
    return Visited(
        instant(at), "tagblatt", RSS, "rss", None if error else 200, 0 if error else 10, error=error, new=new
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A week of one newspaper: two days on which its feed failed, one on which nobody looked."""
    home = empty(tmp_path)
    at = [FIRST + n * DAY for n in range(7)]
    events: list[Event] = [
        InForce(instant(at[0]), "tagblatt", {"name": "Tagblatt", "active": True, "origin": "configured"})
    ]
    events += [visited(at[n], new) for n, new in ((0, None), (1, 2), (5, 0), (6, 1))]
    events += [visited(at[n], error="HTTP status 500") for n in (2, 3)]
    events += [Found(instant(at[n]), "tagblatt", f"{URL}{n}", RSS) for n in (0, 1, 6)]
    events += [
        Refused(instant(at[1]), "tagblatt", f"{URL}r", "robots", "forbidden", RSS),
        Failed(instant(at[1]), "tagblatt", f"{URL}f", "timeout", "60 s", True, RSS),
        Failed(instant(at[1]), "tagblatt", f"{URL}g", "timeout", "60 s", True, RSS),
    ]
    loaded(home, events)
    return home


def test_each_day_says_whether_anybody_looked(home: Home) -> None:
    with opened(home) as store:
        days = store.rows("SELECT day, looked, visits, failed_visits, found FROM collection_log ORDER BY day")
    first = date(2026, 10, 5)
    assert days == [
        (first, True, 1, 0, 1),
        (first + DAY, True, 1, 0, 1),
        (first + 2 * DAY, False, 1, 1, 0),
        (first + 3 * DAY, False, 1, 1, 0),
        (first + 4 * DAY, False, 0, 0, 0),
        (first + 5 * DAY, True, 1, 0, 0),
        (first + 6 * DAY, True, 1, 0, 1),
    ]


def test_each_reason_for_not_is_counted(home: Home) -> None:
    with opened(home) as store:
        rows = store.rows("SELECT failed, skipped, articles, reasons FROM collection_log ORDER BY day LIMIT 2")
    assert rows == [(0, 0, 0, {}), (2, 1, 0, {"robots": 1, "timeout": 2})]


def test_what_is_usual_is_the_median_of_the_same_weekdays_before(tmp_path: Path) -> None:
    home = empty(tmp_path)
    loaded(home, [visited(FIRST + n * DAY) for n in range(29)])
    with opened(home) as store:
        for week, articles in enumerate((1, 5, 3, 9)):
            for number in range(articles):
                store.rows(
                    "INSERT INTO captures BY NAME SELECT 'tagblatt' AS source, 'article' AS outcome, ? AS article_id, "
                    "CAST(? AS DATE) AS captured_date",
                    f"{week} {number}", (FIRST + 7 * week * DAY).date(),
                )  # fmt: skip
        mondays = store.rows("SELECT articles, usual FROM collection_log WHERE dayofweek(day) = 1 ORDER BY day")
    assert mondays == [(1, None), (5, 1), (3, 3), (9, 3), (0, 4)]


def test_a_source_says_how_it_fares(home: Home) -> None:
    with opened(home) as store:
        row = store.rows("SELECT last_success_at, last_new_at, feeds, failing_feeds, faults FROM source_health")
    assert row == [(FIRST + 6 * DAY, FIRST + 6 * DAY, 1, 0, None)]


def test_the_same_in_every_time_zone(home: Home) -> None:
    with opened(home) as store:
        query = "SELECT * FROM collection_log ORDER BY day"
        here = store.rows(query)
        for zone in ("Asia/Tokyo", "America/New_York"):
            store.rows(f"SET TimeZone = '{zone}'")
            assert store.rows(query) == here


def test_a_capture_from_the_future_makes_no_days_of_nothing(home: Home) -> None:
    with opened(home) as store:
        before = store.rows("SELECT max(day) FROM collection_log")
        store.rows(
            "INSERT INTO captures BY NAME SELECT 'tagblatt' AS source, 'article' AS outcome, DATE '2062-01-01' AS "
            "captured_date, TIMESTAMPTZ '2062-01-01 00:00:00+00' AS captured_at, now() AS indexed_at"
        )
        assert store.rows("SELECT max(day) FROM collection_log") == before


def test_a_feed_that_the_settings_name_no_more_is_no_fault(home: Home) -> None:
    """It failed, and was not asked again in a month in which the others were."""
    with opened(home) as store:
        store.rows("INSERT INTO feeds BY NAME SELECT * REPLACE (url || '2' AS url, 3 AS failures) FROM feeds")
        assert store.rows("SELECT feeds, failing_feeds FROM source_health") == [(2, 1)]
        store.rows("UPDATE feeds SET last_attempt_at = last_attempt_at - INTERVAL 31 DAY WHERE failures = 3")
        assert store.rows("SELECT feeds, failing_feeds FROM source_health") == [(1, 0)]
