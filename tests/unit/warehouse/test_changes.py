from datetime import timedelta

import pytest

import hemeroteca
from articles.model import LiveUpdate
from tests.builders import NOON, URL, article, entry, shown
from tests.unit.warehouse.loads import STAMP, load
from warehouse.home import Home
from warehouse.loading import replace_captures
from warehouse.outcomes import Outcome, without_reading
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.store import opened

HOUR = timedelta(hours=1)
A, B = article(updates=()), article(updates=(), title="Budget stopped")
C = article(updates=(), title="Budget stopped", text=A.text + "\n\nCorrection: it took eight hours.")
SHORT = "SELECT number, title, kind, changed, held_from, held_until, is_current FROM revisions ORDER BY number"


def missing(hours: int, url: str = URL) -> Outcome:
    found = without_reading(entry(url, NOON + hours * HOUR, "sha256:" + "f" * 64, status=410))
    assert found is not None
    return found


def test_a_version_that_comes_back_is_a_period_of_its_own(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b"), shown(A, NOON + 2 * HOUR, "a")])
    with opened(home) as store:
        assert store.rows(SHORT) == [
            (1, A.title, None, [], NOON, NOON + HOUR, False),
            (2, B.title, "headline", ["title"], NOON + HOUR, NOON + 2 * HOUR, False),
            (3, A.title, "headline", ["title"], NOON + 2 * HOUR, None, True),
        ]
        assert store.rows("SELECT count(*) FROM version_changes") == [(2,)]


def test_a_capture_between_two_others_parts_their_pair(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(C, NOON + 2 * HOUR, "c")])
    with opened(home) as store:
        assert store.rows("SELECT kind FROM version_changes") == [("correction",)]
    load(home, [shown(B, NOON + HOUR, "b")])
    with opened(home) as store:
        assert store.rows("SELECT kind FROM revisions ORDER BY number") == [(None,), ("headline",), ("correction",)]
        assert store.rows("SELECT count(*) FROM version_changes") == [(2,)]


def test_gone_is_a_period_without_a_version_until_the_article_is_seen_again(home: Home) -> None:
    load(home, [missing(-1), shown(A, NOON, "a"), missing(1), missing(2), shown(A, NOON + 3 * HOUR, "a"), missing(4)])
    with opened(home) as store:
        assert store.rows(SHORT) == [
            (1, A.title, None, [], NOON, NOON + HOUR, False),
            (2, None, "gone", [], NOON + HOUR, NOON + 3 * HOUR, False),
            (3, A.title, None, [], NOON + 3 * HOUR, NOON + 4 * HOUR, True),
            (4, None, "gone", [], NOON + 4 * HOUR, None, False),
        ]
        assert store.rows("SELECT gone_at FROM articles") == [(NOON + 4 * HOUR,)]


def test_what_comes_after_it_was_gone_is_compared_with_what_stood_before(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), missing(1), shown(B, NOON + 2 * HOUR, "b")])
    with opened(home) as store:
        assert store.rows("SELECT kind, from_version_id IS NULL FROM revisions ORDER BY number") == [
            (None, True),
            ("gone", False),
            ("headline", False),
        ]


def test_what_is_found_outweighs_what_is_not_at_the_same_instant(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), missing(0)])
    with opened(home) as store:
        assert store.rows("SELECT kind FROM revisions") == [(None,)]


def test_other_articles_do_not_take_part(home: Home) -> None:
    other = article(updates=(), url="https://tagblatt.example/other", title="Other")
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b"), shown(other, NOON + HOUR, "c"), missing(2, other.url)])
    with opened(home) as store:
        counted = "SELECT url, list(kind ORDER BY number) FROM revisions GROUP BY url ORDER BY url"
        assert store.rows(counted) == [(other.url, [None, "gone"]), (URL, [None, "headline"])]


def test_a_version_that_is_read_from_an_earlier_capture_is_compared_anew(home: Home) -> None:
    """Entries of a live blog are no part of a version's identity: those of its first capture count."""
    live = article(text=A.text + "\n\nMore.", updates=tuple(LiveUpdate(n, None, None, "An update.") for n in range(3)))
    load(home, [shown(A, NOON, "a"), shown(live, NOON + 2 * HOUR, "b")])
    with opened(home) as store:
        assert store.rows("SELECT kind FROM version_changes") == [("live",)]
    load(home, [shown(article(text=live.text, updates=()), NOON + HOUR, "c")])
    with opened(home) as store:
        assert store.rows("SELECT kind FROM version_changes") == [("body",)]


