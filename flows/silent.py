"""Newspapers from which nothing came on a day when something usually does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from warehouse.home import Home
from warehouse.reader import open_published

SILENT = """
    WITH born AS (
        SELECT source, day, count(*) AS articles FROM (
            SELECT source, min(captured_date) AS day FROM captures WHERE outcome = 'article' GROUP BY source, article_id
        ) GROUP BY source, day
    ),
    days AS (
        SELECT source, day, looked, coalesce(born.articles, 0) AS new,
            median(coalesce(born.articles, 0)) OVER (
                PARTITION BY source, dayofweek(day) ORDER BY day ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING
            ) AS usual
        FROM collection_log LEFT JOIN born USING (source, day)
    )
    SELECT source, day, usual FROM days JOIN sources USING (source)
    WHERE day = $day AND looked AND new = 0 AND usual >= 1 AND sources.active ORDER BY ALL
"""
"""Of articles that are new: those that are looked at again go on for a month when a newspaper gives nothing."""

TOLD = """
    SELECT count(*) > 0 FROM loads WHERE command = 'ingest' AND status = 'completed' AND flow_run_id IS NOT NULL
        AND load_id <> $load_id AND finished_at AT TIME ZONE 'UTC' >= $day + INTERVAL 1 DAY
"""
"""Whether a scheduled ingest of this day has said it before; only the first of a day reads the whole log."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A day on which a newspaper gave no new article."""

    source: str
    day: date
    """In UTC."""
    usual: float
    """New articles that are usual on that weekday."""


def silences(home: Home, load_id: str, now: datetime) -> list[Silence]:
    """The active newspapers that gave nothing on the last whole day, though somebody looked."""
    day = now.date() - timedelta(days=1)
    with open_published(home) as connection:
        if connection.execute(TOLD, {"day": day, "load_id": load_id}).fetchone() == (True,):
            return []
        rows = connection.execute(SILENT, {"day": day}).fetchall()
    return [Silence(*row) for row in rows]
