"""Moments as pages write them: read strictly, with what is not known said, and nothing made up."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from articles.model import Moment, Precision, ZoneSource
from articles.tables import table
from articles.textform import clean_line

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""The web's first news pages are younger; earlier dates are defaults of content systems."""

LATEST = timedelta(days=1)
"""How far past the fetch a date may lie: clocks and zones are off by less."""

CONFLICT = timedelta(days=1)

ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:\s{0,3}[T,]\s{0,3}|\s{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s{0,2}(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2})(?::?(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?")
CJK = re.compile(
    r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?\s{0,2}(?:[（(].[)）])?\s{0,2}(?:(\d{1,2})[:時时시]\s?(\d{2})分?분?)?"
)
DOTTED = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[\s,|–-]{1,4}(?:um\s)?(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?:\s?Uhr)?)?"
)
LOST_PLUS = re.compile(r"(T\d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d\d:?\d\d)$")
"""A zone whose plus was taken for a space, as forms write it."""

EPOCH = re.compile(r"\d{10}|\d{13}")
AMBIGUOUS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})\b")
WORDY = re.compile(r"^[\w\s,.:+/()-]{6,60}$")
SPOKEN = re.compile(r"[^\W\d_]+")

DATES = table("dates")
MONTHS = {name: number for number, names in DATES["months"].items() for name in names}
ZONES = {name: timezone(timedelta(minutes=minutes)) for name, minutes in DATES["zones"].items()}

DEFAULTS = (
    datetime(1996, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    datetime(2004, 2, 2, 2, 2, 2, tzinfo=UTC).replace(tzinfo=None),
)


class Undated(ValueError):
    """A string that states no day."""


def moment(
    raw: str, source: str, fetched_at: datetime, zone: str | None, zone_source: ZoneSource = "source"
) -> Moment | None:
    """The moment a string states; None where it states none, or one that cannot be.

    `zone` is an IANA name for times that carry none.
    """
    raw = clean_line(raw[:200])[:100]
    try:
        stated, precision = read(raw)
        own = name_of(stated.tzinfo)
        fallback = None if own else iana(zone)
        at = stated if own else stated.replace(tzinfo=fallback or UTC)
        instant = at.astimezone(UTC)
    except (Undated, ValueError, OverflowError, TypeError):
        return None
    if not EARLIEST <= instant <= fetched_at + LATEST:
        return None
    day = at.date() if not fallback and not zone else local_day(at, precision, zone)
    who: ZoneSource = "page" if own else zone_source if fallback else "none"
    return Moment(instant, day, raw, precision, own or (zone if fallback else None), who, source)


def local_day(at: datetime, precision: Precision, zone: str | None) -> date:
    """The day in the paper's zone; as printed where a day is all there is."""
    paper = iana(zone)
    return at.date() if precision == "day" or paper is None else at.astimezone(paper).date()


def read(raw: str) -> tuple[datetime, Precision]:
    """The stated date and time, naive where no zone stands with it."""
    raw = LOST_PLUS.sub(r"\1+\2", raw)
    if EPOCH.fullmatch(raw):
        seconds = int(raw) / (1000 if len(raw) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0), "second"
    for pattern, order in ((ISO, "ymd"), (COMPACT, "ymd"), (CJK, "ymd"), (DOTTED, "dmy")):
        if found := pattern.fullmatch(raw):
            return assembled(found, order)
    return worded(raw)


def assembled(found: re.Match[str], order: str) -> tuple[datetime, Precision]:
    """A date from the groups of a pattern: three for the day, then hour, minute, second and zone."""
    groups: list[Any] = [*found.groups(), None, None, None]
    one, two, three, hour, minute, sec, zone = groups[:7]
    year, month, day = (one, two, three) if order == "ymd" else (three, two, one)
    at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(sec or 0), tzinfo=offset(zone))
    return at, "day" if hour is None else "second" if sec else "minute"


def offset(text: str | None) -> tzinfo | None:
    """`Z`, `GMT`, `+02:00`, `+0200` or `+2` as a zone."""
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(3, "0")
    hours, minutes = int(digits[:-2]) if len(digits) > 3 else int(text[1:]), int(digits[-2:]) if len(digits) > 3 else 0
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def worded(raw: str) -> tuple[datetime, Precision]:
    """A date in words, `Tue, 03 Mar 2026 10:00:00 GMT`: day, month and year must all be said, and mean one thing."""
    text = english(raw)
    if not WORDY.match(text) or not re.search(r"\d{4}", text):
        raise Undated(raw)
    if (found := AMBIGUOUS.search(text)) and max(int(found[1]), int(found[2])) <= 12 and found[1] != found[2]:
        raise Undated(raw)
    # What the string leaves out comes from the default: two defaults that give two days mean it left something out.
    first, second = (dateutil_parser.parse(text, default=default, tzinfos=known_zone) for default in DEFAULTS)
    if first.date() != second.date():
        raise Undated(raw)
    precision: Precision = (
        "day" if first.hour != second.hour else "minute" if first.second != second.second else "second"
    )
    return first, precision


def known_zone(name: str | None, shift: int | None) -> tzinfo | None:
    """The zone of an abbreviation or shift; an abbreviation that means several zones leaves the time unread."""
    if name is None and shift is None:
        return None
    if shift is not None:
        return timezone(timedelta(seconds=shift))
    if name and name.upper() in ZONES:
        return ZONES[name.upper()]
    raise Undated(name)


def english(raw: str) -> str:
    """The months of other languages in English; the small words between them left out."""

    def translated(word: re.Match[str]) -> str:
        key = word[0].casefold()
        number = MONTHS.get(key) or MONTHS.get(key[:4] if len(key) > 5 else key)
        if number:
            return DATES["english"][int(number) - 1]  # type: ignore[no-any-return]
        return "" if key in DATES["small_words"] else word[0]

    return " ".join(SPOKEN.sub(translated, raw).split())


def iana(zone: str | None) -> ZoneInfo | None:
    """A zone by its IANA name, None for what is none."""
    try:
        return ZoneInfo(zone) if zone else None
    except (ValueError, OSError, KeyError):
        return None


def name_of(zone: tzinfo | None) -> str | None:
    """A fixed zone's name: `UTC`, `+02:00`."""
    if zone is None:
        return None
    shift = zone.utcoffset(None) or timedelta()
    if not shift:
        return "UTC"
    minutes = abs(int(shift.total_seconds())) // 60
    return f"{'-' if shift < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def best(moments: Iterable[Moment | None]) -> Moment | None:
    """The first moment, or a later one that says the same more exactly: with a time, or with a zone."""
    known = [m for m in moments if m]
    chosen = known[0] if known else None
    for other in known[1:]:
        if chosen is None:
            break
        near = abs(other.at - chosen.at) < timedelta(hours=26)
        if (near and chosen.precision == "day" and other.precision != "day" and chosen.day == other.day) or (
            near and chosen.zone_source != "page" and other.zone_source == "page" and other.precision != "day"
        ):
            chosen = other
    return chosen


def conflicting(moments: Iterable[Moment | None]) -> bool:
    """Whether two of them lie over a day apart."""
    instants = [m.at for m in moments if m]
    return bool(instants) and max(instants) - min(instants) > CONFLICT
