"""What contradicts in two aligned texts: names, numbers and words that stand for one another in one frame.

A copy is changed one way at a time: an update changes figures, a subeditor words, a scanner letters, a correction
one name. Two reports from one template differ in all of them at once, all over the text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from articles.alignment import Span
from articles.names import WEEKDAYS, are_forms, capitals, name_of, renamed
from articles.words import Words, has_digit

SPELLING = 0.6
"""Words whose letters agree to this degree are one word in two spellings, or with noise."""

RARE_CAPITALS = 0.15
"""A capital inside a sentence tells a name where no more than this share of words has one; in German it says less."""

HALF = 1.5
"""Of a hundred words, so many changed names and words let the figures beside them count half."""

SUBEDITED = 9.0
"""Of a hundred words a subeditor changes no more: 4 on the labelled copies, where a horoscope has 15."""

TABLE = 4.0
"""From so many changed figures of a hundred words on it matters whether any was left as it was ..."""

ALL_CHANGED = 0.8
"""... and here none was, for a few that stay by chance: an update leaves ages, dates and counts alone."""

MANY = 5
"""Figures, of which an update leaves one as it was."""

OTHER_DAY = 1.5
"""What it weighs that one text speaks of another weekday than the other, and of other figures."""

DAYS_FIGURES, MOST_FIGURES = 5, 0.6
"""So many figures, and this share of all, change in the report of another day; an update changes fewer."""

FILLED = 1.5
"""Of a hundred words, the words beyond one that stand for others: a subeditor swaps words, a form phrases. Of labelled
copies 99.9 in 100 have 1.55 at most and none over 2.1; forms in scripts without capitals 1.9 and more."""

FEW_APART = 2
"""Numbers that what was written anew may have for others: copies have three at most, and mostly none."""


@dataclass(frozen=True, slots=True)
class Differences:
    """The substitutions of an alignment, by kind, each pair as often as it stands."""

    days: tuple[tuple[str, str], ...]
    """Weekdays, which no update changes."""
    names: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    apart: int
    """Numbers that both texts have between the passages, and not the same ones."""
    figures: int
    """Numbers of the first text in the passages compared, changed or not; counted where any changed."""
    renamed: int
    """Names beyond the first that stand for one and the same other name, which its text does not have."""
    filled: float
    """Words beyond the first of each that stand for others, a sign counted as half a word."""
    capitals: float
    """The share of words with a capital in both texts; counted where names differ."""

    @property
    def of_another_day(self) -> bool:
        """Whether weekdays differ, and names or most figures with them.

        Alone they differ in a dateline, which each agency has for itself, in a correction, and in an update.
        """
        most = len(self.numbers) >= max(DAYS_FIGURES, MOST_FIGURES * self.figures)
        return bool(self.days) and (bool(self.names) or most) and bool(self.numbers or self.days[1:])

    @property
    def all_figures(self) -> bool:
        """Whether no figure was left as it was, but a few by chance."""
        changed = len(self.numbers)
        return changed >= ALL_CHANGED * (self.figures + 2) or changed == self.figures >= MANY


def differences(
    one: Words, other: Words, passages: Sequence[Span], gaps: Sequence[Span], apart: Sequence[Span] = ()
) -> Differences:
    """Sort the substitutions that stand in some passages of two texts, and count the numbers of what stands apart."""
    days: list[tuple[str, str]] = []
    names: list[tuple[str, str]] = []
    numbers: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    for gap in gaps:
        mine, theirs = one.folded[slice(*gap.one)], other.folded[slice(*gap.other)]
        left, right = "".join(mine), "".join(theirs)
        if left == right:
            continue
        counted = has_digit(left) and has_digit(right)
        days_here = day_pairs(mine, theirs)
        days += days_here
        if not counted and not days_here and Indel.normalized_similarity(left, right) >= SPELLING:
            continue
        found = number_pairs(mine, theirs) if counted else []
        numbers += found
        names_here = name_of(one, gap.one), name_of(other, gap.other)
        if all(names_here):
            if Indel.normalized_similarity(*names_here) < SPELLING and not are_forms(names_here, mine, theirs):
                names.append(names_here)
        elif not found and not days_here:
            words.append((" ".join(mine), " ".join(theirs)))
    figures = sum(len(numbers_in(one.folded[slice(*span.one)])) for span in passages) if numbers else 0
    capital = (capitals(one) + capitals(other)) / 2 if names else 0.0
    others = sum(numbers_apart(one.folded[slice(*span.one)], other.folded[slice(*span.other)]) for span in apart)
    return Differences(
        days=tuple(days),
        names=tuple(names),
        numbers=tuple(numbers),
        words=tuple(words),
        apart=others,
        figures=figures,
        renamed=renamed(names, one, other),
        filled=sum(filled(pair, signs=one.signs) for pair in words),
        capitals=capital,
    )


def contradiction(found: Differences, aligned: float) -> float:
    """How much the differences contradict that one text is the other's copy, in places per hundred aligned words.

    The first name is free: a correction changes one. Figures count as far as names and words change along with them,
    or as all of them change: by themselves they are what news updates. The report of another day is no update: there
    every name and figure counts.
    """
    per_hundred = 100 / aligned
    phrases = max(0.0, found.filled * per_hundred - FILLED)
    trust = min(1.0, RARE_CAPITALS / max(found.capitals, 0.01))
    words = len(found.words) * per_hundred
    numbers = len(found.numbers) * per_hundred
    others = max(0.0, words - SUBEDITED) + max(0, found.apart - FEW_APART) * per_hundred + phrases
    if found.of_another_day:
        return (OTHER_DAY + len(found.names) * trust) * per_hundred + numbers + others
    names = len(set(found.names)) * trust
    changed = names * per_hundred + words
    along = 1.0 if numbers >= TABLE and found.all_figures else changed / (changed + HALF)
    return (max(0.0, names - 1) + found.renamed) * per_hundred + numbers * along + others


def filled(pair: tuple[str, str], *, signs: bool) -> float:
    """The words beyond one that stand for others."""
    return max(0.0, min(size(text.split(), signs=signs) for text in pair) - 1)


def size(words: Sequence[str], *, signs: bool) -> float:
    """How many words these are, signs of a script without spaces counted as halves."""
    return len(words) / 2 if signs and all(len(word) == 1 for word in words) else len(words)


def numbers_apart(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """How many numbers two stretches that do not run together have each, and do not share: rows of one form."""
    here = numbers_in(mine)
    there = numbers_in(theirs) if here else []
    return min(len(here), len(there)) - (Counter(here) & Counter(there)).total() if there else 0


def day_pairs(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Weekdays that stand for one another."""
    here, there = [word for word in mine if word in WEEKDAYS], [word for word in theirs if word in WEEKDAYS]
    return [(x, y) for x, y in zip(here, there, strict=False) if WEEKDAYS[x] != WEEKDAYS[y]]


def numbers_in(words: Sequence[str]) -> list[str]:
    """Those of the words that hold a digit; most are letters alone, which takes no call to see."""
    return [word for word in words if not word.isalpha() and has_digit(word)]


def number_pairs(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Numbers that stand for one another, in order."""
    both = zip(numbers_in(mine), numbers_in(theirs), strict=False)
    return [(x, y) for x, y in both if x != y and not differ_in_unit(x, y)]


def differ_in_unit(one: str, other: str) -> bool:
    """Whether a number and another are the same, but that a unit is glued to one of them: `340`, `340m`."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and short[-1].isdigit() and long[len(short) :].isalpha()
