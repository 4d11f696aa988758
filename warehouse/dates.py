"""Dates as feeds and sitemaps write them."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from email.utils import parsedate_to_datetime


def read_date(raw: str | None) -> datetime | None:
    """The instant that a feed (RFC 822) or sitemap (W3C) states; UTC where it names no zone.

    None also for the first and the last year there are: programs write them that have no date.
    """
    if not raw:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(raw.strip())
            if MINYEAR < at.year < MAXYEAR:
                return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
    return None
