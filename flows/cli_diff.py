"""The command `diff`."""

from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption


def diff(
    url: Annotated[str, typer.Argument(help="The address of an article.")],
    start: Annotated[
        str | None,
        typer.Option(
            "--from", help="The version before: its number, or a time; of a day its start.", show_default=False
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", help="The version after: its number, or a time; of a day its end.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What changed between two versions of an article: the last two that differ in more than cosmetics."""
    from flows.commands import differences

    differences.diff(home, url, start, end, as_json)
