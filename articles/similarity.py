"""Whether two texts are copies of one: containment proposes, the aligned text decides.

`compare` is a function of the two texts alone and symmetric, so that no order of arrival makes a difference.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import ceil
from typing import Literal

import xxhash

from articles import moved as moves
from articles.alignment import Span, align
from articles.conflicts import Differences, contradiction, differences
from articles.shingles import length, sample, shingles
from articles.words import Words, words_of

METHOD = "copies-4"
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
    contradiction: float = 0.0
    """What they weigh, in places per hundred words; from `CONTRADICTION` on the texts are no copies."""


NOTHING = Likeness(None, 0.0, 0.0, ())
SAME = Likeness("exact", 1.0, 1.0, ())

MOST_CONFLICTS = 20

SHORTEST_PASSAGE = 12
"""Words; shorter ones meet by chance and are no evidence."""

CLEAN = 40
"""Words without a difference that are put to those aligned: in a short text two or three places prove little."""

CONTRADICTION = 0.9
"""Places per hundred words. Labelled copies have at most 0.2 beside their original, templated reports at least 1.6;
invented copies at most 0.6, and lookalikes that share enough to be near at least 2.6."""

FRAME = 3.0
"""The same for one passage of several: a few names in a line or two of one text are enough for it."""

NEARLY_ALL, NEARLY_ALL_LEAST = 1.5, 0.65
"""Where shares add up to this, it does not matter where the texts run along: paragraphs change places."""

DERIVED_PASSAGE = 40
"""Words of a passage that make two texts worth a link."""

PUT_BEFORE = 45
"""Words that may stand before a text that begins as the other does: a headline, a credit, an editor's line."""

HEAD_SHARE, HEAD_WORDS = 0.35, 80
"""How far the heads of two texts may reach that were led anew, headline and first paragraph: so many words of each,
or this share of one and of the other together."""

OWN_HEAD = 0.3
"""The most that both texts may have before what they share: where each has more, that is a footer of a source. Of the
labelled copies one has over 0.25, none more than this."""

REORDERED, REORDERED_CUT = 1.7, 0.9
"""What shares add up to, with the paragraphs that stand elsewhere, of one text in another order; and the larger of them
where it was cut, too."""

WORTH = 0.5
"""The share of the shorter text's shingles without which nothing is looked for in another order."""

CUT, CUT_LEAST = 0.8, 0.12
"""A text cut short is nearly all in the other, and no less than this of the other."""

LED_ANEW, LED_ANEW_LEAST = 0.85, 0.27
"""A wire text that was cut, led anew and went on with the paper's own paragraphs: the sum of shares, and the less."""

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
    key = xxhash.xxh3_128_intdigest(words.encoded)
    return Prepared(key, words, found, sample(found))


def compare(one: Prepared, other: Prepared, most: float = CONTRADICTION) -> Likeness:
    """Judge two texts; with the texts in the other order the answer is the same, mirrored.

    `most` is there for measuring what another limit than `CONTRADICTION` would give.
    """
    if one.key == other.key:
        return SAME
    fewer, more = sorted((one.shingles, other.shingles), key=len)
    least = ceil(LEAST_SHARE * len(fewer))
    # No more are counted than decide: what two copies share is nearly all.
    if not fewer or len(list(islice(filter(more.__contains__, fewer), least))) < least:
        return NOTHING
    if one.key > other.key:
        return mirrored(judged(other, one, most))
    return judged(one, other, most)


def shared_passages(one: Prepared, other: Prepared, most: int) -> tuple[str, ...]:
    """The longest passages that run through both texts, as the first has them."""
    alignment = align(one.words.folded[:MOST_WORDS], other.words.folded[:MOST_WORDS])
    spans = [span.one for span in alignment.passages if min(span.words()) >= SHORTEST_PASSAGE]
    longest = sorted(spans, key=lambda span: (span[0] - span[1], span))[:most]
    return tuple(one.words.passage(start, end) for start, end in longest)


def mirrored(likeness: Likeness) -> Likeness:
    """The same with its sides exchanged."""
    conflicts = tuple((b, a) for a, b in likeness.conflicts)
    return replace(likeness, share_one=likeness.share_other, share_other=likeness.share_one, conflicts=conflicts)


