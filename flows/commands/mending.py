"""`doctor`, `rebuild` and `quarantine`: what is wrong, and how it is put right."""

from dataclasses import asdict
from pathlib import Path

import typer

from articles.errors import BadInput, Damaged
from flows.commands.asking import answer
from flows.commands.homes import home_of
from flows.commands.reports import say_report
from flows.console import EXIT_CODES, err, errors_told, out, say_json, say_table
from flows.counts import counted
from flows.progress import drawn
from flows.quarantine import ReplayRequest, replay
from flows.rebuild import rebuild as make_anew
from flows.report import Report, loaded, numbers
from flows.run import Run
from flows.settings import load_settings
from warehouse.diagnosis import diagnose
from warehouse.inspection import Inspected
from warehouse.reader import open_published
from warehouse.search.index import rebuild_search

LISTED = """
    SELECT capture_id, source, stage, reason, attempts, url, detail FROM quarantine
    WHERE ($source IS NULL OR source = $source) AND ($reason IS NULL OR reason = $reason)
    ORDER BY indexed_at DESC, capture_id"""
SHOWN = """
    SELECT q.*, c.captured_at, c.status, c.media_type, c.size, c.segment, c.record_offset, c.record_length
    FROM quarantine q JOIN captures c USING (capture_id) WHERE starts_with(q.capture_id, $key) ORDER BY q.capture_id"""


def doctor(home: Path | None, as_json: bool) -> None:
    """Look through everything; the exit code says whether something was found."""
    with errors_told():
        found, seen = home_of(home), Inspected()
        with drawn(err) as progress:
            progress.stage("read the archive, the warehouse and the published copy")
            findings = list(diagnose(found, seen))
        looked = f"{seen.records} records of {seen.bytes} bytes and {seen.events} events of the journal were read"
        if as_json:
            say_json({"findings": [{**asdict(f), "advice": f.advice} for f in findings], **asdict(seen)})
        else:
            for finding in findings:
                out.print(f"[red]{finding.part}[/]: ", end="")
                out.print(f"{finding.what}. {finding.advice}", markup=False, highlight=False, soft_wrap=True)
            out.print(f"{len(findings) or 'no'} damage; {looked}", highlight=False, soft_wrap=True)
        if findings:
            raise typer.Exit(EXIT_CODES[Damaged])


def rebuild(home: Path | None, as_json: bool) -> None:
    """Make the warehouse anew."""
    with errors_told():
        found = home_of(home)
        with drawn(err) as progress:
            run = Run(found, load_settings(found), "rebuild", {}, progress=progress)
            make_anew(run)
        say_report(Report(f"rebuilt. {loaded(run)}", numbers(run), warnings=tuple(run.warnings)), as_json)


def rebuild_index(home: Path | None, as_json: bool) -> None:
    """Make the search index anew from the published copy."""
    with errors_told():
        with drawn(err) as progress:
            progress.stage("search index")
            made = rebuild_search(home_of(home))
        say_report(
            Report(f"search index rebuilt: {counted(made.articles, 'article')}", {"articles": made.articles}), as_json
        )


def quarantine_list(home: Path | None, source: str | None, reason: str | None, as_json: bool) -> None:
    """List what lies in quarantine."""
    with errors_told(), open_published(home_of(home), guarded=True) as connection:
        head, rows = answer(connection, LISTED, source=source, reason=reason)
        if as_json:
            say_json([dict(zip(head, row, strict=True)) for row in rows])
        else:
            say_table(None, head, rows)


def quarantine_show(home: Path | None, key: str, as_json: bool) -> None:
    """Show one page in quarantine, and where its record stands."""
    with errors_told(), open_published(home_of(home), guarded=True) as connection:
        head, rows = answer(connection, SHOWN, key=key)
        if not rows:
            raise BadInput(f"nothing in quarantine begins with {key!r}; see: hemeroteca quarantine list")
        if as_json:
            say_json([dict(zip(head, row, strict=True)) for row in rows])
            return
        for row in rows:
            say_table(None, ["column", "value"], list(zip(head, row, strict=True)))


def quarantine_replay(home: Path | None, request: ReplayRequest, as_json: bool) -> None:
    """Read pages in quarantine again."""
    with errors_told():
        found = home_of(home)
        with drawn(err) as progress:
            run = Run(found, load_settings(found), "quarantine replay", asdict(request), progress=progress)
            counts = replay(run, request)
        left = f"{counts.captures - counts.quarantined} left quarantine, {counts.quarantined} stay"
        say_report(Report(f"{left}. {loaded(run)}", numbers(run), warnings=tuple(run.warnings)), as_json)
