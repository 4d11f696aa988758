"""The news agencies that a text itself names as its source: in its dateline, its closing line, a copyright line.

`LONDON (AP) — The ...`, `Berlin (dpa/AFP) - Die ...`, `МОСКВА, 20 ноября. /ТАСС/. ...`, `... said. (Reuters)`. One that
is merely written about, or that helped (`With files from ...`), is not the source.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.agencies import AGENCIES, lone_agency
from articles.model import Removed

OPENING = 110
"""Characters in which a dateline stands."""

CLOSING = 90
"""Characters of a line that is a signature and nothing else."""

WORDS_BEFORE = 9
"""Of place and day in front of the agency."""

SPELLINGS: dict[str, str] = {
    spelling: entry["name"]
    for entry in AGENCIES
    if entry.get("news")
    for written in entry["written"]
    for spelling in (written, written.upper())
}
"""What agencies are called, as it is written: in small letters the short names are anybody's initials."""

NAMED = "|".join(map(re.escape, sorted(SPELLINGS, key=len, reverse=True)))
WITHIN = re.compile(rf"(?:(?<!\w)|(?<=[\u3040-\u9fff\uac00-\ud7af]))(?:{NAMED})(?!\w)")
"""Scripts without spaces write the place right before the name."""

BRACKETED = re.compile(r"[(\[【（]([^()\[\]【】（）]{2,60})[)\]】）]|(?<![\w/])/([^/]{2,30})/(?!\w)")
BETWEEN = re.compile(r"\s*[/,;=+&·|–—-]\s*|\s+")
BREAK = re.compile(r"\s*[.:]?\s*(?:[-–—:=|]|--)|\s*\.(?=\s)")
DASHED = re.compile(rf"^(?P<before>[^.!?\n]{{3,60}}?)\s+[-–—]\s+(?P<name>{NAMED})\s*[.:]\s")
WIRED = re.compile(r"^(?P<name>[^\W\d]{2,5}社)[^。！？\n]{2,24}[电電](?![^\W\d])")
"""As Chinese agencies begin: name, place, day, `wired`."""

LAST_WORDS = re.compile(r"[.!?…。！？][\"”»’'“)]*\s+(?P<words>[^\n]{2,60})$")
NOTICE = re.compile(r"©|\(c\)|copyright|all rights reserved|alle rechte vorbehalten|\b(?:19|20)\d\d\b", re.IGNORECASE)
PARTED = re.compile(r"\s*[/,;|·&+]\s*")
MARK = re.compile(r"[\w:.-]*\d[\w:.-]*|[^\W\d]{1,4}")
"""An agency's number for its piece, or the initials of a desk."""


def sources(text: str, removed: Iterable[Removed] = (), named: Iterable[str] = ()) -> tuple[str, ...]:
    """News agencies that a text names as its source, under their usual names, after those that its byline names."""
    found = list(named)
    if paragraphs := [line for line in text.split("\n") if line]:
        found += [*of_dateline(paragraphs[0]), *of_closing(paragraphs[1:][-2:] or paragraphs)]
    for line in removed:
        if line.rule == "agency":
            found += filter(None, [lone_agency(line.text)])
        elif line.kind == "copyright" or line.rule == "initials":
            found += signature(line.text)
    return tuple(dict.fromkeys(found))


def of_dateline(paragraph: str) -> list[str]:
    """Agencies in front of the first sentence."""
    opening = paragraph[:OPENING]
    if wired := WIRED.match(opening):
        return [SPELLINGS[wired["name"]]] if wired["name"] in SPELLINGS else []
    if (dashed := DASHED.match(opening)) and is_place(dashed["before"], "", sure=True):
        return [SPELLINGS[dashed["name"]]]
    for match in BRACKETED.finditer(opening):
        named = within(match[1] or match[2])
        if named:
            before = opening[: match.start()].strip(" ,.:–—-")
            parted = BREAK.match(opening, match.end()) is not None
            return named if is_place(before, match[1] or match[2], sure=parted) else []
    return []


def of_closing(lines: Sequence[str]) -> Iterator[str]:
    """Agencies that sign the end of a text, in a line of their own or after its last sentence."""
    for line in lines:
        if named := signature(line):
            yield from named
        elif last := LAST_WORDS.search(line.rstrip(" .")):
            yield from signature(last["words"])


def signature(words: str) -> list[str]:
    """The agencies in words that are nothing but them, a copyright notice, numbers and initials."""
    if len(words) > CLOSING or not WITHIN.search(words):
        return []
    parts = [part.strip(" .()[]–—-") for part in PARTED.split(NOTICE.sub(" ", words))]
    named = [SPELLINGS[part] for part in parts if part in SPELLINGS]
    others = [part for part in parts if part and part not in SPELLINGS]
    return list(dict.fromkeys(named)) if all(map(MARK.fullmatch, others)) else []


def within(content: str) -> list[str]:
    """Agencies that brackets hold, where one stands at their beginning or end."""
    content = content.strip()
    touches = any(found.start() == 0 or found.end() == len(content) for found in WITHIN.finditer(content))
    return named_in(content) if touches else []


def named_in(words: str) -> list[str]:
    """The agencies in a few words."""
    return list(dict.fromkeys(SPELLINGS[name] for name in WITHIN.findall(words)))


def is_place(before: str, abbreviation: str, *, sure: bool) -> bool:
    """Whether words are place and day, and no sentence's beginning that introduces an abbreviation.

    `sure` is whether a dash or the like follows: without it every word has to be one of a place or a day.
    """
    words = before.replace(",", " ").split()
    if len(words) > WORDS_BEFORE or WITHIN.search(before) or initials(words) == abbreviation.casefold():
        return False
    low = sum(word[0].islower() for word in words)
    return low * 2 <= len(words) if sure else low * 3 <= len(words)


def initials(words: Sequence[str]) -> str:
    """The first letters of words with capitals."""
    return "".join(word[0] for word in words if word[0].isupper()).casefold()
