"""The time that collecting goes by: read here alone, so that a rehearsal can make a month pass in an hour."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, to the microsecond, in UTC."""
    return datetime.now(UTC)


def lasting(seconds: float) -> float:
    """How many seconds of the machine's time so many of this clock's take: as many, but in a rehearsal."""
    return seconds
