"""Days within lines: the one that a short text names, with the time that stands beside it."""

import re

from articles.dates import CJK, DATES, DOTTED, ISO, ZONES
from articles.textform import squeeze

NAMED = re.compile(
    r"(?<![\w.])(?:\d{1,2}(?:st|nd|rd|th|er|º)?\.?\s{1,3}(?:de\s)?[^\W\d_]{3,12}\.?,?\s{1,3}(?:de\s)?\d{4}|[^\W\d_]{3,12}\.?\s{1,3}\d{1,2},\s{1,3}\d{4})(?![\d.])"
)

CLOCK = re.compile(r"\d{1,2}[:時时시]\s?\d\d")
BEHIND = re.compile(
    r"\.?[\s,|·–—-]{0,4}(?:(?:at|um|om|à|às|a las|alle ore|alle|ore|kl\.?|godz\.?|o|в|klo|pukul|saat)\s+)?"
    r"(?P<hour>\d{1,2})(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?![\d.]\d)"
    r"(?:\s?(?P<half>[ap]\.?m\.?)(?![^\W\d_]))?(?:\s?\(?(?P<zone>[A-Z]{2,5})(?![^\W\d_]))?",
    re.IGNORECASE,
)
"""The time behind a date in words: `, 12:05 GMT`, ` ore 19:42`, ` 8:02 p.m. ET`."""

BEFORE = re.compile(
    r"(?P<apart>^|[|•·,–—-]\s?)?(?<![\d:.])(?P<hour>\d{1,2})(?:[:.]|\s?h\s?)(?P<minute>\d\d)(?:\s?(?P<half>[ap]\.?m\.?)(?![^\W\d_]))?"
    r"(?:\s\(?(?P<zone>(?-i:[A-Z]{2,5}))\)?)?[\s,|·•–—-]{1,4}$",
    re.IGNORECASE,
)
"""The time in front of it: `07:15, `, `7:15 AM EDT `."""

SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
CHANGED = re.compile(rf"\W(?:{'|'.join(map(re.escape, DATES['changed']))})\b", re.IGNORECASE)


def found_in(text: str, *, slashed: bool = True) -> str | None:
    """The one date within a short text; None where there is none, or more than one day but for that of a change."""
    found = {match[0] for pattern in (ISO, CJK, DOTTED, NAMED) for match in pattern.finditer(text)}
    if slashed:
        found |= {match[0] for match in SLASHED.finditer(text) if says_which(match)}
    longest = max(found, key=len, default="")
    if not longest or not all(one in longest for one in found):
        changed = CHANGED.search(text) if longest else None
        return found_in(text[: changed.start()]) if changed else None
    if CLOCK.search(longest):
        return longest
    start = text.index(longest)
    return timed(longest, text[:start], text[start + len(longest) :])


def says_which(found: re.Match[str]) -> bool:
    """Whether a date of three numbers can be read in one way alone."""
    one, two = int(found[1]), int(found[2])
    return one == two or max(one, two) > 12


def beside_day(text: str) -> int | None:
    """How many letters and digits a line has beside the day in it, None where it names no day."""
    day = found_in(text, slashed=CLOCK.search(text) is not None)
    return None if day is None else len(squeeze(text)) - len(squeeze(day))


def in_front(before: str) -> re.Match[str] | None:
    """The time at the end of what stands before a day; amid a sentence it has to be said to be one, as `7:15 AM` is."""
    found = BEFORE.search(before)
    return found if found and (found["apart"] is not None or found["half"] or found["zone"]) else None


def timed(day: str, before: str, after: str) -> str:
    """A date in words with the time that stands right behind it, or right before it, if one does."""
    found = BEHIND.match(after) or in_front(before)
    if not found or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return day
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    zone = f" {found['zone']}" if found["zone"] and found["zone"] in ZONES else ""
    return f"{day.rstrip('.')} {hour:02d}:{found['minute']}{zone}"
