from datetime import timedelta

import pytest

from articles.model import Photo, Rejection
from tests.builders import NOON, URL, article, entry, shown
from tests.unit.warehouse.loads import STAMP, load
from warehouse.captures import Place
from warehouse.home import Home
from warehouse.loading import held_payloads, load_captures, marks
from warehouse.outcomes import Outcome, Quarantined, without_reading
from warehouse.store import opened

HOUR = timedelta(hours=1)


def test_an_article_fills_every_table(home: Home) -> None:
    counts = load(home, [shown(article())])
    assert (counts.captures, counts.articles, counts.new) == (1, 1, 1)
    with opened(home) as store:
        assert store.rows("SELECT url, source, domain, title, versions FROM articles") == [
            (URL, "tagblatt", "tagblatt.example", "Council passes budget", 1)
        ]
        assert store.rows("SELECT position, caption, credit, agency FROM photos") == [
            (0, "The town hall", "Lena Ostrow/AFP", "AFP")
        ]
        assert store.rows("SELECT ordinal, kind, rule, text FROM removed_text") == [
            (0, "caption", "caption-markup", "The town hall")
        ]
        assert store.rows("SELECT position, published_at, title, text FROM live_updates") == [
            (0, None, "Vote", "The vote began.")
        ]


def test_the_same_capture_again_adds_no_row(home: Home) -> None:
    load(home, [shown(article())])
    counts = load(home, [shown(article()), shown(article())])
    assert counts.captures == 0
    with opened(home) as store:
        for table in ("captures", "article_versions", "article_state", "photos", "removed_text", "live_updates"):
            assert store.rows(f"SELECT count(*) FROM {table}") == [(1,)]


def test_a_new_fetch_of_the_same_version_is_one_capture_and_nothing_else(home: Home) -> None:
    load(home, [shown(article())])
    counts = load(home, [shown(article(), NOON + HOUR)])
    assert (counts.unchanged, counts.new, counts.changed) == (1, 0, 0)
    with opened(home) as store:
        assert store.rows("SELECT count(*) FROM captures") == [(2,)]
        assert store.rows("SELECT count(*) FROM article_versions") == [(1,)]
        assert store.rows("SELECT first_seen_at, last_seen_at, versions FROM article_state") == [(NOON, NOON + HOUR, 1)]


def test_the_current_version_is_that_of_the_latest_capture_whatever_came_last(home: Home) -> None:
    late, early = article(title="Budget stopped"), article()
    assert load(home, [shown(late, NOON + HOUR, "1")]).new == 1
    assert load(home, [shown(early, NOON, "2")]).changed == 1
    with opened(home) as store:
        assert store.rows("SELECT title, versions FROM articles") == [("Budget stopped", 2)]
        assert store.rows("SELECT number, title, is_current FROM revisions ORDER BY number") == [
            (1, "Council passes budget", False),
            (2, "Budget stopped", True),
        ]


def test_a_tie_of_two_captures_goes_by_digest(home: Home) -> None:
    load(home, [shown(article(title="A"), NOON, "f"), shown(article(title="B"), NOON, "0")])
    with opened(home) as store:
        assert store.rows("SELECT title FROM articles") == [("A",)]


def test_a_version_is_described_by_its_earliest_capture(home: Home) -> None:
    tagged, photo = (
        article(tags=("late",)),
        Photo(0, "The town hall", "Lena Ostrow/AFP", "AFP", None, "https://x.example/2.jpg"),
    )
    load(home, [shown(article(photos=(photo,), tags=("late",)), NOON + HOUR, "1")])
    load(home, [shown(article(tags=("early",)), NOON, "2")])
    load(home, [shown(tagged, NOON + 2 * HOUR, "3")])
    with opened(home) as store:
        assert store.rows("SELECT tags, captured_at FROM article_versions") == [(["early"], NOON)]
        assert store.rows("SELECT url FROM photos") == [(None,)]


def test_outcomes_have_reasons_and_add_up(home: Home) -> None:
    front, gone, busy, broken = (
        entry(f"https://tagblatt.example/{name}") for name in ("front", "gone", "busy", "broken")
    )
    unread = [
        without_reading(entry("https://tagblatt.example/gone", status=410)),
        without_reading(entry("https://tagblatt.example/busy", status=503)),
        without_reading(entry("https://tagblatt.example/image", media_type="image/png")),
    ]
    done = [
        shown(article()),
        Outcome(
            front, "skipped", "section", "a front page", result=Rejection(front.url, "section", "a front page", "test")
        ),
        Outcome(broken, "quarantined", "timeout", "too slow", result=Quarantined("extract", "timeout", "too slow")),
        *(outcome for outcome in unread if outcome),
    ]
    counts = load(home, done)
    assert counts.captures == counts.articles + counts.skipped + counts.failed + counts.quarantined == 6
    with opened(home) as store:
        rows = store.rows(
            "SELECT url, outcome, reason, next_try_at IS NOT NULL FROM captures WHERE outcome <> 'article' ORDER BY url"
        )
        assert store.rows("SELECT stage, reason FROM quarantine") == [("extract", "timeout")]
    assert rows == [
        (broken.url, "quarantined", "timeout", False),
        (busy.url, "failed", "http 503", True),
        (front.url, "skipped", "section", False),
        (gone.url, "failed", "http 410", True),
        ("https://tagblatt.example/image", "skipped", "not_html", False),
    ]


def test_the_mark_is_in_the_batch_and_never_falls_back(home: Home) -> None:
    load(home, [shown(article())], {"m.jsonl": 500})
    load(home, [], {"m.jsonl": 300})
    with opened(home) as store:
        assert marks(store) == {"m.jsonl": 500}


def test_a_batch_that_fails_leaves_no_mark(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(home) as store:
        monkeypatch.setattr(
            "warehouse.store.sql",
            lambda _: "INSERT INTO marks SELECT 'm', 1, 'l', now(); SELECT 1/0::INTEGER; SELECT error('stop')",
        )
        with pytest.raises(Exception, match="stop"):
            load_captures(store, [shown(article())], {"m.jsonl": 1}, STAMP)
    with opened(home) as store:
        assert marks(store) == {}


def test_a_page_without_a_url_has_no_domain(home: Home) -> None:
    load(home, [shown(article(url="urn:sha256:" + "a" * 64))])
    with opened(home) as store:
        assert store.rows("SELECT domain FROM articles") == [(None,)]


def test_a_payload_that_a_revisit_names_is_not_held_before_it_has_come(home: Home) -> None:
    with opened(home) as store:
        store.rows("INSERT INTO captures BY NAME SELECT 'r' AS capture_id, 'sha256:a' AS digest")
        assert held_payloads(store, ["sha256:a"]) == {}
        store.rows(
            "INSERT INTO captures BY NAME SELECT 'o' AS capture_id, 'sha256:a' AS digest, 'one.warc.gz' AS "
            "payload_segment, 7 AS payload_offset, 90 AS payload_length"
        )
        assert held_payloads(store, ["sha256:a"]) == {"sha256:a": Place("one.warc.gz", 7, 90)}
