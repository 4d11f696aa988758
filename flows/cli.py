"""The command line. Each command imports what it needs when it is called, so that `--help` answers at once."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_dedup import dedup
from flows.cli_diff import diff
from flows.cli_export import export
from flows.cli_options import (
    DayOption,
    HomeOption,
    JsonOption,
    Keep,
    LimitOption,
    MinutesOption,
    Order,
    Refetch,
    Via,
    day,
)
from flows.cli_quarantine import quarantine_app
from flows.cli_search import search
from flows.cli_similar import similar
from flows.cli_sources import source_app
from flows.cli_sql import sql
from flows.version import VERSION

app = typer.Typer(
    name="hemeroteca",
    help="A news archive: collects articles for good, and answers in SQL.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(source_app, name="source")
app.add_typer(quarantine_app, name="quarantine")


def version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"hemeroteca {VERSION}")
        raise typer.Exit


@app.callback()
def top(
    _: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """A news archive: collects articles for good, and answers in SQL."""


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="Keep the demo's archive here.", show_default=False)] = None,
) -> None:
    """A whole run on three invented newspapers, without a network; ends with SQL to try."""
    from flows.commands import demo

    demo.run(folder)


@app.command()
def init(
    home: HomeOption = None,
    contact: Annotated[str, typer.Option(help="Mail address or page that publishers can write to.")] = "",
    no_prompt: Annotated[bool, typer.Option("--no-prompt", help="Ask nothing.")] = False,
) -> None:
    """Make an archive's folder here: hemeroteca.toml, and prefect.yaml with its deployments."""
    from flows.commands import setup

    setup.init(home, contact, prompt=not no_prompt)


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources; none for all active ones.", show_default=False)
    ] = None,
    limit: LimitOption = None,
    max_minutes: MinutesOption = None,
    only_due: Annotated[
        bool, typer.Option("--due", help="Leave feeds alone whose next visit has not come, as schedules do.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Crawl, archive, extract, deduplicate, load, publish."""
    from flows.commands import collect
    from flows.ingest import IngestRequest

    collect.ingest(home, IngestRequest(tuple(sources or ()), limit, max_minutes, only_due), as_json)


@app.command()
def backfill(
    sources: Annotated[list[str], typer.Argument(help="Sources.")],
    first_day: Annotated[date, typer.Option("--from", parser=day, metavar="DAY", help="First publication day.")],
    last_day: Annotated[date, typer.Option("--to", parser=day, metavar="DAY", help="Last publication day, included.")],
    via: Annotated[Via, typer.Option(help="Where to look.")] = "sitemap",
    files: Annotated[
        list[Path] | None, typer.Option(help="WARC files or folders, for warc and ccnews.", show_default=False)
    ] = None,
    refetch: Annotated[Refetch, typer.Option(help="What to fetch beside what is missing.")] = "missing",
    order: Annotated[Order, typer.Option(help="Which pages come first.")] = "newest",
    limit: LimitOption = None,
    max_minutes: MinutesOption = None,
    capture_margin: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Days after the last on which its pages may have been captured: 31. Of a sitemap that tells no more, "
            "changed: 0.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only draw up the plan.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Fetch what was published on a range of days and is not held; the plan first."""
    from flows.commands import collect
    from flows.plan import BackfillRequest

    request = BackfillRequest(
        sources=tuple(sources),
        first_day=first_day,
        last_day=last_day,
        via=via,
        files=tuple(files or ()),
        refetch=refetch,
        order=order,
        limit=limit,
        max_minutes=max_minutes,
        dry_run=dry_run,
        capture_margin=capture_margin,
    )
    collect.backfill(home, request, as_json)


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Text, HTML, JSONL, WARC, ARC, WACZ; files or folders.")],
    source: Annotated[
        str | None, typer.Option(help="One source for all; else one per domain.", show_default=False)
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="ISO 639-1, where a page does not tell.", show_default=False)
    ] = None,
    urls: Annotated[
        Path | None, typer.Option(help="CSV or TSV of path,url[,captured_at] for a folder.", show_default=False)
    ] = None,
    archive: Annotated[Keep, typer.Option(help="Copy WARC records, or leave them in their file.")] = "copy",
    again: Annotated[bool, typer.Option("--again", help="Read files anew that were imported before.")] = False,
    domains: Annotated[
        list[str] | None, typer.Option("--domain", help="Only of this domain; repeat for more.", show_default=False)
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option("--only-language", help="Only in this language (ISO 639-1); repeat for more.", show_default=False),
    ] = None,
    published_from: DayOption = None,
    published_to: DayOption = None,
    captured_from: DayOption = None,
    captured_to: DayOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Bring files into the archive, load and publish them; the filters leave out what is known to be outside."""
    from flows.commands import collect
    from flows.request import Asked

    asked = Asked(
        tuple(paths),
        source,
        language,
        archive,
        again,
        urls,
        tuple(domains or ()),
        tuple(languages or ()),
        (published_from, published_to),
        (captured_from, captured_to),
    )
    collect.import_(home, asked, as_json)


@app.command()
def extract(
    inputs: Annotated[list[str] | None, typer.Argument(help="Pages: files, globs or URLs.", show_default=False)] = None,
    input: Annotated[str | None, typer.Option("--input", help="JSONL, WARC or a glob.", show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option(help=".jsonl, .jsonl.gz, .jsonl.zst or .parquet.", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    shard: Annotated[str, typer.Option(help="Only every N-th page, from the I-th on: I/N.")] = "1/1",
    explain: Annotated[bool, typer.Option("--explain", help="Tell which rule did what, in place.")] = False,
    home: HomeOption = None,
) -> None:
    """Extract articles from files; no archive, no database."""
    from flows.commands import extraction

    extraction.run([*(inputs or []), *([input] if input else [])], output, workers, shard, explain, home)


app.command()(dedup)


app.command()(sql)
app.command()(search)


app.command()(diff)
app.command()(similar)
app.command()(export)


@app.command()
def status(
    stale_after: Annotated[
        str | None,
        typer.Option(help="Exit code 13 where a source's feeds were not read for so long: 2h, 3d.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What the archive holds, how its sources fare, what waits to be loaded."""
    from flows.commands import status

    status.status(home, stale_after, as_json)


@app.command()
def doctor(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Read everything through, and say what is damaged and what to do."""
    from flows.commands import mending

    mending.doctor(home, as_json)


@app.command()
def rebuild(
    only_search: Annotated[bool, typer.Option("--search", help="Make only the search index anew.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Make the warehouse anew from archive and journal, and the search index from it."""
    from flows.commands import mending

    if only_search:
        mending.rebuild_index(home, as_json)
    else:
        mending.rebuild(home, as_json)


def main() -> None:
    """The console script."""
    app()
