"""The command `hemeroteca export`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import FirstDayOption, HomeOption, JsonOption, LanguagesOption, LastDayOption, SourcesOption
from warehouse.exports.question import Form, Question


def export(
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    output: Annotated[Path, typer.Option("--output", help="A folder: empty, new, or of an export to go on with.")],
    sources: SourcesOption = None,
    first_day: FirstDayOption = None,
    last_day: LastDayOption = None,
    languages: LanguagesOption = None,
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
        first_day,
        last_day,
        tuple(languages or ()),
        query,
        unique,
        without_text,
        respect_optout,
    )
    exporting.run(home, ExportRequest(output, question, again), as_json)