def test_captures_that_are_read_anew_take_their_changes_with_them(home: Home) -> None:
    late = shown(B, NOON + HOUR, "b")
    load(home, [shown(A, NOON, "a"), late])
    with opened(home) as store:
        replace_captures(store, [Outcome(late.entry, "article", result=A)], {}, STAMP)
        assert store.rows("FROM version_changes") == []
        assert store.rows("SELECT count(*), any_value(kind) FROM revisions") == [(1, None)]


def test_a_warehouse_from_before_is_compared_with_the_next_load(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b")])
    with opened(home) as store:
        expected = store.content_hash()
        store.rows("DELETE FROM version_changes")
        assert store.content_hash() != expected
        assert ("version_changes: the versions that followed one another") in dict(store.broken_checks())
    load(home, [])
    with opened(home) as store:
        assert store.content_hash() == expected


def test_what_is_known_of_an_article_grows_with_the_moment_asked_for(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b"), missing(2), shown(A, NOON + 3 * HOUR, "a")])
    columns = "title, versions, first_seen_at, last_seen_at, gone_at"
    with opened(home) as store:

        def known(hours: float) -> list[tuple[object, ...]]:
            return store.rows(f"SELECT {columns} FROM articles_as_of($1)", NOON + hours * HOUR)

        assert known(-0.5) == []
        assert known(0) == [(A.title, 1, NOON, NOON, None)]
        assert known(1) == [(B.title, 2, NOON, NOON + HOUR, None)]
        assert known(2) == [(B.title, 2, NOON, NOON + HOUR, NOON + 2 * HOUR)]
        assert known(9) == [(A.title, 2, NOON, NOON + 3 * HOUR, None)] == store.rows(f"SELECT {columns} FROM articles")


def test_both_tables_of_articles_have_the_same_columns(home: Home) -> None:
    with opened(home) as store:
        columns = [
            [row[:2] for row in store.rows(f"DESCRIBE FROM {name}")] for name in ("articles", "articles_as_of(now())")
        ]
        assert columns[0] == columns[1]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_answers_are_the_same_in_every_time_zone(home: Home, zone: str) -> None:
    load(home, [shown(A, NOON + 11 * HOUR, "a"), shown(B, NOON + 13 * HOUR, "b"), missing(30)])
    as_of = "SELECT title FROM articles_as_of('2026-11-21 00:59:59+00')"
    with opened(home) as store:
        expected = store.rows("FROM revisions ORDER BY number")
        store.connection.execute(f"SET TimeZone = '{zone}'")
        assert store.rows("FROM revisions ORDER BY number") == expected
        assert store.rows(as_of) == [(A.title,)]


def test_readers_ask_the_macro_too(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b")])
    publish(home, "load", "0.1.0", NOON)
    query = "SELECT title FROM articles_as_of('2026-11-20 12:30')"
    with open_published(home, guarded=True) as reader:
        assert reader.execute(query).fetchall() == [(A.title,)]
        assert reader.cursor().execute(query).fetchall() == [(A.title,)]
    with hemeroteca.open(home.root) as reader:
        assert reader.execute("SELECT kind FROM revisions ORDER BY number").fetchall() == [(None,), ("headline",)]


def test_changes_count_in_the_warehouse_hash_and_are_checked(home: Home) -> None:
    load(home, [shown(A, NOON, "a"), shown(B, NOON + HOUR, "b")])
    with opened(home) as store:
        expected = store.content_hash()
        store.rows("UPDATE version_changes SET load_id = 'other', indexed_at = now()")
        assert store.content_hash() == expected
        store.rows("UPDATE version_changes SET kind = 'lost', from_version_id = 'x'")
        assert store.content_hash() != expected
        store.rows("INSERT INTO version_changes FROM version_changes")
        broken = {check for check, _ in store.broken_checks() if check.startswith("version_changes")}
    assert {check.removeprefix("version_changes: ") for check in broken} == {
        "one row a pair",
        "a known kind",
        "the versions that followed one another",
    }
