"""`hemeroteca sql` on the command line."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="A query; without it a prompt, or what stands on standard input.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV.")] = False,
    parquet: Annotated[
        Path | None, typer.Option(help="Write the answer to this file, as Parquet.", show_default=False)
    ] = None,
    by_line: Annotated[
        bool, typer.Option("--line", help="A column a line, values whole: to read a text, or a row of many columns.")
    ] = False,
    words: Annotated[
        str | None,
        typer.Option(
            "--search", help="Search for this; its hits are the table `hits` of the query.", show_default=False
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Ask the published copy, read-only: queries, or a prompt."""
    forms = as_json + as_csv + by_line + (parquet is not None)
    if forms > 1:
        raise typer.BadParameter("one of --json, --csv, --line and --parquet at a time")
    if query is None and not forms and sys.stdin.isatty() and sys.stdout.isatty():
        from flows.commands import prompt

        prompt.run(home, words)
    else:
        from flows.commands import asking

        form: asking.Form = "json" if as_json else "csv" if as_csv else "line" if by_line else parquet
        asking.sql(home, query, form, words)
