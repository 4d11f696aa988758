"""The flows as Prefect runs them: the same order as the command line's, each step a task."""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from httpx import HTTPError
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed
from prefect.tasks import Task
from pydantic import Field

from articles.errors import RunBusy
from flows.backfill import backfill
from flows.ingest import EverySourceFailed, IngestRequest, ingest
from flows.lingering import bound_exit
from flows.plan import BackfillRequest
from flows.report import backfill_report, ingest_report
from flows.run import Run
from flows.settings import load_settings
from flows.silent import silences
from flows.steps import RETRY_DELAYS, worth_retrying
from warehouse.clock import now
from warehouse.home import Home, find_home

Answer = TypeVar("Answer")
Pages = Annotated[int | None, Field(ge=0)]
Minutes = Annotated[float | None, Field(gt=0)]


def again(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether the error tree says that the step may succeed in a minute."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, BaseException) and worth_retrying(error)


@task(
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=list(RETRY_DELAYS),
    retry_condition_fn=again,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def step(work: Callable[[], Any]) -> Any:
    """One step of a flow: a crawl, a batch of hundreds of pages, a publish.

    It has no tags: for each of them Prefect asks its server for a slot, and a run could not go on without it.
    """
    return work()


class AsTasks:
    """Carries steps out as Prefect tasks."""

    def run(self, name: str, work: Callable[[], Answer]) -> Answer:
        """The step's answer; a passing failure is tried again by Prefect."""
        answer: Answer = step.with_options(task_run_name=name)(work)  # type: ignore[assignment]
        return answer


@flow(name="hemeroteca-ingest", validate_parameters=True)
def ingest_flow(
    sources: list[str] | None = None,
    limit: Pages = None,
    max_minutes: Minutes = None,
    only_due: bool = True,
    home: str | None = None,
) -> State[Any]:
    """Visit the newspapers' feeds and sitemaps, fetch what is due, load and publish it.

    Args:
        sources: Names of sources; none for all active ones.
        limit: Pages to fetch at most.
        max_minutes: Minutes of fetching at most.
        only_due: Whether feeds are left alone whose next visit has not come.
        home: The archive's folder; without it, where the worker runs.
    """
    request = IngestRequest(tuple(sources or ()), limit, max_minutes, only_due)
    run = run_of(home, "ingest", asdict(request))
    try:
        visits = ingest(run, request)
    except RunBusy as busy:
        return Cancelled(message=str(busy))
    except EverySourceFailed as failed:
        emit_failing(failed.reasons)
        raise
    finally:
        bound_exit()
    report = ingest_report(run, visits)
    show(create_markdown_artifact, key="hemeroteca-ingest", markdown=report.markdown(), description=report.headline)
    emit_loaded(run)
    emit_failing(visits.failing())
    emit_silent(run)
    return Completed(message=report.headline)


@flow(name="hemeroteca-backfill", validate_parameters=True)
def backfill_flow(
    sources: list[str],
    start_date: date,
    end_date: date,
    via: Literal["sitemap", "warc", "wayback", "ccnews"] = "sitemap",
    files: list[str] | None = None,
    refetch: Literal["missing", "failed", "all"] = "missing",
    order: Literal["newest", "oldest"] = "newest",
    limit: Pages = None,
    max_minutes: Minutes = None,
    capture_margin: Annotated[int | None, Field(ge=0)] = None,
    dry_run: bool = False,
    home: str | None = None,
) -> State[Any]:
    """Fetch what was published on a range of days and is not held; the plan first.

    Args:
        sources: Names of sources.
        start_date: First publication day, in each source's own time zone.
        end_date: Last publication day, included.
        via: Where to look: the sources' sitemaps, WARC files, a web archive, or CC-NEWS.
        files: WARC files or folders of them; for CC-NEWS folders of its lists and files.
        refetch: What to fetch beside what is missing.
        order: Which pages come first.
        limit: Pages to fetch at most.
        max_minutes: Minutes of fetching at most.
        capture_margin: Days after the last one on which its pages may have been captured: 31. Of a sitemap that tells
            no more, changed: 0.
        dry_run: Only draw up the plan.
        home: The archive's folder; without it, where the worker runs.
    """
    request = BackfillRequest(
        sources=tuple(sources),
        first_day=start_date,
        last_day=end_date,
        via=via,
        files=tuple(Path(file) for file in files or ()),
        refetch=refetch,
        order=order,
        limit=limit,
        max_minutes=max_minutes,
        capture_margin=capture_margin,
        dry_run=dry_run,
    )
    run = run_of(home, "backfill", asdict(request))
    try:
        done = backfill(run, request)
    except RunBusy as busy:
        return Cancelled(message=str(busy))
    finally:
        bound_exit()
    report = backfill_report(run, done)
    plan = done.plan.table()
    show(create_table_artifact, key="hemeroteca-backfill-plan", table=plan, description=report.headline)
    emit_loaded(run)
    return Completed(message=report.headline)


def run_of(home: str | None, command: str, parameters: dict[str, Any]) -> Run:
    """A run whose steps are tasks and whose load names the flow run."""
    found: Home = find_home(Path(home) if home else None, os.environ.get("HEMEROTECA_HOME"), Path.cwd())
    return Run(
        home=found,
        settings=load_settings(found),
        command=command,
        parameters=parameters,
        steps=AsTasks(),
        flow_run_id=str(flow_run.id) if flow_run.id else None,
    )


def show(make: Callable[..., Any], **what: Any) -> None:
    """Make an artifact; where the server is gone the run has done its work all the same."""
    try:
        make(**what)
    except HTTPError as error:
        get_run_logger().warning("no artifact %s: the Prefect server does not answer: %s", what["key"], error)


def emit_loaded(run: Run) -> None:
    """Tell Prefect's automations what was loaded."""
    emit("hemeroteca.load.completed", f"hemeroteca.load.{run.load_id}", asdict(run.counts))


def emit_failing(reasons: Mapping[str, str]) -> None:
    """Tell them which newspapers gave nothing, and why."""
    for name, reason in reasons.items():
        emit("hemeroteca.source.failing", f"hemeroteca.source.{name}", {"reason": reason})


def emit_silent(run: Run) -> None:
    """Tell them from which newspapers nothing came yesterday."""
    for silence in silences(run.home, run.load_id, now()):
        said = {"day": str(silence.day), "usual": silence.usual}
        emit("hemeroteca.source.silent", f"hemeroteca.source.{silence.source}", said)


def emit(event: str, resource: str, payload: dict[str, Any]) -> None:
    """Send one event; the queue behind it never holds a flow up."""
    emit_event(event=event, resource={"prefect.resource.id": resource}, payload=payload)
