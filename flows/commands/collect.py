"""`ingest`, `backfill`, `import`: runs without a server."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from flows import backfill as backfilling
from flows import importing
from flows import ingest as ingesting
from flows.commands.homes import home_of
from flows.commands.reports import say_report
from flows.console import err, errors_told
from flows.plan import BackfillRequest
from flows.progress import drawn
from flows.report import Report, backfill_report, import_report, ingest_report
from flows.request import Asked
from flows.run import Run
from flows.settings import load_settings

Done = TypeVar("Done")


def ingest(home: Path | None, request: ingesting.IngestRequest, as_json: bool) -> None:
    """Carry out an ingest."""
    carry_out(home, "ingest", asdict(request), lambda run: ingesting.ingest(run, request), ingest_report, as_json)


def backfill(home: Path | None, request: BackfillRequest, as_json: bool) -> None:
    """Carry out a backfill."""
    carry_out(
        home,
        "backfill",
        asdict(request),
        lambda run: backfilling.backfill(run, request),
        backfill_report,
        as_json,
    )


def import_(home: Path | None, asked: Asked, as_json: bool) -> None:
    """Carry out an import."""
    with errors_told():
        request = asked.request()
    carry_out(
        home,
        "import",
        asdict(asked),
        lambda run: importing.import_files(run, request),
        import_report,
        as_json,
    )


def carry_out(
    home: Path | None,
    command: str,
    parameters: dict[str, Any],
    work: Callable[[Run], Done],
    report: Callable[[Run, Done], Report],
    as_json: bool,
) -> None:
    """Run one command with progress, and report."""
    with errors_told():
        found = home_of(home)
        with drawn(err) as progress:
            run = Run(found, load_settings(found), command, parameters, progress=progress)
            done = work(run)
        say_report(report(run, done), as_json)
