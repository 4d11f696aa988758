"""The command `search`."""

from typing import Annotated

import typer

from flows.cli_options import (
    FirstDayOption,
    HomeOption,
    JsonOption,
    LanguagesOption,
    LastDayOption,
    Ranked,
    SourcesOption,
)


def search(
    words: Annotated[list[str], typer.Argument(help="Words, phrases in quotes, field:word, OR, -word, wor*.")],
    sources: SourcesOption = None,
    first_day: FirstDayOption = None,
    last_day: LastDayOption = None,
    languages: LanguagesOption = None,
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
        first_day,
        last_day,
        tuple(fields or ()),
        order,
        limit,
    )
    searching.search(home, asked, as_json)
