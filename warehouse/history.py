"""The history of one article, as the published copy tells it."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from articles.errors import BadInput
from articles.revisions import Version
from articles.urls import normalise, registrable_domain
from warehouse.changes import version
from warehouse.store import sql


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
    found = connection.execute(sql("find_article.sql"), {"url": url}).fetchone()
    if found is None:
        raise BadInput(not_held(connection, url))
    rows = connection.execute(sql("periods.sql"), {"article_id": found[0]}).fetchall()
    return History(rows[0][5], rows[0][6], tuple(Period(*row[:5]) for row in rows))


def not_held(connection: duckdb.DuckDBPyConnection, url: str) -> str:
    """Why there is no article at an address, and which are the nearest."""
    domain = None if url.startswith("urn:") else registrable_domain(url)
    near = connection.execute(sql("nearest.sql"), {"url": url, "domain": domain}).fetchall()
    other = connection.execute(sql("why_not.sql"), {"url": url}).fetchone()
    why = f"{url} is held, but is no article ({other[0]}: {other[1]})" if other else f"no article is held at {url}"
    nearest = "; the nearest are:\n" + "\n".join(f"  {row[0]}" for row in near) if near else "; no article is held yet"
    return why + nearest


def content(connection: duckdb.DuckDBPyConnection, version_id: str) -> Version:
    """The content of a version."""
    row = connection.execute(sql("version.sql"), {"version_id": version_id}).fetchone()
    if row is None:
        raise BadInput(f"the version {version_id} is not held")
    return version(row)
