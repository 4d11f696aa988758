"""Snippets: the place of a text that shows most of what was sought, with the hits marked."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from tantivy import Token

from warehouse.search.analysis import is_single, words
from warehouse.search.parsing import Sought
from warehouse.search.query import beginning, sequence

LENGTH = 220
"""Characters of a snippet, more or less: two lines of a wide terminal, three of a narrow one."""
BEFORE = 50
"""Characters before the first hit."""
MARKS = ("**", "**")
PIECE = 1_000
"""Characters that are read at first: what is common stands early, and a text has thousands."""
SPACE = re.compile(r"\s")

Span = tuple[int, int, int]
"""Where a hit begins and ends, and the number of what was sought."""


@dataclass(slots=True)
class Read:
    """The words of a text, as far as it was read."""

    forms: list[str] = field(default_factory=list)
    words: list[tuple[int, Token]] = field(default_factory=list)
    """Each with where the piece begins in which it stands."""

    def on(self, text: str, code: str, begin: int, end: int) -> None:
        """Read on; a piece begins and ends between words."""
        found = words(text[begin:end], code)
        self.forms += [word.text for word in found]
        self.words += zip(repeat(begin), found)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where some words begin and end in the text."""
        begin, word = self.words[first]
        since, until = self.words[last]
        return begin + word.char_offset_from, since + until.char_offset_to


def snippet(text: str, code: str, sought: Sequence[Sought], marks: tuple[str, str] = MARKS) -> tuple[str, int]:
    """The best place of a text, hits between marks, and how many hits it shows; without any, the text's beginning.

    The text is read until a place shows all that was sought.
    """
    wanted = sum(bool(sequence(leaf, code)) for leaf in sought)
    read, spans, chosen, begin = Read(), list[Span](), list[Span](), 0
    for start, end in pieces(text) if wanted else ():
        read.on(text, code, start, end)
        spans = sorted(hits(read, code, sought))
        chosen = best(spans)
        if chosen and chosen[0][0] + LENGTH <= end and len({number for _, _, number in chosen}) == wanted:
            break
    if chosen:
        begin = boundary(text, max(0, chosen[0][0] - BEFORE), chosen[0][0])
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), end - 20, *(stop for _, stop, _ in chosen), begin)
    shown = [one for one in spans if begin <= one[0] and one[1] <= end]
    said = " ".join(between_marks(text, begin, end, shown, marks).split())
    return ("… " if begin else "") + said + (" …" if end < len(text) else ""), len(shown)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """A text in pieces, each twice as long as all before it, which end where a word does."""
    begin, length = 0, PIECE
    while begin < len(text):
        space = SPACE.search(text, begin + length)
        end = space.start() if space else len(text)
        yield begin, end
        begin, length = end, 2 * end


def marked(text: str, code: str, sought: Sequence[Sought], marks: tuple[str, str]) -> str:
    """A short text, whole, with the hits between marks."""
    read = Read()
    if sought:
        read.on(text, code, 0, len(text))
    return between_marks(text, 0, len(text), sorted(hits(read, code, sought)), marks)


def between_marks(text: str, begin: int, end: int, spans: Sequence[Span], marks: tuple[str, str]) -> str:
    """A part of a text, the hits in it between marks."""
    parts: list[str] = []
    at = begin
    for start, stop in merged(spans):
        parts += [text[at:start], marks[0], text[start:stop], marks[1]]
        at = stop
    return "".join([*parts, text[at:end]])


def hits(read: Read, code: str, sought: Sequence[Sought]) -> Iterator[Span]:
    """All hits in what was read."""
    for number, leaf in enumerate(sought):
        wanted = sequence(leaf, code)
        if not wanted:
            continue
        first = wanted[0]
        if len(wanted) == 1 and (leaf.prefix or is_single(first)):
            begin = beginning(leaf, first)
            for place, form in enumerate(read.forms):
                if form.startswith(begin):
                    start, stop = read.span(place, place)
                    # Of a pair that was found by its first character, only that.
                    yield start, start + 1 if is_single(first) else stop, number
            continue
        for place in places(read.forms, first.text):
            end = last_of(read.forms, place, wanted, leaf)
            if end is not None:
                yield *read.span(place, end), number


def places(forms: list[str], form: str) -> Iterator[int]:
    """Where a form stands among the forms of a text."""
    at = -1
    try:
        while True:
            at = forms.index(form, at + 1)
            yield at
    except ValueError:
        return


def last_of(forms: list[str], place: int, wanted: Sequence[Token], leaf: Sought) -> int | None:
    """Where a phrase that begins at a word ends; None where it does not stand there."""
    at = place
    slop = leaf.slop
    for before, word in pairwise(wanted):
        step = word.position - before.position
        is_last = word is wanted[-1]
        for further in range(slop + 1):
            next_at = at + step + further
            if next_at >= len(forms):
                return None
            if forms[next_at] == word.text or (leaf.prefix and is_last and forms[next_at].startswith(word.text)):
                at, slop = next_at, slop - further
                break
        else:
            return None
    return at


def best(spans: list[Span]) -> list[Span]:
    """The hits of the window that shows the most different ones, then the most, then the first."""
    chosen: list[Span] = []
    highest = (0, 0)
    starts = [start for start, _, _ in spans]
    for first, (start, _, _) in enumerate(spans):
        inside = [
            one for one in spans[first : bisect_left(starts, start + LENGTH - BEFORE)] if one[1] - start <= LENGTH
        ]
        score = (len({number for _, _, number in inside}), len(inside))
        if score > highest:
            chosen, highest = inside, score
    return chosen


def boundary(text: str, earliest: int, latest: int) -> int:
    """The first place of a range at which a word begins: after a space, or the earliest where there is none."""
    if earliest == 0:
        return 0
    at = text.find(" ", earliest - 1, latest)
    return at + 1 if at >= 0 else earliest


def merged(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Hits that overlap, as one; pairs of characters do."""
    found: list[tuple[int, int]] = []
    for start, stop, _ in spans:
        if found and start <= found[-1][1] and (start < found[-1][1] or start == found[-1][0]):
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
