"""The commands of `hemeroteca source`; as in `cli`, each imports what it needs when it is called."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli_options import HomeOption, JsonOption

source_app = typer.Typer(help="Newspapers: find, check, list, bring in and out.", no_args_is_help=True)


ListFormat = Literal["opml", "csv"]


@source_app.command("add")
def source_add(
    url: Annotated[str, typer.Argument(help="The newspaper's home page.")],
    name: Annotated[str | None, typer.Option(help="As its readers know it.", show_default=False)] = None,
    slug: Annotated[
        str | None, typer.Option(help="Its key everywhere; made from the host.", show_default=False)
    ] = None,
    feed: Annotated[list[str] | None, typer.Option(help="A feed's URL; repeat for more.", show_default=False)] = None,
    sitemap: Annotated[list[str] | None, typer.Option(help="A sitemap's URL.", show_default=False)] = None,
    archive_sitemap: Annotated[
        list[str] | None, typer.Option(help="That of past months, for backfill.", show_default=False)
    ] = None,
    zone: Annotated[str | None, typer.Option(help="IANA time zone.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1.", show_default=False)] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1.", show_default=False)] = None,
    media_type: Annotated[
        str | None, typer.Option(help="newspaper, agency, broadcaster ...: your own word.", show_default=False)
    ] = None,
    collection: Annotated[
        list[str] | None, typer.Option(help="A group of yours; repeat for more.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take what is found without asking.")] = False,
    no_prompt: Annotated[bool, typer.Option("--no-prompt", help="Ask nothing: show what is found.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Add a newspaper to hemeroteca.toml; without --feed and --sitemap, find out what there is to visit."""
    from flows.commands import sources

    wishes = sources.Wishes(
        url=url,
        name=name,
        slug=slug,
        feeds=tuple(feed or ()),
        sitemaps=tuple(sitemap or ()),
        archive_sitemaps=tuple(archive_sitemap or ()),
        zone=zone,
        languages=(language,) if language else (),
        country=country,
        media_type=media_type,
        collections=tuple(collection or ()),
    )
    sources.add(home, wishes, yes=yes, prompt=not no_prompt, as_json=as_json)


@source_app.command("list")
def source_list(
    collection: Annotated[
        list[str] | None, typer.Option(help="Only this group; repeat for more.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List the newspapers of hemeroteca.toml by their collections."""
    from flows.commands import listing

    listing.run(home, collection or [], as_json)


@source_app.command("check")
def source_check(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources; none for all active ones.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Fetch what the settings name, and say what is wrong with it and what to do."""
    from flows.commands import checks

    checks.run(home, sources or [], as_json)


@source_app.command("import")
def source_import(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="OPML or CSV.")],
    update: Annotated[bool, typer.Option("--update", help="Change sources that are there already.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take newspapers from a list: OPML as feed readers write it, or CSV with columns named as the settings."""
    from flows.commands import lists

    lists.import_(home, path, update=update, as_json=as_json)


@source_app.command("export")
def source_export(
    form: Annotated[ListFormat, typer.Option("--format", help="What to write.")] = "opml",
    output: Annotated[
        Path | None, typer.Option("--output", help="A file; else standard output.", show_default=False)
    ] = None,
    home: HomeOption = None,
) -> None:
    """Write all newspapers as a list."""
    from flows.commands import lists

    lists.export(home, form, output)
