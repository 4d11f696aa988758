"""When a newspaper is said to have given nothing."""

import pickle
from pathlib import Path
from typing import Literal

import pytest

from flows.backfill import gaps
from flows.ingest import EverySourceFailed, together
from flows.sections import SourceSettings
from flows.settings import Settings
from flows.visiting import answers_elsewhere
from spiders.job import Feed, Source, Tally
from spiders.keeper import Keeper
from tests.builders import NOON
from warehouse.archive import ArchiveWriter
from warehouse.captures import instant
from warehouse.journal import Event, Failed, Journal, Refused, Visited
from warehouse.polling import FeedState

AT = instant(NOON)
DEAD = Visited(AT, "paper", "https://e.example/dead", "rss", 403, 0, error="HTTP status 403")
QUIET = Visited(AT, "paper", "https://e.example/rss", "rss", 200, 10, new=0)
INDEX = Visited(AT, "paper", "https://e.example/index.xml", "sitemap-index", 200, 3)
LOST = Failed(AT, "paper", "https://e.example/a", "timeout", "60 s", True)
FOREIGN = Refused(AT, "paper", "https://other.example/a", "foreign", "other.example is no site of this newspaper's")


def tally(folder: Path, mode: Literal["discover", "fetch"], events: list[Event]) -> Tally:
    with Journal(folder, "w") as journal:
        keeper = Keeper(ArchiveWriter(folder, "w"), journal)
        for event in events:
            keeper.note(event)
        return keeper.tally("paper", mode)


@pytest.mark.parametrize(
    ("mode", "events", "error"),
    [
        ("discover", [QUIET], None),
        ("discover", [DEAD], "https://e.example/dead: HTTP status 403"),
        # One feed that answers, with nothing new in it, is enough.
        ("discover", [DEAD, QUIET], None),
        ("discover", [QUIET, FOREIGN], None),
        # An index that answers says nothing of what it names.
        ("discover", [INDEX, DEAD], "https://e.example/dead: HTTP status 403"),
        ("discover", [INDEX], None),
        # A stray page says nothing of the newspaper; where all of several fail, something is wrong.
        ("fetch", [LOST], None),
        ("fetch", [FOREIGN, LOST], None),
        ("fetch", [LOST, LOST, LOST], "timeout: 60 s"),
    ],
)
def test_what_says_that_a_newspaper_failed(
    tmp_path: Path, mode: Literal["discover", "fetch"], events: list[Event], error: str | None
) -> None:
    assert tally(tmp_path, mode, events).error == error


def test_a_newspaper_that_gave_a_page_did_not_fail() -> None:
    dead, revisits = Tally(feeds_failed=1, error="HTTP status 403"), Tally(fetched=30)
    assert together(dead, revisits).error is None
    assert together(dead, Tally()).error == "HTTP status 403"


@pytest.mark.parametrize(("failures", "expected"), [(0, True), (2, False)])
def test_a_dead_feed_that_is_asked_alone_does_not_stand_for_its_newspaper(failures: int, expected: bool) -> None:
    dead, other = "https://e.example/dead", "https://e.example/rss"
    paper = SourceSettings(name="Paper", url="https://e.example/", feeds=(dead, other))
    settings = Settings(sources={"paper": paper})
    asked = Source(source="paper", feeds=(Feed(url=dead, kind="feed"),))
    held = {("paper", url): FeedState(url, "paper", "rss", NOON, failures=failures) for url in (dead, other)}
    assert answers_elsewhere(settings, asked, held) is expected
    assert not answers_elsewhere(settings, asked, {("paper", dead): held["paper", dead]})


def test_the_reasons_survive_being_stored() -> None:
    failed = pickle.loads(pickle.dumps(EverySourceFailed({"paper": "HTTP status 403"})))
    assert (failed.reasons, str(failed)) == (
        {"paper": "HTTP status 403"},
        "every source failed: paper: HTTP status 403",
    )


def test_a_plan_says_what_it_lacks() -> None:
    feed = Feed(url="https://e.example/sitemap.xml", kind="sitemap")
    visited = [Source(source="none"), Source(source="some", feeds=(feed,)), Source(source="all", feeds=(feed,))]
    told = gaps(visited, {"some": Tally(feeds_failed=2, feeds_left=3, feed_error="x: HTTP status 503"), "all": Tally()})
    assert len(told) == 3
    assert "none has no sitemaps in its settings" in told[0]
    assert "some: 2 sitemaps could not be read, the last: x: HTTP status 503" in told[1]
    assert "some: 3 sitemaps were not asked" in told[2]
