"""Captures that are read anew: quarantined pages after a fix, pages the clock gave up, revisits whose original comes."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles.errors import BadInput
from flows.commands.mending import LISTED
from flows.importing import import_files
from flows.quarantine import ReplayRequest, replay
from flows.rebuild import rebuild
from flows.request import ImportRequest
from flows.run import Run, recorded
from flows.settings import load_settings
from tests.builders import NOON, capture
from tests.crash.victims import page, published_hash
from tests.warcs import http, warc
from warehouse import reading
from warehouse.archive import ArchiveWriter
from warehouse.captures import Capture, Original
from warehouse.home import Home
from warehouse.outcomes import NOT_HELD, Quarantined
from warehouse.reader import open_published
from warehouse.records import payload_digest
from warehouse.replays import TRIES
from warehouse.workers import Workers

BODY = json.loads(page(3))["html"].encode()
OTHER = json.loads(page(4))["html"].encode()
FIRST, SECOND = "https://tagblatt.example/first", "https://tagblatt.example/second"


class InProcess(Workers):
    """Reads pages in this process, so that a test can stand in for the parser."""

    def map(self, _: Any, items: Any) -> Any:
        for item in items:
            yield item, reading.read(item)


def run_of(home: Home) -> Run:
    return Run(home, load_settings(home), "import", {})


def load(home: Home, *captures: Capture, workers: Workers | None = None) -> Run:
    """Archive captures and load them, as any run does."""
    run = run_of(home)
    with recorded(run):
        with ArchiveWriter(home.archive, f"w-{run.load_id}") as writer:
            for one in captures:
                writer.add(one)
        with workers or run.workers() as pool:
            run.load_left_over(pool)
            run.load_pending("test", pool)
    return run


def rows(home: Home, query: str) -> list[Any]:
    with open_published(home) as connection:
        return connection.execute(query).fetchall()


def outcomes(home: Home) -> dict[str, tuple[str, str | None]]:
    return {url: (kind, why) for url, kind, why in rows(home, "SELECT final_url, outcome, reason FROM captures")}


def refusing(monkeypatch: pytest.MonkeyPatch, reason: str) -> InProcess:
    """A parser that cannot take the first page."""
    right = reading.extract

    def extract(given: Any) -> Any:
        return Quarantined("extract", reason, "in words") if given.url == FIRST else right(given)

    monkeypatch.setattr(reading, "extract", extract)
    return InProcess(1, 9)


def test_a_replay_after_a_fix_moves_the_rows(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [capture(FIRST, BODY), capture(SECOND, OTHER)]
    load(home, *pages, workers=refusing(monkeypatch, "error"))
    assert outcomes(home) == {FIRST: ("quarantined", "error"), SECOND: ("article", None)}
    ((key, attempts),) = rows(home, "SELECT capture_id, attempts FROM quarantine")
    assert attempts == 1
    with open_published(home, guarded=True) as connection:
        assert len(connection.execute(LISTED, {"source": None, "reason": "error"}).fetchall()) == 1

    monkeypatch.undo()
    counts = replay(run_of(home), ReplayRequest(key=key[:9]))

    assert (counts.captures, counts.articles, counts.new, counts.quarantined) == (1, 1, 1, 0)
    assert outcomes(home) == {FIRST: ("article", None), SECOND: ("article", None)}
    assert rows(home, "FROM quarantine") == []
    replayed = published_hash(home)
    rebuild(run_of(home))
    assert published_hash(home) == replayed


def test_a_replay_that_does_not_help_counts_its_tries(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = refusing(monkeypatch, "error")
    load(home, capture(FIRST, BODY), workers=workers)
    monkeypatch.setattr(Run, "workers", lambda _: workers)
    counts = replay(run_of(home), ReplayRequest())
    assert (counts.captures, counts.quarantined) == (1, 1)
    assert rows(home, "SELECT attempts FROM quarantine") == [(2,)]
    assert rows(home, "SELECT count(*) FROM captures") == [(1,)]
    assert replay(run_of(home), ReplayRequest(reason="cpu")).captures == 0
    with pytest.raises(BadInput, match="quarantine list"):
        replay(run_of(home), ReplayRequest(key="zzz"))


def test_what_only_the_clock_gave_up_is_tried_again_by_itself(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = refusing(monkeypatch, "timeout")
    load(home, capture(FIRST, BODY), workers=workers)
    for _ in range(TRIES + 1):
        load(home, workers=workers)
    assert rows(home, "SELECT attempts FROM quarantine") == [(TRIES,)]
    assert outcomes(home) == {FIRST: ("quarantined", "timeout")}


def test_what_only_the_clock_gave_up_is_an_article_when_the_machine_has_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(home, capture(FIRST, BODY), workers=refusing(monkeypatch, "timeout"))
    monkeypatch.undo()
    load(home)
    assert outcomes(home) == {FIRST: ("article", None)}
    assert rows(home, "SELECT count(*) FROM quarantine") == [(0,)]


ORIGINAL = capture(FIRST, BODY, stated_digest="sha1:AAAA")
BY_DIGEST = capture(SECOND, b"", NOON + timedelta(days=1), original=Original(digest="sha1:AAAA"))
BY_ADDRESS = replace(
    BY_DIGEST,
    url="https://tagblatt.example/third",
    final_url="https://tagblatt.example/third",
    original=Original(url=FIRST, captured_at="2026-11-20T12:00:00Z"),
)


@pytest.mark.parametrize("revisit", [BY_DIGEST, BY_ADDRESS], ids=["by digest", "by address and time"])
def test_a_revisit_without_its_payload_waits_for_the_original(home: Home, tmp_path: Path, revisit: Capture) -> None:
    run = load(home, revisit)
    assert outcomes(home) == {revisit.final_url: ("failed", NOT_HELD)}
    assert run.counts.failed == 1
    load(home, capture("https://tagblatt.example/another", OTHER))
    assert outcomes(home)[revisit.final_url] == ("failed", NOT_HELD)
    load(home, ORIGINAL)
    assert outcomes(home)[revisit.final_url] == ("article", None)
    assert outcomes(home)[FIRST] == ("article", None)

    other = Home(tmp_path / "the other way round")
    other.root.mkdir()
    other.settings.write_text("")
    load(other, ORIGINAL)
    load(other, capture("https://tagblatt.example/another", OTHER), revisit)
    assert outcomes(other) == outcomes(home)
    assert published_hash(other) == published_hash(home)
    rebuild(run_of(home))
    assert published_hash(other) == published_hash(home)


def test_a_revisit_of_another_payload_is_not_resolved(home: Home) -> None:
    load(home, ORIGINAL, replace(BY_DIGEST, original=Original(digest="sha1:BBBB", url=SECOND)))
    assert outcomes(home)[SECOND] == ("failed", NOT_HELD)


DIGEST = payload_digest(BODY)
PAGE, REVISIT = capture(FIRST, BODY), capture(FIRST, b"", original=Original(digest=DIGEST))
"""Of the same second, so that both have one id."""


@pytest.mark.parametrize("loads", [[(REVISIT, PAGE)], [(PAGE, REVISIT)], [(REVISIT,), (PAGE,)], [(PAGE,), (REVISIT,)]])
def test_of_a_page_and_its_revisit_within_a_second_the_page_is_held(home: Home, loads: list[Any]) -> None:
    for captures in loads:
        load(home, *captures)
    assert rows(home, "SELECT outcome, reason, record_type FROM captures") == [("article", None, "response")]
    loaded = published_hash(home)
    rebuild(run_of(home))
    assert published_hash(home) == loaded


@pytest.mark.parametrize("order", ["revisit first", "page first"])
@pytest.mark.parametrize("files", ["one file", "two files"])
def test_they_are_so_too_out_of_the_files_of_others(home: Home, tmp_path: Path, order: str, files: str) -> None:
    paths = [tmp_path / "1.warc", tmp_path / "2.warc"]
    stated = f"WARC-Payload-Digest: {DIGEST}"
    records = [warc(FIRST, b"", stated, kind="revisit"), warc(FIRST, http(BODY), stated)]
    if order == "page first":
        records.reverse()
    for path, record in zip(paths if files == "two files" else paths[:1] * 2, records, strict=True):
        with path.open("ab") as file:
            file.write(record)
    import_files(run_of(home), ImportRequest(tuple(path for path in paths if path.exists())))
    assert outcomes(home) == {FIRST: ("article", None)}
