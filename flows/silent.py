"""Newspapers from which nothing came on a day when something usually does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warehouse.home import Home
from warehouse.reader import open_published

SILENT = """
    SELECT log.source, log.day, log.usual FROM collection_log log JOIN sources USING (source)
    WHERE log.day = $day AND log.looked AND log.articles = 0 AND log.usual >= 1 AND sources.active
        AND NOT EXISTS (
            FROM loads WHERE command = 'ingest' AND status = 'completed' AND flow_run_id IS NOT NULL
                AND load_id <> $load_id AND finished_at AT TIME ZONE 'UTC' >= $day + INTERVAL 1 DAY
        )
    ORDER BY ALL
"""
"""Asked by the first scheduled ingest of a day, which tells it; those after it find that it was told."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A day on which a newspaper gave no article."""

    source: str
    day: date
    """In UTC."""
    usual: float
    """Articles that are usual on that weekday."""


def silences(home: Home, load_id: str, now: datetime) -> list[Silence]:
    """The active newspapers that gave nothing on the last whole day, though somebody looked."""
    bound = {"day": now.date() - timedelta(days=1), "load_id": load_id}
    with open_published(home) as connection:
        rows = connection.execute(SILENT, bound).fetchall()
    return [Silence(*row) for row in rows]
