"""The command `hemeroteca export`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption
from warehouse.exports.question import Form, Question


def export(
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    output: Annotated[Path, typer.Option("--output", help="A folder: empty, new, or of an export to go on with.")],
    sources: Annotated[
        list[str] | None, typer.Option("--source", help="Only of this source; repeat for more.", show_default=False)
    ] = None,
    first_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First publication day.", show_default=False),
    ] = None,
    last_day: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last publication day, included.", show_default=False),
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option("--language", help="Only in this language (ISO 639-1); repeat for more.", show_default=False),
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(help="Only articles that this SQL answers, by article_id or url.", show_default=False),
    ] = None,
    unique: Annotated[bool, typer.Option("--unique", help="One article of each cluster of copies.")] = False,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Without the columns text and description.")
    ] = False,
    respect_optout: Annotated[
        bool, typer.Option("--respect-optout", help="Without what is reserved from text and data mining or training.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Replace another export in the folder.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Write articles to files: Parquet by source and month, JSON lines, CSV, or their pages as WARC."""
    from flows.commands import exporting
    from flows.exporting import ExportRequest

    question = Question(
        form,
        tuple(sources or ()),
        first_day.date() if first_day else None,
        last_day.date() if last_day else None,
        tuple(languages or ()),
        query,
        unique,
        without_text,
        respect_optout,
    )
    exporting.run(home, ExportRequest(output, question, again), as_json)
