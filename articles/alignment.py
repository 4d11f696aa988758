"""Two texts laid side by side: where they run together, and what stands in one for what stands in the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

ANCHOR = 3
"""So many words in a row that are the same in both hold the alignment; fewer may meet by chance."""

SHORT = 6
"""Between two anchors so many words on each side are one substitution, whatever they are."""

SENTENCE, HELD = 16, 0.25
"""Up to so many words are one sentence of a frame where this share of its words is the same."""

TOGETHER = 0.4
"""A longer stretch between two anchors runs together where this share of its words is the same ..."""

ALIKE = 0.7
"""... or this share of its letters: noise leaves letters where it leaves no word whole. Scanned copies keep 0.94, two
passages of different news have 0.44 at most of 99 in 100."""

Run = tuple[int, int, int]
"""Where a run of same words begins in each text, and its length."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text and what stands for it in the other: from and to, the end not included."""

    one: tuple[int, int]
    other: tuple[int, int]

    def words(self) -> tuple[int, int]:
        """How many words it has in each."""
        return self.one[1] - self.one[0], self.other[1] - self.other[0]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where two texts run together, in order."""

    passages: tuple[Span, ...]
    """Stretches that run through both, whatever differs inside. What one text alone has is in none."""
    gaps: tuple[Span, ...]
    """The differences inside these passages, with words on both sides."""


def align(one: Sequence[str], other: Sequence[str]) -> Alignment:
    """Lay two texts side by side by their longest common sequence of words."""
    runs = [(block.a, block.b, block.size) for block in LCSseq.editops(one, other).as_matching_blocks() if block.size]
    passages: list[Span] = []
    gaps: list[Span] = []
    for stretch, inner in stretches(runs, len(one), len(other)):
        if runs_together(one, other, stretch, inner):
            passages.append(stretch)
            gaps += between(stretch, inner)
    anchors = [Span((i, i + n), (j, j + n)) for i, j, n in runs if n >= ANCHOR]
    return Alignment(tuple(joined(sorted(passages + anchors, key=lambda span: span.one))), tuple(gaps))


def stretches(runs: Sequence[Run], one: int, other: int) -> Iterator[tuple[Span, list[Run]]]:
    """What lies before, between and behind anchors where both texts have words, with the short runs in it."""
    i = j = 0
    inner: list[Run] = []
    for run in [*runs, (one, other, ANCHOR)]:
        if run[2] < ANCHOR:
            inner.append(run)
            continue
        if i < run[0] and j < run[1]:
            yield Span((i, run[0]), (j, run[1])), inner
        i, j = run[0] + run[2], run[1] + run[2]
        inner = []


def runs_together(one: Sequence[str], other: Sequence[str], stretch: Span, inner: Sequence[Run]) -> bool:
    """Whether a stretch is one passage in two forms, and not two passages."""
    mine, theirs = stretch.words()
    if mine <= SHORT and theirs <= SHORT:
        return True
    least = HELD if max(mine, theirs) <= SENTENCE else TOGETHER
    if 2 * sum(length for _, _, length in inner) >= least * (mine + theirs):
        return True
    left, right = "".join(one[slice(*stretch.one)]), "".join(other[slice(*stretch.other)])
    return Indel.normalized_similarity(left, right, score_cutoff=ALIKE) > 0


def between(stretch: Span, inner: Sequence[Run]) -> Iterator[Span]:
    """The differences of a stretch, where both texts have words."""
    (i, end_one), (j, end_other) = stretch.one, stretch.other
    for a, c, length in [*inner, (end_one, end_other, 0)]:
        if i < a and j < c:
            yield Span((i, a), (j, c))
        i, j = a + length, c + length


def joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that touch in both texts, or in one, as one."""
    current: Span | None = None
    for span in spans:
        if current is not None and (current.one[1] == span.one[0] or current.other[1] == span.other[0]):
            current = Span((current.one[0], span.one[1]), (current.other[0], span.other[1]))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
