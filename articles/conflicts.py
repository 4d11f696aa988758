"""What contradicts in two aligned texts: names, numbers and words that stand for one another in one frame.

A copy is changed one way at a time: an update changes figures, a subeditor words, a scanner letters, a correction
one name. Two reports from one template differ in all of them at once, all over the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from articles.alignment import Span
from articles.words import Words

SPELLING = 0.6
"""Words whose letters agree to this degree are one word in two spellings, or with noise."""

RARE_CAPITALS = 0.15
"""A capital inside a sentence tells a name where no more than this share of words has one; in German it says less."""


HALF = 1.5
"""Of a hundred words, so many changed names and words let the figures beside them count half."""

SUBEDITED = 6.0
"""Of a hundred words a subeditor changes no more: 4 on the labelled copies."""


@dataclass(frozen=True, slots=True)
class Differences:
    """The substitutions of an alignment, by kind, each pair as often as it stands."""

    names: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    spellings: int
    """Words in two spellings, or with noise."""


def differences(one: Words, other: Words, gaps: Sequence[Span]) -> Differences:
    """Sort the substitutions of two texts."""
    names: list[tuple[str, str]] = []
    numbers: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    spellings = 0
    for gap in gaps:
        mine, theirs = one.folded[slice(*gap.one)], other.folded[slice(*gap.other)]
        left, right = "".join(mine), "".join(theirs)
        if left == right:
            continue
        figures = has_digit(left) and has_digit(right)
        if not figures and Indel.normalized_similarity(left, right) >= SPELLING:
            spellings += 1
            continue
        found = number_pairs(mine, theirs) if figures else []
        numbers += found
        names_here = name_of(one, gap.one), name_of(other, gap.other)
        if all(names_here):
            if Indel.normalized_similarity(*names_here) < SPELLING:
                names.append(names_here)
        elif not found:
            words.append((" ".join(mine), " ".join(theirs)))
    return Differences(tuple(names), tuple(numbers), tuple(words), spellings)


def contradiction(found: Differences, aligned: int, capital: float) -> float:
    """How much the differences contradict that one text is the other's copy, in places per hundred aligned words.

    The first name is free: a correction changes one. Figures count as far as names and words change along with them:
    by themselves they are what news updates. `capital` is the share of capitals in the texts.
    """
    per_hundred = 100 / max(aligned, 1)
    trust = min(1.0, RARE_CAPITALS / max(capital, 0.01))
    names = len(set(found.names)) * trust
    others = (names + len(found.words)) * per_hundred
    along = others / (others + HALF)
    return (
        max(0.0, names - 1) * per_hundred
        + len(found.numbers) * per_hundred * along
        + max(0.0, len(found.words) * per_hundred - SUBEDITED)
    )


def has_digit(text: str) -> bool:
    """Whether a text holds a digit."""
    return any(sign.isdigit() for sign in text)


def number_pairs(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Numbers that stand for one another, in order."""
    both = zip(filter(has_digit, mine), filter(has_digit, theirs), strict=False)
    return [(x, y) for x, y in both if x != y]


def name_of(text: Words, place: tuple[int, int]) -> str:
    """The names among some words, joined: capitals that no sentence begins with, and no figures."""
    return " ".join(
        text.raw[i] for i in range(*place) if i not in text.starts and text.raw[i][0].isupper() and not has_digit(text.raw[i])
    )


def capitals(text: Words) -> float:
    """The share of words with a capital."""
    return sum(word[0].isupper() for word in text.raw) / max(1, len(text.raw))
