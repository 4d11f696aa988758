"""The deployments of an archive on a real Prefect server and worker."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomlkit

from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from tests.end_to_end.command import rows
from tests.end_to_end.prefect_server import Prefect, serving
from warehouse.home import Home
from warehouse.locks import run_lock, try_lock

INGEST, BACKFILL = "hemeroteca-ingest/ingest", "hemeroteca-backfill/backfill"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(edition=1) as server:
        yield server


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Home:
    return demo_home(tmp_path_factory.mktemp("papers"), server)


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory, papers: Home) -> Iterator[Prefect]:
    with serving(tmp_path_factory.mktemp("prefect")) as prefect:
        prefect.command("--no-prompt", "deploy", "--all", cwd=papers.root)
        yield prefect


def test_an_ingest_and_a_backfill_load_articles(prefect: Prefect, papers: Home) -> None:
    ingested = prefect.run(INGEST, papers.root, sources=["courier"])
    assert (ingested["state_type"], "hemeroteca" in ingested["tags"]) == ("COMPLETED", True), prefect.last_words()
    assert "articles" in ingested["state"]["message"]
    days = {"sources": ["tagblatt"], "start_date": "2026-09-01", "end_date": "2026-09-30"}
    backfilled = prefect.run(BACKFILL, papers.root, **days)
    assert backfilled["state_type"] == "COMPLETED", prefect.last_words()
    found = rows(papers, "SELECT source, count(*) AS n FROM articles GROUP BY source ORDER BY source")
    assert [row["source"] for row in found] == ["courier", "tagblatt"]
    loads = rows(papers, "SELECT command, status, flow_run_id FROM loads ORDER BY started_at")
    assert [(row["command"], row["status"], row["flow_run_id"]) for row in loads] == [
        ("ingest", "completed", ingested["id"]),
        ("backfill", "completed", backfilled["id"]),
    ]
    keys = {artifact["key"] for artifact in prefect.ask("/artifacts/filter", {})}
    assert {"hemeroteca-ingest", "hemeroteca-backfill-plan"} <= keys
    tasks = prefect.ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [ingested["id"]]}}})
    assert {"discover", "courier crawl", "courier 1", "publish"} <= {task["name"] for task in tasks}


def test_parameters_render_as_pickers_and_choices(prefect: Prefect) -> None:
    deployment = prefect.ask(f"/deployments/name/{BACKFILL}")
    fields = deployment["parameter_openapi_schema"]["properties"]
    assert fields["start_date"]["format"] == fields["end_date"]["format"] == "date"
    assert fields["via"]["enum"] == ["sitemap", "warc", "wayback", "ccnews"]
    assert fields["refetch"]["enum"] == ["missing", "failed", "all"]
    assert [fields[name]["anyOf"][0]["minimum"] for name in ("limit", "capture_margin")] == [0, 0]
    assert deployment["work_queue_name"] == "backfill"
    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"


def test_ingest_is_scheduled_and_never_piles_up(prefect: Prefect) -> None:
    deployment = prefect.ask(f"/deployments/name/{INGEST}")
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert deployment["global_concurrency_limit"]["limit"] == 1


def test_a_second_run_of_the_same_source_is_cancelled(prefect: Prefect, papers: Home) -> None:
    with run_lock(papers.locks, "ingest", "meridian"):
        found = prefect.run(INGEST, papers.root, sources=["meridian"])
    assert found["state_type"] == "CANCELLED"
    assert "another ingest of meridian" in found["state"]["message"]


def test_a_source_that_does_not_exist_fails_the_run(prefect: Prefect, papers: Home) -> None:
    found = prefect.run(INGEST, papers.root, sources=["morgenpost"])
    assert found["state_type"] == "FAILED"
    assert "morgenpost" in found["state"]["message"]


def test_newspapers_that_fail_are_told_to_automations(prefect: Prefect, papers: Home) -> None:
    """Where all of a run do, the run fails; the event comes all the same."""
    settings = tomlkit.parse(papers.settings.read_text("utf-8"))
    settings["network"]["hosts"]["dead.example"] = "127.0.0.1:9"  # type: ignore[index]
    feeds = ["https://dead.example/rss"]
    settings["sources"]["dead"] = {"name": "Dead", "url": "https://dead.example/", "feeds": feeds, "active": False}  # type: ignore[index]
    papers.settings.write_text(tomlkit.dumps(settings), "utf-8")
    found = prefect.run(INGEST, papers.root, sources=["dead"], only_due=False)
    assert (found["state_type"], "every source failed" in found["state"]["message"]) == ("FAILED", True)
    asked = {"filter": {"event": {"name": ["hemeroteca.source.failing"]}}}
    wait_for(lambda: prefect.ask("/events/filter", asked)["total"] == 1)
    (event,) = prefect.ask("/events/filter", asked)["events"]
    assert event["resource"]["prefect.resource.id"] == "hemeroteca.source.dead"
    assert "dead.example/rss" in event["payload"]["reason"]


def test_cancelling_stops_the_crawl_and_frees_the_locks(prefect: Prefect, papers: Home) -> None:
    text = papers.settings.read_text("utf-8")
    papers.settings.write_text(text.replace("[sources.meridian]\n", "[sources.meridian]\ndelay = 5.0\n"))
    run = prefect.start(INGEST, papers.root, sources=["meridian"])
    wait_for((papers.locks / "host-meridian.example.lock").exists)
    locks = [papers.locks / f"{kind}-ingest-meridian.lock" for kind in ("run", "crawl")]
    assert all(map(taken, locks))
    prefect.command("flow-run", "cancel", run, cwd=papers.root)
    asked = time.monotonic()
    wait_for(lambda: not any(map(taken, locks)))
    assert time.monotonic() - asked < 15
    assert prefect.ended(run)["state_type"] == "CANCELLED"


def taken(lock: Path) -> bool:
    """Whether a process holds the lock."""
    handle = try_lock(lock)
    if handle is None:
        return True
    os.close(handle)
    return False


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)
