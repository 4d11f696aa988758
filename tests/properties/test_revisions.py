"""Revisions are a function of the set of captures: whatever the order, the batches, the repeats and the crashes."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.fingerprint import article_id, version_hash, version_id
from articles.model import Article, LiveUpdate, Photo
from articles.revisions import change, version_of
from tests.builders import NOON, article, entry, shown
from tests.empty import empty
from tests.unit.warehouse.loads import STAMP
from warehouse.loading import load_captures
from warehouse.outcomes import Outcome, without_reading
from warehouse.store import Store, opened

URLS = [f"https://tagblatt.example/{name}" for name in ("a", "b")]
TEXT = "The council passed the budget on Friday.\n\nIt took nine hours, and nobody left the hall."
CONTENTS: list[dict[str, Any]] = [
    {"text": TEXT},
    {"text": TEXT.upper()},
    {"text": TEXT, "title": "Budget passed"},
    {"text": TEXT + "\n\nCorrection: it took eight hours."},
    {"text": TEXT.replace("nine", "ten"), "photos": (Photo(0, "The hall", "AFP", "AFP", None, None),)},
]
VIEW = """
    SELECT url, number, version_id, from_version_id, held_from, held_until, last_seen_at, kind, changed, chars_added,
        chars_removed, title, is_current
    FROM revisions ORDER BY url, number"""
STATEMENTS = 70
"""More than a load runs, so that some are not cut off."""
PAIRS = "SELECT * EXCLUDE (load_id, indexed_at) FROM version_changes ORDER BY ALL"


@st.composite
def captures(draw: st.DrawFn) -> Outcome:
    """A capture whose content is a function of its digest; captures of one version differ in what is no part of it."""
    url, at = draw(st.sampled_from(URLS)), NOON + timedelta(hours=draw(st.integers(0, 5)))
    number = draw(st.integers(-1, 9))
    if number < 0:
        gone = without_reading(entry(url, at, "sha256:" + "f" * 64, status=404))
        assert gone is not None
        return gone
    updates = tuple(LiveUpdate(n, None, None, "An update.") for n in range(3 if number >= len(CONTENTS) else 0))
    return shown(article(url=url, updates=updates, **CONTENTS[number % len(CONTENTS)]), at, str(number))


def everything(store: Store) -> tuple[object, ...]:
    """What the warehouse says of revisions, in any time zone."""
    assert [check for check, _ in store.broken_checks() if "has a source" not in check] == []
    return store.rows(VIEW), store.rows(PAIRS), store.content_hash()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One warehouse for all examples: making one takes longer than any of them."""
    with opened(empty(tmp_path_factory.mktemp("home"))) as store:
        yield store


def loaded(store: Store, outcomes: Sequence[Outcome], cuts: Sequence[int] = ()) -> None:
    """Empty a warehouse and load captures in batches."""
    for (name,) in store.rows("SELECT table_name FROM duckdb_tables() WHERE NOT temporary"):
        if name not in ("generation", "schema_versions"):
            store.rows(f"DELETE FROM {name}")
    store.connection.execute("SET TimeZone = 'UTC'")
    for start, end in zip([0, *cuts], [*cuts, len(outcomes)], strict=True):
        load_captures(store, outcomes[start:end], {}, STAMP)


@settings(max_examples=12)
@given(st.lists(captures(), min_size=1, max_size=14), st.data())
def test_order_batches_and_repeats_make_no_difference(
    store: Store, outcomes: list[Outcome], data: st.DataObject
) -> None:
    loaded(store, outcomes)
    expected = everything(store)
    other = data.draw(st.permutations(outcomes)) + data.draw(st.lists(st.sampled_from(outcomes), max_size=4))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(other)), max_size=4)))
    loaded(store, other, cuts)
    assert everything(store) == expected


