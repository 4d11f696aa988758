"""The history of one article, as the published copy tells it."""

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

import duckdb

from articles.errors import BadInput
from articles.revisions import Version
from articles.urls import normalise, registrable_domain
from warehouse.changes import version
from warehouse.store import sql

DOMAINS = "SELECT DISTINCT domain FROM article_state WHERE domain IS NOT NULL ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Period:
    """A time through which one version stood, or none."""

    number: int
    """1 for the first."""
    version_id: str | None
    """None while the article was gone."""
    held_from: datetime
    held_until: datetime | None
    """None for what holds now."""
    kind: str | None
    """What had changed; None for the first, and for a version that came back as it had been."""


@dataclass(frozen=True, slots=True)
class History:
    """An article and all its periods, in order."""

    url: str
    source: str
    periods: tuple[Period, ...]

    @property
    def standing(self) -> tuple[Period, ...]:
        """Those in which there was something to read."""
        return tuple(period for period in self.periods if period.version_id)


def history(connection: duckdb.DuckDBPyConnection, address: str) -> History:
    """The history of the article at an address, or that it led to; `BadInput` names the nearest where none is held."""
    url = normalise(address)
    article = at_address(connection, url)
    if article is None:
        others = {found for other in spellings(url) if (found := at_address(connection, other))}
        if len(others) != 1:
            raise BadInput(not_held(connection, url))
        (article,) = others
    rows = connection.execute(sql("periods.sql"), {"article_id": article}).fetchall()
    return History(rows[0][5], rows[0][6], tuple(Period(*row[:5]) for row in rows))


def at_address(connection: duckdb.DuckDBPyConnection, url: str) -> str | None:
    """The article at a normalised address, or that it led to."""
    found = connection.execute(sql("find_article.sql"), {"url": url}).fetchone()
    return str(found[0]) if found else None


def spellings(url: str) -> set[str]:
    """The addresses that differ from one in nothing but scheme and final slash, which people do not mind."""
    _, colon, rest = url.partition("://")
    if not colon:
        return set()
    path, mark, query = rest.partition("?")
    paths = {path, path.removesuffix("/") or path, f"{path.rstrip('/')}/"}
    return {f"{scheme}://{one}{mark}{query}" for scheme in ("http", "https") for one in paths} - {url}


def not_held(connection: duckdb.DuckDBPyConnection, url: str) -> str:
    """Why there is no article at an address, and which are the nearest."""
    domain = None if url.startswith("urn:") else registrable_domain(url)
    near = connection.execute(sql("nearest.sql"), {"url": url, "domain": domain}).fetchall()
    other = connection.execute(sql("why_not.sql"), {"url": url}).fetchone()
    why = f"{url} is held, but is no article ({other[0]}: {other[1]})" if other else f"no article is held at {url}"
    if near:
        return f"{why}; the nearest are:\n" + "\n".join(f"  {row[0]}" for row in near)
    domains = [row[0] for row in connection.execute(DOMAINS).fetchall()]
    if not domains:
        return f"{why}; no article is held yet"
    like = get_close_matches(domain or "", domains, 3)
    return f"{why}, nor any of {domain}" + (f"; did you mean {' or '.join(like)}?" if like else "")


def content(connection: duckdb.DuckDBPyConnection, version_id: str) -> Version:
    """The content of a version."""
    row = connection.execute(sql("version.sql"), {"version_id": version_id}).fetchone()
    if row is None:
        raise BadInput(f"the version {version_id} is not held")
    return version(row)
