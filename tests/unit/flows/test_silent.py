"""Newspapers from which nothing came when something usually does."""

from datetime import timedelta

import pytest

from flows.silent import Silence, silences
from tests.builders import NOON
from tests.unit.warehouse.test_coverage import DAY, loaded, visited
from warehouse.captures import instant
from warehouse.home import Home
from warehouse.journal import InForce
from warehouse.publish import publish
from warehouse.store import opened

WEEK = 7 * DAY


@pytest.mark.parametrize(
    ("active", "looked", "articles", "told"),
    [(True, True, 0, True), (True, True, 1, False), (False, True, 0, False), (True, False, 0, False)],
)
def test_a_day_without_articles_is_told_once_where_there_usually_are_some(
    home: Home, active: bool, looked: bool, articles: int, told: bool
) -> None:
    yesterday = (NOON - DAY).date()
    state = InForce(
        instant(NOON - 3 * WEEK), "tagblatt", {"name": "Tagblatt", "active": active, "origin": "configured"}
    )
    loaded(home, [state, *(visited(NOON - timedelta(days=n)) for n in range(1 if looked else 2, 22))])
    with opened(home) as store:
        store.rows(  # one that was new a week ago, and is looked at again
            "INSERT INTO captures BY NAME SELECT 'tagblatt' AS source, 'article' AS outcome, '0' || ? AS article_id, "
            "?::DATE AS captured_date", str(yesterday - WEEK), yesterday,
        )  # fmt: skip
        for day, number in ((yesterday - 2 * WEEK, 3), (yesterday - WEEK, 5), (yesterday, articles)):
            store.rows(
                "INSERT INTO captures BY NAME SELECT 'tagblatt' AS source, 'article' AS outcome, n::VARCHAR || ? AS "
                "article_id, ?::DATE AS captured_date FROM range(?) AS numbers(n)",
                str(day), day, number,
            )  # fmt: skip
    publish(home, "load", "0", NOON)
    expected = [Silence("tagblatt", yesterday, 4.0)] if told else []
    assert silences(home, "now", NOON) == expected
    with opened(home) as store:
        for key, at in (("yesterday", NOON - DAY), ("now", NOON)):
            store.rows(
                "INSERT INTO loads BY NAME SELECT ? AS load_id, 'ingest' AS command, 'completed' AS status, "
                "'run' AS flow_run_id, ? AS finished_at", key, at,
            )  # fmt: skip
    publish(home, "load", "0", NOON)
    assert silences(home, "now", NOON) == expected
    assert silences(home, "later", NOON) == []
