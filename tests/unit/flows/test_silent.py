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


@pytest.mark.parametrize(("active", "articles"), [(True, 0), (True, 1), (False, 0)])
def test_a_day_without_articles_is_told_where_there_usually_are_some(home: Home, active: bool, articles: int) -> None:
    yesterday = (NOON - DAY).date()
    state = InForce(
        instant(NOON - 3 * WEEK), "tagblatt", {"name": "Tagblatt", "active": active, "origin": "configured"}
    )
    loaded(home, [state, *(visited(NOON - timedelta(days=n)) for n in range(1, 22))])
    with opened(home) as store:
        for day, number in ((yesterday - 2 * WEEK, 3), (yesterday - WEEK, 5), (yesterday, articles)):
            store.rows(
                "INSERT INTO captures BY NAME SELECT 'tagblatt' AS source, 'article' AS outcome, n::VARCHAR || ? AS "
                "article_id, ?::DATE AS captured_date FROM range(?) AS numbers(n)",
                str(day), day, number,
            )  # fmt: skip
    publish(home, "load", "0", NOON)
    expected = [Silence("tagblatt", yesterday, 4.0)] if active and not articles else []
    assert silences(home, NOON) == expected
