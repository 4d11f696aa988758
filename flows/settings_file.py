"""Sources in `hemeroteca.toml`: written so that the file keeps its comments and order, and is valid after it."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from pydantic import ValidationError

from articles.cleaning import clean
from articles.errors import BadInput
from articles.urls import host, normalise
from flows.sections import SourceSettings
from flows.settings import SLUG, load_settings
from warehouse.home import Home
from warehouse.locks import settings_lock
from warehouse.replace import replace_text


def slug_of(url: str, named: str | None = None) -> str:
    """The key of a source: the one named, else its host; raises `BadInput` for what is none."""
    key = named or host(normalise(url)).removeprefix("www.")
    if not SLUG.fullmatch(key):
        raise BadInput(f"{key!r} is no key for a source: a-z, 0-9, dot, dash and underscore")
    return key


def row_of(source: SourceSettings) -> dict[str, Any]:
    """A source's table, as TOML can hold it: what is not as it is by default, nothing in it that no reader sees."""
    told = source.model_dump(exclude_defaults=True)
    return {key: list(clean(value)) if isinstance(value, tuple) else clean(value) for key, value in told.items()}


def stated(row: Mapping[str, Any]) -> SourceSettings:
    """A source's settings; raises `BadInput` that names what is wrong with them."""
    try:
        return SourceSettings.model_validate(dict(row))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise BadInput(faults) from error


def add_source(home: Home, key: str, source: SourceSettings) -> None:
    """Add a source, which must be new."""
    with settings_lock(home.locks):
        if key in load_settings(home).sources:
            raise BadInput(f"hemeroteca.toml has a source {key!r} already; choose another key with --slug")
        put_sources(home, {key: source})


def write_sources(home: Home, sources: Mapping[str, SourceSettings]) -> None:
    """Write the tables of sources; the file is as before where it would not be valid."""
    with settings_lock(home.locks):
        put_sources(home, sources)


def put_sources(home: Home, sources: Mapping[str, SourceSettings]) -> None:
    """Write them, under the lock."""
    before = home.settings.read_text("utf-8")
    document = tomlkit.parse(before)
    tables = document.setdefault("sources", tomlkit.table(is_super_table=True))
    for key, source in sources.items():
        row = row_of(source)
        if key not in tables:
            tables[key] = row
            continue
        for name in [name for name in tables[key] if name not in row]:
            del tables[key][name]
        tables[key].update({name: value for name, value in row.items() if tables[key].get(name) != value})
    replace_text(home.settings, tomlkit.dumps(document))
    try:
        load_settings(home)
    except BaseException:
        replace_text(home.settings, before)
        raise
