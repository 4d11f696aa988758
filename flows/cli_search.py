"""The command `search`."""

from datetime import datetime
from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption, Ranked


def search(
    words: Annotated[list[str], typer.Argument(help="Words, phrases in quotes, field:word, OR, -word, wor*.")],
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
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", help="Seek words here, not in title and text; repeat for more.", show_default=False),
    ] = None,
    order: Annotated[Ranked, typer.Option(help="Which articles come first.")] = "relevance",
    limit: Annotated[int, typer.Option(min=1, help="Articles at most.")] = 10,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Search titles and texts: words in all their forms, phrases, fields, days."""
    from flows.commands import searching
    from warehouse.search.hits import Asked

    asked = Asked(
        " ".join(words),
        tuple(sources or ()),
        tuple(languages or ()),
        first_day.date() if first_day else None,
        last_day.date() if last_day else None,
        tuple(fields or ()),
        order,
        limit,
    )
    searching.search(home, asked, as_json)
