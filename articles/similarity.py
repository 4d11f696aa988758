"""Whether two texts are copies of one: containment proposes, the aligned text decides.

`compare` is a function of the two texts alone and symmetric, so that no order of arrival makes a difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import xxhash

from articles.alignment import Alignment, Span, align
from articles.conflicts import Differences, capitals, contradiction, differences
from articles.shingles import sample, shingles
from articles.words import Words, words_of

METHOD = "copies-1"
"""Changes when the same two texts would be judged otherwise."""

Kind = Literal["exact", "near", "derived"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text, read once to be compared with many."""

    key: int
    """Equal for texts of the same words."""
    words: Words
    shingles: frozenset[int]
    sampled: tuple[int, ...]
    """As `articles.shingles.sampled` gives them."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common."""

    kind: Kind | None
    """`exact`: the same words; `near`: one text in two forms; `derived`: shares passages, and is a text of its own."""
    share_one: float
    """How much of the first text runs along with the second, 0 to 1."""
    share_other: float
    conflicts: tuple[tuple[str, str], ...]
    """Names and numbers that stand for one another, of the first and the second text; each pair once, at most 20."""


NOTHING = Likeness(None, 0.0, 0.0, ())
SAME = Likeness("exact", 1.0, 1.0, ())

MOST_CONFLICTS = 20

SHORTEST_PASSAGE = 8
"""Words; shorter ones meet by chance and are no evidence."""

CONTRADICTION = 0.9
"""Places per hundred words. On the labelled copies: at most 0.25 of copies, at least 2.5 of templated reports."""

NEARLY_ALL = 0.8
"""Where this share of both texts runs along, it does not matter where."""

DERIVED_PASSAGE = 40
"""Words of a passage that make two texts worth a link."""

TOP_SHARE, TOP_WORDS = 0.33, 80
"""Where shared text must begin in both: news is cut from its end and led anew at its head."""

CUT, CUT_LEAST = 0.8, 0.12
"""A text cut short is nearly all in the other, and no less than this of the other."""

LED_ANEW, LED_ANEW_LEAST = 0.35, 0.25
"""A wire text that was cut, led anew and went on with the paper's own paragraphs."""

LONG_PASSAGE = 50
"""Words in one passage that such a text must share: scattered sentences are two reports of one event."""

LEAST_SHARE = 0.06
"""Of the shingles of the shorter text; with less in common two texts are not laid side by side."""

MOST_WORDS = 6_000
"""Of a text are aligned: time and memory grow with the product. Longer ones are live blogs and law texts."""


def prepare(text: str) -> Prepared:
    """Read a text."""
    words = words_of(text)
    found = shingles(words)
    key = xxhash.xxh3_128_intdigest(" ".join(words.folded).encode("utf-8", "surrogatepass"))
    return Prepared(key, words, found, sample(found))


def compare(one: Prepared, other: Prepared) -> Likeness:
    """Judge two texts; with the texts in the other order the answer is the same, mirrored."""
    if one.key == other.key:
        return SAME
    smaller = min(len(one.shingles), len(other.shingles))
    if not smaller or len(one.shingles & other.shingles) < LEAST_SHARE * smaller:
        return NOTHING
    if one.key > other.key:
        return mirrored(judged(other, one))
    return judged(one, other)


def mirrored(likeness: Likeness) -> Likeness:
    """The same with its sides exchanged."""
    conflicts = tuple((b, a) for a, b in likeness.conflicts)
    return replace(likeness, share_one=likeness.share_other, share_other=likeness.share_one, conflicts=conflicts)


def judged(one: Prepared, other: Prepared) -> Likeness:
    """Judge two texts that share enough to be laid side by side."""
    mine, theirs = one.words.folded[:MOST_WORDS], other.words.folded[:MOST_WORDS]
    alignment = align(mine, theirs)
    passages = [span for span in alignment.passages if min(span.words()) >= SHORTEST_PASSAGE]
    found = differences(one.words, other.words, alignment.gaps)
    shares = (
        sum(span.words()[0] for span in passages) / len(mine),
        sum(span.words()[1] for span in passages) / len(theirs),
    )
    return Likeness(
        kind_of(passages, shares, (len(mine), len(theirs)), against(alignment, found, one, other)),
        round(shares[0], 4),
        round(shares[1], 4),
        tuple(dict.fromkeys(found.names + found.numbers))[:MOST_CONFLICTS],
    )


def against(alignment: Alignment, found: Differences, one: Prepared, other: Prepared) -> float:
    """What contradicts, by `contradiction`."""
    aligned = sum(max(span.words()) for span in alignment.passages)
    return contradiction(found, aligned, (capitals(one.words) + capitals(other.words)) / 2)


def kind_of(
    passages: Sequence[Span], shares: tuple[float, float], lengths: tuple[int, int], against: float
) -> Kind | None:
    """Decide by what runs together, where it begins, and what contradicts."""
    if not passages or against >= CONTRADICTION:
        return None
    if min(shares) >= NEARLY_ALL:
        return "near"
    longest = max(min(span.words()) for span in passages)
    if longest < DERIVED_PASSAGE:
        return None
    top = all(
        start <= max(TOP_WORDS, TOP_SHARE * length)
        for start, length in zip((passages[0].one[0], passages[0].other[0]), lengths, strict=True)
    )
    large, small = max(shares), min(shares)
    cut = large >= CUT and small >= CUT_LEAST
    led_anew = large >= LED_ANEW and small >= LED_ANEW_LEAST and longest >= LONG_PASSAGE
    return "near" if top and (cut or led_anew) else "derived"