def judged(one: Prepared, other: Prepared, most: float) -> Likeness:
    """Judge two texts that share enough to be laid side by side."""
    mine, theirs = one.words.folded[:MOST_WORDS], other.words.folded[:MOST_WORDS]
    lengths = len(mine), len(theirs)
    laid = align(mine, theirs)
    signs = length(one.words) / len(one.words.folded)

    def against(
        spans: Sequence[Span], gaps: Sequence[Span], clean: int, apart: Sequence[Span] = ()
    ) -> tuple[Differences, float]:
        found = differences(one.words, other.words, spans, inside(gaps, spans), apart)
        return found, contradiction(found, clean + signs * sum(max(span.words()) for span in spans))

    found, strength = against(laid.passages, laid.gaps, CLEAN, list(between(laid.passages)))
    long = [span for span in laid.passages if min(span.words()) >= SHORTEST_PASSAGE]
    passages = long
    kind: Kind | None = None
    if strength < most:
        # A frame filled anew (what an agency or a paper begins with every day) is no part of what is common.
        passages = [span for span in long if len(long) == 1 or against([span], laid.gaps, 0)[1] < FRAME]
        kind = kind_of(passages, lengths)
    if strength < most and kind != "near" and share_enough(one, other):
        moved = moves.passages(mine, theirs, long)
        together = [*passages, *moved.passages]
        if moved.passages and is_reordered(passages, together, lengths):
            gaps = sorted([*laid.gaps, *moved.gaps], key=lambda gap: gap.one)
            found, strength = against(together, gaps, CLEAN)
            passages, kind = (together, "near") if strength < most else (passages, kind)
    shares = shares_of(passages, lengths)
    conflicts = tuple(dict.fromkeys(found.names + found.numbers + found.days))[:MOST_CONFLICTS]
    return Likeness(kind, round(shares[0], 4), round(shares[1], 4), conflicts, round(strength, 4))


def share_enough(one: Prepared, other: Prepared) -> bool:
    """Whether so many shingles are in both texts that most of one may stand in the other, in whatever order."""
    fewer, more = sorted((one.shingles, other.shingles), key=len)
    return len(fewer & more) >= WORTH * len(fewer)


def between(passages: Sequence[Span]) -> Iterator[Span]:
    """What both texts have between each of some passages and the next."""
    for before, after in pairwise(passages):
        if before.one[1] < after.one[0] and before.other[1] < after.other[0]:
            yield Span((before.one[1], after.one[0]), (before.other[1], after.other[0]))


def inside(gaps: Sequence[Span], passages: Sequence[Span]) -> list[Span]:
    """The gaps that lie in some passages."""
    found: list[Span] = []
    for span in passages:
        first = bisect_left(gaps, span.one[0], key=lambda gap: gap.one[0])
        last = bisect_left(gaps, span.one[1], key=lambda gap: gap.one[0])
        found += gaps[first:last]
    return found


def shares_of(passages: Sequence[Span], lengths: tuple[int, int]) -> tuple[float, float]:
    """How much of each text the passages are."""
    return (
        sum(span.words()[0] for span in passages) / lengths[0],
        sum(span.words()[1] for span in passages) / lengths[1],
    )


def kind_of(passages: Sequence[Span], lengths: tuple[int, int]) -> Kind | None:
    """Decide by how much runs along, and where it begins, where nothing contradicts."""
    small, large = sorted(shares_of(passages, lengths))
    if small + large >= NEARLY_ALL and small >= NEARLY_ALL_LEAST:
        return "near"
    longest = max((min(span.words()) for span in passages), default=0)
    if longest < DERIVED_PASSAGE:
        return None
    cut = large >= CUT and small >= CUT_LEAST
    led_anew = small + large >= LED_ANEW and small >= LED_ANEW_LEAST and longest >= LONG_PASSAGE
    return "near" if (cut or led_anew) and same_top(passages[0], lengths) else "derived"


def is_reordered(passages: Sequence[Span], together: Sequence[Span], lengths: tuple[int, int]) -> bool:
    """Whether two texts are one in another order: nearly all of both, or what was left of one behind the same top."""
    small, large = sorted(shares_of(together, lengths))
    if small + large >= REORDERED and small >= NEARLY_ALL_LEAST:
        return True
    longest = max((min(span.words()) for span in passages), default=0)
    cut = large >= REORDERED_CUT and small >= CUT_LEAST and longest >= DERIVED_PASSAGE
    return cut and same_top(passages[0], lengths)


def same_top(first: Span, lengths: tuple[int, int]) -> bool:
    """Whether what two texts share begins where both begin, or behind a head that each has for itself.

    News is cut from its end and led anew at its head. A text whose beginning stands in the middle of another shares
    background with it, or paragraphs that a paper prints below many stories.
    """
    starts = sorted((first.one[0], first.other[0]))
    if starts[0] < SHORTEST_PASSAGE:
        return starts[1] <= PUT_BEFORE
    heads = sorted((first.one[0] / lengths[0], first.other[0] / lengths[1]))
    return heads[0] <= OWN_HEAD and (starts[1] <= HEAD_WORDS or sum(heads) <= HEAD_SHARE)