class Dying:
    """A connection that breaks off at one of its statements."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, after: int) -> None:
        self.connection = connection
        self.left = after
        self.committed = False

    def commit(self) -> None:
        self.connection.commit()
        self.committed = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def execute(self, *given: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.connection.execute(*given)


@settings(max_examples=15)
@given(st.lists(captures(), min_size=2, max_size=8), st.integers(0, STATEMENTS))
def test_what_was_cut_off_between_two_statements_is_done_by_the_next_run(
    store: Store, outcomes: list[Outcome], after: int
) -> None:
    loaded(store, outcomes)
    expected = everything(store)
    half = len(outcomes) // 2
    loaded(store, outcomes[:half])
    before = everything(store)
    connection = store.connection
    dying = Dying(connection, after)
    store.connection = dying  # type: ignore[assignment]
    with suppress(KeyboardInterrupt):
        load_captures(store, outcomes[half:], {}, STAMP)
    store.connection = connection
    assert everything(store) == (expected if dying.committed else before)
    load_captures(store, outcomes, {}, STAMP)
    assert everything(store) == expected


Seen = tuple[datetime, str, Article | None]


def events(outcomes: Sequence[Outcome], url: str) -> list[Seen]:
    """What was seen at an address, in order; at one instant what was found outweighs what was not."""
    found: dict[str, Seen] = {}
    for done in outcomes:
        if done.entry.final_url == url:
            at = datetime.fromisoformat(done.entry.captured_at)
            found[done.entry.capture_id] = (at, done.entry.digest, done.result)  # type: ignore[assignment]
    instants = {at for at, _, page in found.values() if page}
    kept = [seen for seen in found.values() if seen[2] or seen[0] not in instants]
    ordered = sorted(kept, key=lambda seen: seen[:2])
    first = next((place for place, seen in enumerate(ordered) if seen[2]), len(ordered))
    return ordered[first:]


def expected_periods(outcomes: Sequence[Outcome], url: str) -> list[tuple[object, ...]]:
    """The periods of an article, told from its captures in plain Python."""

    def identity(page: Article | None) -> str | None:
        return version_id(article_id(url), version_hash(page)) if page else None

    runs = [list(run) for _, run in groupby(events(outcomes, url), key=lambda seen: identity(seen[2]))]
    rows: list[tuple[object, ...]] = []
    previous: Article | None = None
    for place, run in enumerate(runs):
        page = run[0][2]
        until = runs[place + 1][0][0] if place + 1 < len(runs) else None
        kind = None if page else "gone"
        if page and previous and identity(page) != identity(previous):
            kind = change(version_of(previous), version_of(page)).kind
        rows.append((place + 1, identity(page), run[0][0], until, run[-1][0], kind))
        previous = page or previous
    return rows


@settings(max_examples=15)
@given(st.lists(captures(), min_size=1, max_size=14))
def test_the_view_tells_the_periods_that_captures_show(store: Store, outcomes: list[Outcome]) -> None:
    # Here a version's entries are a function of its content: whose they are is another test's matter.
    plain = [
        shown(article(**{**CONTENTS[int(done.entry.digest[-1]) % len(CONTENTS)], "url": done.entry.url, "updates": ()}),
              datetime.fromisoformat(done.entry.captured_at), done.entry.digest[-1])
        if done.result else done
        for done in outcomes
    ]  # fmt: skip
    query = (
        "SELECT number, version_id, held_from, held_until, last_seen_at, kind FROM revisions WHERE url = $1 ORDER BY 1"
    )
    loaded(store, plain)
    for url in URLS:
        assert store.rows(query, url) == expected_periods(plain, url)


@settings(max_examples=12)
@given(
    st.lists(captures(), min_size=1, max_size=14),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]),
    st.integers(-1, 5),
)
def test_the_articles_of_a_moment_are_those_of_a_warehouse_that_was_loaded_until_then(
    store: Store, outcomes: list[Outcome], zone: str, hour: int
) -> None:
    columns, moment = "* EXCLUDE (load_id, indexed_at)", NOON + timedelta(hours=hour)
    loaded(store, outcomes)
    store.connection.execute(f"SET TimeZone = '{zone}'")
    then = store.rows(f"SELECT {columns} FROM articles_as_of($1) ORDER BY url", moment)
    loaded(store, [done for done in outcomes if datetime.fromisoformat(done.entry.captured_at) <= moment])
    assert then == store.rows(f"SELECT {columns} FROM articles ORDER BY url")


def test_the_cuts_reach_the_last_statement_of_a_load(store: Store) -> None:
    loaded(store, [])
    counting = Dying(store.connection, 1_000)
    store.connection, connection = counting, store.connection  # type: ignore[assignment]
    both = [shown(article(**CONTENTS[n], updates=()), NOON + timedelta(hours=n), str(n)) for n in (0, 3)]
    load_captures(store, both, {}, STAMP)
    store.connection = connection
    assert 30 < 1_000 - counting.left <= STATEMENTS
