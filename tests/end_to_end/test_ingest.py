"""Newspapers to SQL, on loopback, through the command line."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import hemeroteca as library
from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from tests.end_to_end.command import answer, hemeroteca, in_its_own_process, row_counts, rows
from warehouse.home import Home
from warehouse.locks import run_lock
from warehouse.store import opened


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(edition=1) as server:
        yield server


@pytest.fixture
def papers(tmp_path: Path, server: Server) -> Home:
    """A new home whose sources are the invented newspapers."""
    return demo_home(tmp_path / "papers", server)


def counts_add_up(home: Home) -> None:
    """Every capture has one outcome, and the loads account for all of them."""
    with opened(home) as store:
        assert store.broken_checks() == []
        held, loaded = store.rows(
            "SELECT (SELECT count(*) FROM captures WHERE segment IS NOT NULL), (SELECT sum(captures) FROM loads)"
        )[0]
        assert held == loaded
        assert store.rows("SELECT count(*) FROM loads WHERE captures <> articles + skipped + failed + quarantined") == [
            (0,)
        ]


def test_two_editions_and_a_reader(papers: Home, server: Server) -> None:
    first = answer("ingest", "--home", papers.root)
    assert first["counts"]["new"] == first["counts"]["articles"] > 50
    counts_add_up(papers)
    with library.open(papers.root) as reader:
        before = reader.execute("SELECT count(*) FROM articles").fetchall()
        server.edition = 2
        second = answer("ingest", "--home", papers.root)
        assert reader.execute("SELECT count(*) FROM articles").fetchall() == before
        with library.open(papers.root) as new:
            assert new.execute("SELECT count(*) FROM articles").fetchall() == [(before[0][0] + 3,)]
    assert (second["counts"]["new"], second["counts"]["changed"]) == (3, 1)
    assert rows(papers, "SELECT max(versions) AS most, count(*) FILTER (versions > 1) AS changed FROM articles") == [
        {"most": 2, "changed": 1}
    ]
    counts_add_up(papers)
    held = row_counts(papers)
    third = answer("ingest", "--home", papers.root)
    assert third["counts"]["captures"] == 0
    assert "under [revisits]" in third["summary"]
    assert "under [revisits]" not in second["summary"]
    after = row_counts(papers)
    assert {name: after[name] - held[name] for name in after if after[name] != held[name]}.keys() <= {"loads", "marks"}
    reasons = {row["reason"] for row in rows(papers, "SELECT reason FROM captures WHERE outcome <> 'article'")}
    assert {"robots", "http 410"} <= reasons


def test_a_backfill_plans_then_fetches_just_what_is_missing(papers: Home, server: Server) -> None:
    october = ("tagblatt", "--from", "2026-10-01", "--to", "2026-10-31", "--home", papers.root)
    planned = answer("backfill", *october, "--dry-run")
    (plan,) = planned["plan"]
    assert plan["to_fetch"] > 0
    assert planned["counts"]["captures"] == 0
    assert len(planned["missing"]) == plan["to_fetch"]
    asked = len(server.log)
    done = answer("backfill", *october)
    fetched = [visit.path for visit in server.log[asked:] if not visit.path.endswith((".xml", ".gz", "robots.txt"))]
    assert len(fetched) == len(set(fetched)) == plan["to_fetch"] == done["counts"]["captures"]
    assert {f"https://tagblatt.example{path}" for path in fetched} == set(planned["missing"])
    days = rows(papers, "SELECT min(published_date) AS first, max(published_date) AS last FROM articles")
    assert "2026-10-01" <= days[0]["first"] <= days[0]["last"] <= "2026-10-31"
    asked = len(server.log)
    again = answer("backfill", *october)
    assert again["plan"][0]["to_fetch"] == 0
    assert all(visit.path.endswith((".xml", ".gz", "robots.txt")) for visit in server.log[asked:])
    counts_add_up(papers)


def test_a_backfill_from_the_segments_of_another_archive(papers: Home, tmp_path: Path, server: Server) -> None:
    hemeroteca("ingest", "tagblatt", "--home", papers.root)
    segments = papers.archive / "segments"
    other = demo_home(tmp_path / "other", server)
    november = ("tagblatt", "--from", "2026-11-01", "--to", "2026-11-30", "--via", "warc", "--files", segments)
    asked = len(server.log)
    done = answer("backfill", *november, "--home", other.root)
    assert done["counts"]["articles"] > 2
    assert answer("backfill", *november, "--home", other.root)["counts"]["captures"] == 0
    assert len(server.log) == asked
    query = (
        "SELECT url, version_id FROM articles WHERE published_date BETWEEN '2026-11-01' AND '2026-11-30' ORDER BY ALL"
    )
    assert rows(other, query) == rows(papers, query)
    counts_add_up(other)


def test_a_second_run_of_the_same_paper_ends_at_once(papers: Home) -> None:

    with run_lock(papers.locks, "ingest", "courier"):
        busy = hemeroteca("ingest", "courier", "--home", papers.root, code=6)
        assert "another ingest of courier is running" in busy.stderr
        other = answer("ingest", "meridian", "--home", papers.root)
    assert other["counts"]["articles"] > 0


def test_all_sources_failing_is_an_error_and_one_is_not(papers: Home, server: Server) -> None:
    text = papers.settings.read_text("utf-8")
    papers.settings.write_text(
        text.replace(f'"meridian.example" = "{server.address}"', '"meridian.example" = "127.0.0.1:9"')
    )
    broken = hemeroteca("ingest", "meridian", "--home", papers.root, code=8)
    assert "meridian" in broken.stderr
    # The readers are told of it: what failed is what `status` has to say.
    assert rows(papers, "SELECT status, command FROM loads") == [{"status": "failed", "command": "ingest"}]
    (health,) = rows(papers, "SELECT failing_feeds, last_success_at FROM source_health WHERE source = 'meridian'")
    assert health["failing_feeds"] > 0
    assert health["last_success_at"] is None
    mixed = answer("ingest", "meridian", "courier", "--home", papers.root)
    assert any("meridian" in warning for warning in mixed["warnings"])
    assert mixed["counts"]["articles"] > 0


def test_a_limit_leaves_the_rest_for_the_next_run(papers: Home) -> None:
    first = answer("ingest", "courier", "--limit", 3, "--home", papers.root)
    assert first["counts"]["captures"] == 3
    second = answer("ingest", "courier", "--home", papers.root)
    assert second["counts"]["captures"] > 3
    counts_add_up(papers)


def test_a_backfill_goes_on_beside_an_ingest_of_another_paper(papers: Home) -> None:
    slow = papers.settings.read_text("utf-8").replace("[sources.tagblatt]\n", "[sources.tagblatt]\ndelay = 0.5\n")
    papers.settings.write_text(slow, encoding="utf-8")
    months = ("tagblatt", "--from", "2026-08-01", "--to", "2026-10-31", "--home", papers.root)
    with ThreadPoolExecutor() as pool:
        backfill = pool.submit(in_its_own_process, "backfill", *months, "--json")
        while not list(papers.locks.glob("run-backfill-*")):
            time.sleep(0.1)
        ingested = answer("ingest", "courier", "--home", papers.root)
        assert not backfill.done(), "the backfill was over before the ingest: this shows nothing"
        assert ingested["counts"]["articles"] > 10
        assert json.loads(backfill.result().stdout)["counts"]["articles"] > 10
    found = rows(papers, "SELECT source, count(*) > 10 AS many FROM articles GROUP BY source ORDER BY source")
    assert found == [{"source": "courier", "many": True}, {"source": "tagblatt", "many": True}]
    counts_add_up(papers)
