"""What a notebook imports: `open()` gives the newest published copy, read-only, `search()` and `hits()` search it."""

import os
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from articles.errors import BadInput
from warehouse.home import Home, find_home
from warehouse.reader import home_of, is_current, open_published
from warehouse.search.hits import Asked, Ranked, add_hits, searching

__all__ = ["hits", "is_current", "open", "search"]


def open(home: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """Connect to an archive's published copy, read-only.

    `home` is the archive's folder; without it `HEMEROTECA_HOME`, then the nearest `hemeroteca.toml` upwards.
    The connection keeps its copy: where `is_current` says that there is a newer one, open again to see it.
    """
    return open_published(found(home))


def search(
    words: str,
    home: str | Path | None = None,
    *,
    source: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    first_day: date | str | None = None,
    last_day: date | str | None = None,
    field: str | Sequence[str] = (),
    order: Ranked = "relevance",
    limit: int | None = 20,
) -> pa.Table:
    """Search an archive's titles and texts; the best hits as an Arrow table, with snippets.

    `words` are in the query language of `hemeroteca search`. Days are days of publication, both included, as dates or
    as `2026-11-20`; `field` says where words are sought that name no field; `order` is `relevance` or `newest`. The
    columns: place, article_id, version_id, score, source, published_at, published_date, language, title, marked_title,
    snippet, url; hits stand between `**` in marked_title and snippet. An index that is not of the newest copy is warned
    of.
    """
    asked = Asked(words, many(source), many(language), day(first_day), day(last_day), many(field), order, limit)
    where = found(home)
    with open_published(where) as connection, searching(where, connection) as index:
        if standing := index.standing():
            warnings.warn(standing, stacklevel=2)
        return index.find(asked).hits


def hits(connection: duckdb.DuckDBPyConnection, words: str, name: str = "hits") -> None:
    """Give a connection that `open` made a table of all hits, to join with: place, article_id, version_id, score.

    `words` are in the query language of `hemeroteca search`, which has fields for source, language and days, too.
    """
    if standing := add_hits(home_of(connection), connection, Asked(words, limit=None), name):
        warnings.warn(standing, stacklevel=2)


def found(home: str | Path | None) -> Home:
    """The home that is named, or the one that a command would find."""
    named = Path(home) if home is not None else None
    return find_home(named, os.environ.get("HEMEROTECA_HOME"), Path.cwd(), "home")


def many(named: str | Sequence[str]) -> Sequence[str]:
    """One or more as several."""
    return (named,) if isinstance(named, str) else tuple(named)


def day(stated: date | str | None) -> date | None:
    """A day that may be written as ISO 8601 has it."""
    if not isinstance(stated, str):
        return stated
    try:
        return date.fromisoformat(stated)
    except ValueError as error:
        raise BadInput(f"{stated!r} is no day; write 2026-11-20") from error
