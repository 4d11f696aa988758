"""Snippets: the place of a text that shows most of what was sought, with the hits marked."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tantivy import Token

from warehouse.search.analysis import is_single, words
from warehouse.search.parsing import Sought
from warehouse.search.query import beginning, sequence

LENGTH = 220
"""Characters of a snippet, more or less: two lines of a wide terminal, three of a narrow one."""
BEFORE = 50
"""Characters before the first hit."""
MARKS = ("**", "**")

Span = tuple[int, int, int]
"""Where a hit begins and ends, and the number of what was sought."""


def snippet(text: str, code: str, sought: Sequence[Sought], marks: tuple[str, str] = MARKS) -> tuple[str, int]:
    """The best place of a text, hits between marks, and how many hits it shows; without any, the text's beginning."""
    spans = sorted(hits(text, code, sought))
    shown, begin = best(spans), 0
    if shown:
        begin = boundary(text, max(0, shown[0][0] - BEFORE), shown[0][0])
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), end - 20, *(stop for _, stop, _ in shown), begin)
    parts: list[str] = []
    at = begin
    for start, stop in merged(shown):
        parts += [text[at:start], marks[0], text[start:stop], marks[1]]
        at = stop
    parts.append(text[at:end])
    said = " ".join("".join(parts).split())
    return ("… " if begin else "") + said + (" …" if end < len(text) else ""), len(shown)


def marked(text: str, code: str, sought: Sequence[Sought], marks: tuple[str, str]) -> str:
    """A short text, whole, with the hits between marks."""
    parts: list[str] = []
    at = 0
    for start, stop in merged(sorted(hits(text, code, sought))):
        parts += [text[at:start], marks[0], text[start:stop], marks[1]]
        at = stop
    return "".join([*parts, text[at:]])


def hits(text: str, code: str, sought: Sequence[Sought]) -> Iterator[Span]:
    """All hits in a text."""
    if not sought:
        return
    found = words(text, code)
    forms = [word.text for word in found]
    for number, leaf in enumerate(sought):
        wanted = sequence(leaf, code)
        if not wanted:
            continue
        first = wanted[0]
        if len(wanted) == 1 and (leaf.prefix or is_single(first)):
            begin = beginning(leaf, first)
            for place, form in enumerate(forms):
                if form.startswith(begin):
                    yield span(found[place], number, single=is_single(first))
            continue
        for place in places(forms, first.text):
            end = last_of(forms, place, wanted, leaf)
            if end is not None:
                yield found[place].char_offset_from, found[end].char_offset_to, number


def places(forms: list[str], form: str) -> Iterator[int]:
    """Where a form stands among the forms of a text."""
    at = -1
    try:
        while True:
            at = forms.index(form, at + 1)
            yield at
    except ValueError:
        return


def span(word: Token, number: int, *, single: bool) -> Span:
    """A word as a hit; of a pair that was found by its first character, only that."""
    return word.char_offset_from, word.char_offset_from + 1 if single else word.char_offset_to, number


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
