"""`source list`: the newspapers of the settings, by collection."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput
from flows.commands.homes import home_of
from flows.console import errors_told, say_json, say_table
from flows.sections import SourceSettings
from flows.settings import load_settings

HEAD = ("source", "name", "country", "media_type", "url", "feeds", "sitemaps", "archive sitemaps", "active")


def run(home: Path | None, collections: Sequence[str], as_json: bool) -> None:
    """List all newspapers, or those of the named collections.

    A newspaper of several collections stands in each of their tables, and once in the JSON.
    """
    with errors_told():
        sources = load_settings(home_of(home)).sources
        groups = grouped(sources, collections)
        if as_json:
            shown = {key for group in groups.values() for key in group}
            say_json([{"source": key, **source.model_dump()} for key, source in sources.items() if key in shown])
            return
        for name, group in groups.items():
            say_table(title(name, len(groups)), HEAD, [row(key, source) for key, source in group.items()])


def grouped(
    sources: Mapping[str, SourceSettings], wanted: Sequence[str]
) -> dict[str | None, dict[str, SourceSettings]]:
    """The sources by collection, in the order of names, those in none at the end under None.

    Raises `BadInput` for a wanted collection that no source is in.
    """
    names = sorted({name for source in sources.values() for name in source.collections})
    for name in wanted:
        if name not in names:
            known = ", ".join(names) or "none yet; name them as `collections` of a source"
            raise BadInput(f"no source in hemeroteca.toml is in a collection {name!r} (known: {known})")
    groups: dict[str | None, dict[str, SourceSettings]] = {
        name: {key: source for key, source in sources.items() if name in source.collections}
        for name in (dict.fromkeys(wanted) or names)
    }
    rest = {key: source for key, source in sources.items() if not source.collections}
    return groups if wanted or (groups and not rest) else {**groups, None: rest}


def title(name: str | None, groups: int) -> str | None:
    """What stands above a group; nothing where there is but one without a name."""
    if name is None:
        return "in no collection" if groups > 1 else None
    return escape(escaped(name))


def row(key: str, source: SourceSettings) -> list[object]:
    """A source as a line of the list."""
    return [
        key,
        source.name,
        source.country,
        source.media_type,
        source.url,
        len(source.feeds),
        len(source.sitemaps),
        len(source.archive_sitemaps),
        source.active,
    ]
