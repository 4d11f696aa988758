"""Ours: sampled shingles, then the aligned text; and the limit that was not tuned on a template."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf, sqrt

from articles.similarity import Likeness, Prepared, compare, prepare
from benchmarks.copies.labelled import Edge, Score, Story, families, score
from tests.unit.articles.pairs import pairs as invented_pairs

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
    return [pair for pair in candidates(ready) if compare(ready[pair[0]], ready[pair[1]]).kind in ("near", "exact")]


def candidates(ready: Sequence[Prepared]) -> list[Edge]:
    """The pairs that share two sampled shingles."""
    listed: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(ready):
        for shingle in text.sampled:
            listed[shingle].append(number)
    shared: Counter[Edge] = Counter()
    for numbers in listed.values():
        shared.update(combinations(numbers, 2))
    return [pair for pair, count in shared.items() if count >= 2]


def judged(texts: Sequence[Story]) -> list[Judged]:
    """Every candidate, with what contradicts left to who asks."""
    ready = [prepare(text.text) for text in texts]
    return [
        Judged((a, b), texts[a].story == texts[b].story, compare(ready[a], ready[b], most=inf))
        for a, b in candidates(ready)
    ]


def near(pairs: Sequence[Judged], limit: float) -> list[Edge]:
    """What is near or exact under a limit."""
    return [p.edge for p in pairs if p.likeness.kind in ("near", "exact") and p.likeness.contradiction < limit]


def fitted(groups: Iterable[Sequence[Judged]]) -> float:
    """The limit that tells copies best, in the middle of the widest range that does.

    Each kind of copy and each template counts the same, however many pairs it has.
    """
    held = [[(p.likeness.contradiction, p.same) for p in group] for group in groups if group]

    def right(limit: float) -> float:
        return sum(sum((against < limit) == same for against, same in group) / len(group) for group in held)

    scores = [round(right(limit), 2) for limit in LIMITS]
    best = [limit for limit, value in zip(LIMITS, scores, strict=True) if value == max(scores)]
    return sqrt(best[0] * best[-1])


def grouped(texts: Sequence[Story], pairs: Sequence[Judged]) -> dict[str, list[Judged]]:
    """Copies beside their story's base by kind, reports by template; what shares too little to be near is in none."""
    of_text = families(texts)
    found: dict[str, list[Judged]] = defaultdict(list)
    for pair in pairs:
        a, b = pair.edge
        kinds = {texts[a].kind, texts[b].kind}
        template = of_text[a] or of_text[b]
        if pair.likeness.kind != "near":
            continue
        if template:
            found[f"{template} {'copy' if pair.same else 'report'}"].append(pair)
        elif pair.same and "base" in kinds:
            found[min(kinds - {"base"})].append(pair)
    return found


def invented() -> dict[str, list[Judged]]:
    """The project's own invented pairs: templates that the set has not."""
    found: dict[str, list[Judged]] = {}
    for kind in ("copies", "lookalikes"):
        for name, (one, other) in invented_pairs(kind).items():
            likeness = compare(prepare(one), prepare(other), most=inf)
            if likeness.kind == "near":
                found[name] = [Judged((0, 0), kind == "copies", likeness)]
    return found


def left_out(texts: Sequence[Story], pairs: Sequence[Judged]) -> dict[str, tuple[float, Score]]:
    """For each template: the limit that all others and the copies give, and the score of the whole set under it."""
    groups = grouped(texts, pairs)
    own = invented()
    found = {}
    for family in sorted({name for name in families(texts) if name}):
        rest = [group for name, group in groups.items() if not name.startswith(f"{family} ")]
        limit = fitted([*rest, *own.values()])
        found[family] = limit, score(texts, near(pairs, limit))
    return found


def margins(texts: Sequence[Story], pairs: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """The least and the most that contradicts, by kind of copy and by template."""
    return {
        name: (min(p.likeness.contradiction for p in group), max(p.likeness.contradiction for p in group))
        for name, group in sorted(grouped(texts, pairs).items())
    }
