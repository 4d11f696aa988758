"""The frontier: what is due, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.frontier import Candidate, due, fair, wanted
from flows.frontier import found as listed
from tests.empty import empty
from tests.unit.warehouse.loads import STAMP
from warehouse.captures import instant
from warehouse.events import held_feeds, load_journal
from warehouse.home import Home
from warehouse.journal import Event, Found, InForce, Journal, Visited
from warehouse.store import Store, opened

NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://tagblatt.example/rain"


@dataclass(frozen=True)
class Taken:
    """A capture of the page under test."""

    after: timedelta
    outcome: str = "article"
    version: str | None = "v1"
    status: int | None = 200
    reason: str | None = None
    again: timedelta | None = None


def failed(after: timedelta, status: int | None = 503) -> Taken:
    return Taken(after, "failed", None, status, f"http {status}", 15 * MINUTE if status in (404, 503) else None)


def why(
    home: Path,
    taken: Sequence[Taken],
    now: timedelta,
    modified: timedelta | None = None,
    shown: timedelta = timedelta(0),
) -> str | None:
    """What speaks for fetching a page that was found at noon, if anything does."""
    with opened(Home(home)) as store:
        source(store)
        found(store, URL, modified and NOON + modified, NOON + shown)
        for capture in taken:
            captured(store, URL, capture)
        return next((candidate.why for candidate in due(store, ["tagblatt"], NOON + now)), None)


def source(store: Store) -> None:
    store.rows("INSERT INTO sources BY NAME SELECT 'tagblatt' AS source, [0.5, 2, 8, 24]::DOUBLE[] AS revisit_hours")


def found(store: Store, url: str, modified: datetime | None, shown: datetime = NOON) -> None:
    store.rows(
        "INSERT INTO found BY NAME SELECT ? AS url, 'tagblatt' AS source, ? AS modified_at, ? AS first_found_at, "
        "? AS last_found_at, ? AS changed_at",
        url, modified, NOON, shown, shown,
    )  # fmt: skip


def captured(store: Store, url: str, taken: Taken, why: str | None = None) -> None:
    at = NOON + taken.after
    store.rows(
        "INSERT INTO captures BY NAME SELECT ? AS url, ? AS final_url, 'tagblatt' AS source, ? AS captured_at, "
        "? AS last_at, ? AS outcome, ? AS version_id, ? AS status, ? AS reason, ? AS next_try_at, ? AS why",
        url, url, at, at, taken.outcome, taken.version, taken.status, taken.reason, taken.again and at + taken.again, why,
    )  # fmt: skip


ROBOTS = Taken(timedelta(0), "skipped", None, None, "robots")


@pytest.mark.parametrize(
    ("taken", "now", "expected"),
    [
        ([], MINUTE, "new"),
        ([Taken(MINUTE)], 20 * MINUTE, None),
        ([Taken(MINUTE)], 31 * MINUTE, "revisit"),
        ([Taken(MINUTE), Taken(32 * MINUTE)], 2 * HOUR, None),
        ([Taken(MINUTE), Taken(32 * MINUTE)], 2 * HOUR + MINUTE, "revisit"),
        ([Taken(MINUTE), Taken(DAY + HOUR)], 20 * DAY, None),
        # A change begins the steps anew ...
        ([Taken(MINUTE), Taken(3 * HOUR, version="v2")], 3 * HOUR + 30 * MINUTE, "revisit"),
        # ... in longer ones where the article is old,
        ([Taken(MINUTE), Taken(DAY, version="v2")], DAY + 3 * HOUR, None),
        ([Taken(MINUTE), Taken(DAY, version="v2")], DAY + 8 * HOUR, "revisit"),
        # and no more after a month.
        ([Taken(MINUTE), Taken(29 * DAY, version="v2")], 30 * DAY, None),
        ([failed(MINUTE)], 15 * MINUTE, None),
        ([failed(MINUTE)], 16 * MINUTE, "retry"),
        ([failed(MINUTE), failed(20 * MINUTE)], 70 * MINUTE, None),
        ([failed(MINUTE), failed(20 * MINUTE)], 80 * MINUTE, "retry"),
        ([failed(n * HOUR) for n in range(7)], 300 * DAY, None),
        ([failed(MINUTE, 404)], 16 * MINUTE, "retry"),
        ([failed(n * HOUR, 404) for n in range(4)], 300 * DAY, None),
        ([failed(MINUTE, 500)], DAY, None),
        # A page that is gone is looked at when its article would be.
        ([Taken(MINUTE), failed(31 * MINUTE, 404)], HOUR, None),
        ([Taken(MINUTE), failed(31 * MINUTE, 404)], 2 * HOUR + MINUTE, "revisit"),
        ([Taken(MINUTE), failed(31 * MINUTE)], 46 * MINUTE, "retry"),
        ([ROBOTS], 6 * DAY, None),
        ([ROBOTS], 7 * DAY, "retry"),
        ([Taken(MINUTE, "skipped", None, reason="section_front")], DAY, None),
    ],
)
def test_what_is_due(tmp_path: Path, taken: Sequence[Taken], now: timedelta, expected: str | None) -> None:
    assert why(tmp_path, taken, now) == expected


@pytest.mark.parametrize(
    ("modified", "shown", "expected"),
    [
        (HOUR, timedelta(0), "changed"),
        (MINUTE, timedelta(0), None),
        (MINUTE, 10 * MINUTE, "changed"),
        (2 * DAY, timedelta(0), None),
    ],
    ids=["later than the capture", "before it", "shown anew", "in the future"],
)
def test_what_its_feed_says_has_changed(
    tmp_path: Path, modified: timedelta, shown: timedelta, expected: str | None
) -> None:
    capture = Taken(5 * MINUTE, "skipped", None, reason="section_front")
    assert why(tmp_path, [capture], DAY, modified, shown) == expected


def test_a_source_whose_dates_of_change_are_untrue_is_believed_for_one_page_in_twenty(tmp_path: Path) -> None:
    with opened(empty(tmp_path)) as store:
        source(store)
        urls = [f"https://tagblatt.example/{number}" for number in range(300)]
        for url in urls:
            found(store, url, NOON + 2 * HOUR)
            captured(store, url, Taken(HOUR))
        moment = NOON + 2 * HOUR + MINUTE
        assert {candidate.why for candidate in due(store, ["tagblatt"], moment)} == {"changed"}
        for url in urls[:30]:
            captured(store, url, Taken(HOUR + MINUTE), why="changed")
        changed = [candidate for candidate in due(store, ["tagblatt"], moment) if candidate.why == "changed"]
        assert 1 <= len(changed) <= 40
        for url in urls[30:40]:
            captured(store, url, Taken(HOUR + MINUTE, version="v2"), why="changed")
        changed = [candidate for candidate in due(store, ["tagblatt"], moment) if candidate.why == "changed"]
        assert len(changed) > 200


def test_a_capture_by_way_of_a_redirect_counts(tmp_path: Path) -> None:
    with opened(empty(tmp_path)) as store:
        source(store)
        found(store, URL, None)
        captured(store, "https://tagblatt.example/short", Taken(MINUTE))
        store.rows("UPDATE captures SET final_url = ?", URL)
        assert due(store, ["tagblatt"], NOON + 10 * MINUTE) == []


def candidate(url: str = URL, **given: Any) -> Candidate:
    """A page that was found, and what is known of it."""
    plain = dict.fromkeys(Candidate.__slots__) | {"source": "tagblatt"}
    return Candidate(**plain | {"url": url, **given})  # type: ignore[arg-type]


def test_hosts_take_turns() -> None:
    urls = ["https://a.example/1", "https://a.example/2", "https://b.example/1", "https://a.example/3"]
    turns = [found.url for found in fair([candidate(url) for url in urls])]
    assert turns == [urls[0], urls[2], urls[1], urls[3]]


@pytest.mark.parametrize(
    ("known", "missing", "failed", "everything"),
    [
        (candidate(), True, True, True),
        (candidate(captured_at=NOON, outcome="article"), False, False, True),
        (candidate(captured_at=NOON, outcome="failed"), False, True, True),
    ],
)
def test_what_a_backfill_wants(known: Candidate, missing: bool, failed: bool, everything: bool) -> None:
    assert (wanted(known, "missing"), wanted(known, "failed"), wanted(known, "all")) == (missing, failed, everything)


def test_a_target_carries_what_the_crawl_needs() -> None:
    known = replace(
        candidate(), digest="sha256:a", segment="s", offset=1, length=2, published_raw="2026-11-20", why="new"
    )
    target = known.target()
    assert (target.url, target.published, target.why) == (URL, "2026-11-20", "new")
    assert (target.held_digest, target.held_segment, target.held_offset, target.held_length) == ("sha256:a", "s", 1, 2)


@pytest.mark.parametrize(
    ("published", "now", "reason"),
    [
        (timedelta(0), 40 * MINUTE, "revisit"),
        (-10 * HOUR, 40 * MINUTE, None),
        (-10 * HOUR, 3 * HOUR, "revisit"),
        (-20 * DAY, 23 * HOUR, None),
        (-300 * DAY, 9 * DAY, None),
        (3 * DAY, 40 * MINUTE, "revisit"),
    ],
)
def test_an_article_is_as_old_as_it_says(tmp_path: Path, published: timedelta, now: timedelta, reason: str) -> None:
    """Those of past months, which a sitemap shows all at once, are not looked at again within the hour."""
    with opened(empty(tmp_path)) as store:
        store.rows(
            "INSERT INTO article_versions BY NAME SELECT 'v1' AS version_id, ?::TIMESTAMPTZ AS published_at",
            NOON + published,
        )
    assert why(tmp_path, [Taken(timedelta(0))], now) == reason


def test_what_only_backfills_were_shown_is_left_to_them(tmp_path: Path) -> None:
    """A plan for a month must not have the schedule fetch it, nor tell it that a sitemap has been read."""
    home = empty(tmp_path)
    sitemap, at = "https://tagblatt.example/september.xml", instant(NOON)

    def loaded(number: int, *events: Event) -> tuple[list[Candidate], int]:
        with Journal(home.archive, f"writer{number}") as journal:
            for event in events:
                journal.add(event)
        with opened(home) as store:
            load_journal(store, home.archive, STAMP)
            return due(store, ["tagblatt"], NOON + HOUR), len(held_feeds(store, ["tagblatt"]))

    shown = Found(at, "tagblatt", URL, sitemap)
    visit = Visited(at, "tagblatt", sitemap, "sitemap", 200, 1, etag='"a"')
    source = InForce(at, "tagblatt", {"origin": "configured", "active": True, "revisit_hours": [0.5]})
    by_backfill = (replace(shown, backfill=True), replace(visit, backfill=True))
    assert loaded(1, source, *by_backfill) == ([], 0)
    candidates, feeds = loaded(2, shown, visit)
    assert ([candidate.why for candidate in candidates], feeds) == (["new"], 1)
    candidates, feeds = loaded(3, *by_backfill)
    assert ([candidate.why for candidate in candidates], feeds) == (["new"], 1)


@pytest.mark.parametrize("backfill", [False, True])
def test_what_another_newspaper_s_feed_shows_is_refused_to_it_alone(tmp_path: Path, backfill: bool) -> None:
    """That the page is not the other's says nothing of it, whichever of both looked first."""
    for after in (-MINUTE, MINUTE):
        home = empty(tmp_path / f"{after}")
        foreign = Taken(after, "skipped", None, None, "foreign")
        with opened(home) as store:
            source(store)
            found(store, URL, None)
            captured(store, URL, foreign)
            if backfill:
                wants = [each.captured_at for each in listed(store, ["tagblatt"])]
                assert wants == [None]
            else:
                assert [each.why for each in due(store, ["tagblatt"], NOON + HOUR)] == ["new"]


