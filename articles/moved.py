"""Passages that two texts share in another order: what one alignment leaves out, laid side by side once more."""

from collections.abc import Sequence

from articles.alignment import Alignment, Span, align

LEAST = 25
"""Words of a passage that moved: a paragraph."""

ROUNDS = 8
"""Passages that are looked for one after another."""


def passages(one: Sequence[str], other: Sequence[str], found: Sequence[Span]) -> Alignment:
    """What runs through both texts outside of the passages found, and the differences inside it."""
    taken = list(found)
    moved: list[Span] = []
    gaps: list[Span] = []
    for _ in range(ROUNDS):
        left = free([span.one for span in taken], len(one))
        right = free([span.other for span in taken], len(other))
        laid = [beside(one, other, mine, theirs) for mine in left for theirs in right]
        best = max(laid, key=words, default=None)
        if best is None or not best.passages:
            break
        moved += best.passages
        gaps += best.gaps
        taken += best.passages
    return Alignment(tuple(moved), tuple(gaps))


def free(taken: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The stretches of a text, long enough for a passage, that are in none of those taken."""
    found: list[tuple[int, int]] = []
    start = 0
    for begin, end in [*sorted(taken), (length, length)]:
        if begin - start >= LEAST:
            found.append((start, begin))
        start = max(start, end)
    return found


def beside(one: Sequence[str], other: Sequence[str], mine: tuple[int, int], theirs: tuple[int, int]) -> Alignment:
    """Two stretches laid side by side: their passages, and the differences in these, by their places in the texts."""
    laid = align(one[slice(*mine)], other[slice(*theirs)])
    kept = [span for span in laid.passages if min(span.words()) >= LEAST]
    gaps = [gap for gap in laid.gaps if any(span.one[0] <= gap.one[0] < span.one[1] for span in kept)]
    return Alignment(
        tuple(shifted(span, mine[0], theirs[0]) for span in kept),
        tuple(shifted(gap, mine[0], theirs[0]) for gap in gaps),
    )


def shifted(span: Span, mine: int, theirs: int) -> Span:
    """A span of two stretches that begin so many words into their texts."""
    return Span(
        (span.one[0] + mine, span.one[1] + mine),
        (span.other[0] + theirs, span.other[1] + theirs),
    )


def words(laid: Alignment) -> int:
    """The words that an alignment's passages have in both texts."""
    return sum(min(span.words()) for span in laid.passages)
