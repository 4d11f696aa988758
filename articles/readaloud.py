"""Labels that a page gives to screen readers and a bare text keeps: `Image source, Getty Images`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from articles import agencies, creditline
from articles.textform import WIDE, is_caseless

Kind = Literal["source", "caption"]

KINDS: dict[Kind, list[str]] = {
    "source": creditline.TABLE["sources"],
    "caption": creditline.TABLE["captions"],
}
NAMES = {kind: "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for kind, words in KINDS.items()}
LABEL = re.compile(
    rf"^(?:(?P<source>{NAMES['source']})|(?P<caption>{NAMES['caption']}))"
    rf"(?:\s?(?P<sign>[,،、，])\s*|\s)(?P<words>.*)$",
    re.IGNORECASE,
)
"""A comma stands behind a label, or nothing: what a colon follows is a label to everybody."""


@dataclass(frozen=True, slots=True)
class Part:
    """A label, the lines that it and its words stand in, and the words."""

    kind: Kind
    lines: tuple[int, ...]
    words: str
    told: bool
    """Whether a comma says that the label is one, so that it needs no other beside it."""


def parts(texts: Sequence[str], number: int) -> list[Part]:
    """The source and the caption of one picture, from a line on; one of them may be missing."""
    found: list[Part] = []
    for part in following(texts, number):
        if part.kind in {one.kind for one in found}:
            # `caption, source, caption`: the source belongs to the caption behind it, as pages have them
            found = found[:1] if found[0].kind == "caption" else found[:2]
            break
        found.append(part)
    return found if len(found) > 1 or any(part.told for part in found) else []


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
    label, words, told = found[kind], found["words"], found["sign"] is not None
    lines: tuple[int, ...] = (number,)
    if told and not words and number + 1 < len(texts) and not LABEL.match(texts[number + 1]):
        lines, words = (number, number + 1), texts[number + 1]
    fits = told or words[:1].isupper()
    return Part(kind, lines, words, told) if fits and is_what(kind, label, words, alone=len(lines) > 1) else None


def is_what(kind: Kind, label: str, words: str, *, alone: bool) -> bool:
    """Whether words can be what their label says: after one that may be a mere word, names with an agency alone."""
    sure = alone or " " in label or WIDE.search(label) is not None
    if not words or len(words) > (creditline.MAX_CREDIT if kind == "source" else creditline.MAX_WORDS):
        return False
    if kind == "caption":
        return sure and (" " in words or is_caseless(words))
    named = all(map(creditline.is_name, creditline.DIVIDERS.split(words)))
    if sure:
        return named or not creditline.reads_as_prose(words)
    return named and agencies.agency_of(words) is not None
