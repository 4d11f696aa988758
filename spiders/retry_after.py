"""What a server that is asked too much says of when to come again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

UNSTATED = 120.0
"""Seconds that a host is left alone which says that it was asked too often, and not until when."""


def rest_asked(status: int, header: bytes | None, moment: datetime) -> float:
    """Seconds that an answer asks to be left alone; 0 for one that does not."""
    if status not in (429, 503):
        return 0.0
    stated = seconds_of(header.decode("latin-1").strip(), moment) if header else None
    return stated if stated is not None else UNSTATED if status == 429 else 0.0


def seconds_of(value: str, moment: datetime) -> float | None:
    """A number of seconds or an HTTP date, as seconds from a moment; None for what is neither."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - moment.timestamp(), 0.0)
