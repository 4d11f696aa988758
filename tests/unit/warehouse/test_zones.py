"""Every view answers the same in every time zone, on the days on which clocks change too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import article, entry, moment, shown
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.outcomes import without_reading
from warehouse.store import Store, opened

ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
EVENING = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)  # in New York the last evening of summer time
HOUR = timedelta(hours=1)


@pytest.fixture
def papers(home: Home) -> Home:
    """An agency's story, printed a day and two hours later by a paper that then corrects it, and is gone."""
    story = article(url="https://dpa.example/a", agencies=("dpa",), published=moment(EVENING))
    later = article(published=moment(EVENING + 26 * HOUR), modified_at=EVENING + 27 * HOUR)
    mended = article(published=moment(EVENING + 26 * HOUR), title="Council rejects budget")
    gone = without_reading(entry(later.url, EVENING + 60 * HOUR, "sha256:" + "f" * 64, status=404))
    assert gone is not None
    load(home, [shown(story, EVENING, "1"), shown(later, EVENING + 26 * HOUR, "2")])
    load(home, [shown(mended, EVENING + 50 * HOUR, "3"), gone])
    return home


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all views, instants as Python has them."""
    names = [
        str(name) for (name,) in store.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL")
    ]
    asked = [*names, "articles_as_of('2026-11-02 23:00:00+00')"]
    return {name: store.rows(f"SELECT * FROM {name} ORDER BY ALL") for name in asked}


def test_every_view_says_the_same_in_every_zone(papers: Home) -> None:
    with opened(papers) as store:
        store.rows("INSERT INTO sources BY NAME SELECT 'tagblatt' AS source, 'Europe/Berlin' AS zone")
        expected = everything(store)
        assert [name for name, rows in expected.items() if not rows] == ["crowds"]
        for zone in ZONES:
            store.connection.execute(f"SET TimeZone = '{zone}'")
            assert everything(store) == expected, zone
            assert max(store.rows("SELECT delay FROM wire_copy")) == (26 * HOUR,), zone


def test_a_bare_day_is_no_midnight_from_which_others_are_late(home: Home) -> None:
    """The agency prints at four, a paper says only the day: the story began at four, and the paper's delay is unknown."""
    four = moment(EVENING + 16 * HOUR)
    story = article(url="https://dpa.example/a", agencies=("dpa",), published=four)
    bare = article(url="https://courier.example/a", published=replace(moment(EVENING), precision="day"))
    torn = article(url="https://meridian.example/a", published=moment(EVENING), published_conflict=True)
    load(home, [shown(one, EVENING + 20 * HOUR, digest) for one, digest in ((story, "1"), (bare, "2"), (torn, "3"))])
    with opened(home) as store:
        assert store.rows("SELECT first_published_at FROM clusters") == [(EVENING + 16 * HOUR,)]
        delays = store.rows("SELECT domain, delay FROM wire_copy ORDER BY ALL")
    assert delays == [("courier.example", None), ("dpa.example", timedelta(0)), ("meridian.example", None)]


def test_who_prints_after_a_bare_day_has_no_delay(home: Home) -> None:
    """It was printed at some time of the day before: seven hours earlier, or thirty-one."""
    bare = article(url="https://dpa.example/a", agencies=("dpa",), published=replace(moment(EVENING), precision="day"))
    later = article(url="https://courier.example/a", published=moment(EVENING + 31 * HOUR))
    load(home, [shown(bare, EVENING + 40 * HOUR, "1"), shown(later, EVENING + 40 * HOUR, "2")])
    with opened(home) as store:
        assert store.rows("SELECT DISTINCT delay FROM wire_copy") == [(None,)]
