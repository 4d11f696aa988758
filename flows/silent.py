"""Newspapers from which nothing came on a day when something usually does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warehouse.home import Home
from warehouse.reader import open_published

SILENT = """
    SELECT log.source, log.day, log.usual FROM collection_log log JOIN sources USING (source)
    WHERE log.day = ? AND log.articles = 0 AND log.usual >= 1 AND sources.active ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Silence:
    """A day on which a newspaper gave no article."""

    source: str
    day: date
    """In UTC."""
    usual: float
    """Articles that are usual on that weekday."""


def silences(home: Home, now: datetime) -> list[Silence]:
    """The active newspapers that gave nothing on the last whole day."""
    with open_published(home) as connection:
        rows = connection.execute(SILENT, [now.date() - timedelta(days=1)]).fetchall()
    return [Silence(*row) for row in rows]
