"""Ours: sampled shingles, then the aligned text; and the limit that was not tuned on a template."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf, sqrt

from articles.similarity import CONTRADICTION, Likeness, compare, prepare
from benchmarks.copies.labelled import Edge, Score, Story, families, score

LIMITS = [0.05 * 1.1**n for n in range(60)]
"""What contradiction may be, from 0.05 to 14 places per hundred words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that was compared, as if nothing could contradict."""

    edge: Edge
    same: bool
    likeness: Likeness


def edges(texts: Sequence[str]) -> list[Edge]:
    """What is near or exact."""
    ready = [prepare(text) for text in texts]
    return [pair for pair in candidates(texts) if compare(ready[pair[0]], ready[pair[1]]).kind in ("near", "exact")]


def candidates(texts: Sequence[str]) -> list[Edge]:
    """The pairs that share two sampled shingles, or are exact."""
    listed: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in prepare(text).sampled:
            listed[shingle].append(number)
    shared: Counter[Edge] = Counter()
    for numbers in listed.values():
        shared.update(combinations(numbers, 2))
    return [pair for pair, count in shared.items() if count >= 2]


def judged(texts: Sequence[Story]) -> list[Judged]:
    """Every candidate, with what contradicts left to who asks."""
    written = [text.text for text in texts]
    ready = [prepare(text) for text in written]
    return [
        Judged((a, b), texts[a].story == texts[b].story, compare(ready[a], ready[b], most=inf))
        for a, b in candidates(written)
    ]


def near(pairs: Sequence[Judged], limit: float) -> list[Edge]:
    """What is near or exact under a limit."""
    return [p.edge for p in pairs if p.likeness.kind in ("near", "exact") and p.likeness.contradiction < limit]


def fitted(pairs: Sequence[Judged]) -> float:
    """The limit that tells copies best, in the middle of the widest range that does."""

    def f1(limit: float) -> float:
        said = [p.same for p in pairs if p.likeness.kind in ("near", "exact") and p.likeness.contradiction < limit]
        true = sum(p.same for p in pairs)
        return 2 * sum(said) / (len(said) + true) if said else 0.0

    scores = [round(f1(limit), 4) for limit in LIMITS]
    best = [limit for limit, value in zip(LIMITS, scores, strict=True) if value == max(scores)]
    return sqrt(best[0] * best[-1])


def left_out(texts: Sequence[Story], pairs: Sequence[Judged]) -> dict[str, tuple[float, Score]]:
    """For each template: the limit that the others and all copies give, and the score of the whole set under it."""
    of_text = families(texts)
    found = {}
    for family in sorted({name for name in of_text if name}):
        rest = [p for p in pairs if family not in (of_text[p.edge[0]], of_text[p.edge[1]])]
        limit = fitted(rest)
        found[family] = limit, score(texts, near(pairs, limit))
    return found


def margins(pairs: Sequence[Judged]) -> tuple[float, float, float]:
    """The most that contradicts in 99 of 100 copies, in 999 of 1,000, and the least in templated reports."""
    copies = sorted(p.likeness.contradiction for p in pairs if p.same and p.likeness.kind in ("near", "exact"))
    others = sorted(
        p.likeness.contradiction
        for p in pairs
        if not p.same and p.likeness.kind and p.likeness.contradiction >= CONTRADICTION
    )
    return copies[int(0.99 * len(copies))], copies[int(0.999 * len(copies))], others[len(others) // 1000]
