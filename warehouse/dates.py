"""Dates as feeds and sitemaps write them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def read_date(raw: str | None) -> datetime | None:
    """The instant that a feed (RFC 822) or sitemap (W3C) states; UTC where it names no zone."""
    if not raw:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(raw.strip())
        except ValueError:
            continue
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return None
