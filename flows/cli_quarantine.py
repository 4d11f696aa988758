"""The commands of `hemeroteca quarantine`."""

from typing import Annotated

import typer

from flows.cli_options import HomeOption, JsonOption

quarantine_app = typer.Typer(help="Pages that no reading could take: list, show, replay.", no_args_is_help=True)

SourceOption = Annotated[str | None, typer.Option("--source", help="Of this source only.", show_default=False)]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="For this reason only.", show_default=False)]


@quarantine_app.command("list")
def quarantine_list(
    source: SourceOption = None, reason: ReasonOption = None, as_json: JsonOption = False, home: HomeOption = None
) -> None:
    """List the pages that no reading could take, and why."""
    from flows.commands import mending

    mending.quarantine_list(home, source, reason, as_json)


@quarantine_app.command("show")
def quarantine_show(
    key: Annotated[str, typer.Argument(metavar="ID", help="What its capture_id begins with.")],
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show a page in quarantine, and where its record stands."""
    from flows.commands import mending

    mending.quarantine_show(home, key, as_json)


@quarantine_app.command("replay")
def quarantine_replay(
    key: Annotated[
        str | None, typer.Argument(metavar="ID", help="What its capture_id begins with; all.", show_default=False)
    ] = None,
    source: SourceOption = None,
    reason: ReasonOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Read pages in quarantine again; their rows move to what becomes of them."""
    from flows.commands import mending
    from flows.quarantine import ReplayRequest

    mending.quarantine_replay(home, ReplayRequest(key, source, reason), as_json)
