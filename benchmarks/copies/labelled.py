"""The labelled copies, and how well clusters agree with their labels."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.clusters import UnionFind

STORIES = Path(__file__).resolve().parents[3] / "shared" / "duplicates" / "stories.jsonl"

Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Story:
    """A labelled text."""

    story: str
    kind: str
    text: str

    @property
    def family(self) -> str | None:
        """The template that it was made from, if any; a copy of a templated report has its own story's."""
        return self.kind.removeprefix("tmpl_") if self.kind.startswith("tmpl_") else None


@dataclass(frozen=True, slots=True)
class Score:
    """How well clusters agree with the labels."""

    precision: float
    recall: float
    f1: float
    ari: float
    worst: tuple[str, float]
    """The kind of copy that is found least, and how often."""


def stories(path: Path) -> list[Story]:
    """All labelled texts."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Story(row["story"], row["kind"], row["text"]) for row in rows]


def families(texts: Sequence[Story]) -> list[str | None]:
    """The template of each text, and of copies of templated reports."""
    of_story = {text.story: text.family for text in texts if text.family}
    return [of_story.get(text.story) for text in texts]


def score(texts: Sequence[Story], edges: Iterable[Edge]) -> Score:
    """Score the clusters that edges make."""
    sets: UnionFind[int] = UnionFind(edges)
    cluster = [sets.find(n) for n in range(len(texts))]
    story = [text.story for text in texts]
    hit = pairs(Counter(zip(story, cluster, strict=True)))
    true, said = pairs(Counter(story)), pairs(Counter(cluster))
    precision, recall = hit / said if said else 1.0, hit / true
    expected = true * said / (len(texts) * (len(texts) - 1) // 2)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return Score(precision, recall, f1, (hit - expected) / ((true + said) / 2 - expected), least_found(texts, cluster))


def pairs(counts: Counter[object] | Counter[str] | Counter[int] | Counter[tuple[str, int]]) -> int:
    """How many pairs groups of these sizes have."""
    return sum(n * (n - 1) // 2 for n in counts.values())


def least_found(texts: Sequence[Story], cluster: Sequence[int]) -> tuple[str, float]:
    """The kind of copy that is with its story's base least often."""
    base = {text.story: where for text, where in zip(texts, cluster, strict=True) if text.kind == "base"}
    found: dict[str, list[bool]] = defaultdict(list)
    for text, where in zip(texts, cluster, strict=True):
        if text.kind != "base" and text.story in base:
            found[text.kind].append(where == base[text.story])
    return min(((kind, sum(hits) / len(hits)) for kind, hits in found.items()), key=lambda item: item[1])
