"""The command `similar`."""

from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption


def similar(
    name: Annotated[str, typer.Argument(metavar="URL|FILE", help="An article of the archive, or a file with one.")],
    limit: Annotated[int, typer.Option(min=1, help="Articles at most.")] = 10,
    passages: Annotated[int, typer.Option(min=0, help="Shared passages to show of each, at most.")] = 2,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """The articles of the archive that share text with one, and what they share."""
    from flows.commands import similar

    similar.run(home, name, limit, passages, as_json)