def test_an_article_that_another_newspaper_s_feed_shows_is_looked_at_again(tmp_path: Path) -> None:
    foreign = Taken(10 * MINUTE, "skipped", None, None, "foreign")
    assert why(tmp_path, [Taken(timedelta(0)), foreign], HOUR) == "revisit"


def test_what_the_guard_refused_is_tried_again_after_a_week(tmp_path: Path) -> None:
    """A resolver that gives private addresses for a while must lose no page for good."""
    refused = Taken(timedelta(0), "failed", None, None, "guard")
    assert why(empty(tmp_path / "one").root, [refused], 6 * DAY) is None
    assert why(empty(tmp_path / "other").root, [refused], 7 * DAY) == "retry"


@pytest.mark.parametrize("together", [False, True])
def test_when_a_page_changed_does_not_depend_on_what_was_loaded_together(tmp_path: Path, together: bool) -> None:
    shown = [
        Found(instant(NOON + after), "tagblatt", URL, f"{URL}.xml", modified=modified)
        for after, modified in (
            (timedelta(0), "2026-11-18"),
            (HOUR, "2026-11-19"),
            (2 * HOUR, "2026-11-19"),
            (3 * HOUR, "2026-11-18"),
        )
    ]
    home = empty(tmp_path)
    for number, events in enumerate([shown] if together else [[event] for event in shown]):
        with Journal(home.archive, f"w{number}") as journal:
            for event in events:
                journal.add(event)
        with opened(home) as store:
            load_journal(store, home.archive, STAMP)
    with opened(home) as store:
        assert store.rows("SELECT changed_at, modified_at::DATE::VARCHAR FROM found") == [(NOON + HOUR, "2026-11-19")]


def test_a_change_is_followed_once_where_the_page_is_refused_each_time(tmp_path: Path) -> None:
    """A refusal is one row however often it was met: its last time counts."""
    refused = Taken(timedelta(0), "failed", None, None, "guard")
    assert why(tmp_path, [refused], 3 * HOUR, modified=2 * HOUR) == "changed"
    with opened(Home(tmp_path)) as store:
        store.rows("UPDATE captures SET last_at = ?", NOON + 3 * HOUR)
        assert due(store, ["tagblatt"], NOON + 3 * HOUR) == []
