"""Labels that a page gives to screen readers and a bare text keeps: `Image source, Getty Images`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from articles import agencies, creditline
from articles.textform import WIDE

Kind = Literal["source", "caption"]

KINDS: dict[Kind, list[str]] = {
    "source": creditline.TABLE["sources"],
    "caption": creditline.TABLE["captions"],
}
NAMES = {kind: "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for kind, words in KINDS.items()}
LABEL = re.compile(
    rf"^(?:(?P<source>{NAMES['source']})|(?P<caption>{NAMES['caption']}))"
    rf"(?:\s?(?P<sign>[,،、，])\s*|\s(?-i:(?=[^\Wa-z\d_])))(?P<words>.*)$",
    re.IGNORECASE,
)
"""A comma stands behind a label, or a capital: what a colon follows is a label to everybody."""

WORDS = 3_000
"""The longest caption, as of a picture in a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A label, the lines that it and its words stand in, and the words."""

    kind: Kind
    lines: tuple[int, ...]
    words: str


def parts(texts: Sequence[str], number: int) -> list[Part]:
    """The source and the caption of one picture, from a line on; one of them may be missing."""
    found: list[Part] = []
    for part in following(texts, number):
        if part.kind in {one.kind for one in found}:
            # `caption, source, caption`: the source belongs to the caption behind it, as pages have them
            return found[:1] if found[0].kind == "caption" else found[:2]
        found.append(part)
    return found


def following(texts: Sequence[str], number: int) -> Iterator[Part]:
    """The labelled parts that follow one another, three of them at most."""
    for _ in range(3):
        part = part_at(texts, number)
        if not part:
            return
        yield part
        number = part.lines[-1] + 1


def part_at(texts: Sequence[str], number: int) -> Part | None:
    """The label in a line with the words behind it, which may stand in the next."""
    found = LABEL.match(texts[number]) if number < len(texts) else None
    if not found:
        return None
    kind: Kind = "source" if found["source"] else "caption"
    label, words = found[kind], found["words"]
    if not words and number + 1 < len(texts) and found["sign"] and not LABEL.match(texts[number + 1]):
        return checked(Part(kind, (number, number + 1), texts[number + 1]), sure=True)
    several = " " in label or WIDE.search(label) is not None
    return checked(Part(kind, (number,), words), sure=several and (found["sign"] is not None or kind == "caption"))


def checked(part: Part, *, sure: bool) -> Part | None:
    """A part whose words can be what its label says: after a label that may be a mere word, names and no more."""
    if not part.words or len(part.words) > (creditline.MAX_CREDIT if part.kind == "source" else WORDS):
        return None
    named = all(map(creditline.is_name, creditline.DIVIDERS.split(part.words)))
    if part.kind == "caption":
        return part if sure else None
    agency = agencies.agency_of(part.words) is not None
    return part if (named and (sure or agency)) or (sure and not creditline.reads_as_prose(part.words)) else None
