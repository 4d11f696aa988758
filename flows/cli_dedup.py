"""The command `hemeroteca dedup`."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import JsonOption


def dedup(
    inputs: Annotated[
        list[str],
        typer.Option("--input", help="JSONL, plain, .gz or .zst, or Parquet; a glob, or repeat for more files."),
    ],
    output: Annotated[Path, typer.Option("--output", help=".jsonl, .jsonl.gz, .jsonl.zst or .parquet.")],
    id_field: Annotated[str, typer.Option(help="What tells documents apart.")] = "id",
    text_field: Annotated[str, typer.Option(help="The text.")] = "text",
    date_field: Annotated[
        str, typer.Option(help="When it was published, ISO 8601; documents without are compared with all.")
    ] = "published_at",
    domain_field: Annotated[str, typer.Option(help="Where it was published.")] = "domain",
    write_kept: Annotated[
        Path | None, typer.Option(help="Also write the rows that are kept, as they are.", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Find the copies in anyone's corpus; no archive, no database."""
    from flows.commands import dedup
    from flows.dedup import DedupRequest
    from warehouse.corpora.chunks import Fields

    fields = Fields(id_field, text_field, date_field, domain_field)
    dedup.run(DedupRequest(tuple(inputs), output, fields, workers, write_kept), as_json)
