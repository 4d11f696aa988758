"""Whether the thresholds carry over: each chosen on some publishers' pages, and judged on the others'."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from articles import body, boilerplate, layout, lines, runs
from benchmarks.evaluation.labels import Label
from benchmarks.evaluation.measures import Score, score, total
from benchmarks.evaluation.peers import hemeroteca

Threshold = tuple[ModuleType, str]
Setting = Mapping[Threshold, float]

GRID: dict[Threshold, tuple[float, float]] = {
    (body, "SHORT"): (300, 700),
    (body, "SHARE"): (0.25, 0.6),
    (body, "LONGER"): (1.1, 1.6),
    (body, "PARAGRAPH"): (50, 120),
    (body, "SIBLING"): (100, 400),
    (boilerplate, "LINKED"): (0.8, 1.0),
    (boilerplate, "HALF"): (0.2, 0.6),
    (boilerplate, "FOOT"): (3, 10),
    (layout, "MATCHED"): (0.2, 0.6),
    (lines, "SAFE"): (15, 40),
    (lines, "STORY"): (0.3, 0.7),
    (runs, "MOSTLY"): (0.35, 0.7),
}
"""For each threshold the values beside its own that it might have."""


@dataclass(frozen=True, slots=True)
class Validated:
    """What cross-validation found."""

    own: float
    """Body F1 with the thresholds as they are."""
    held_out: float
    """Body F1 of each page under the thresholds chosen without its publisher."""
    folds: int
    publishers: int
    changed: tuple[str, ...]
    """The thresholds that some fold would have otherwise."""


def validated(labels: Sequence[Label], folds: int) -> Validated:
    """Choose every threshold by itself on all folds but one, and score that one; publishers are never divided."""
    publishers = sorted({label.publisher for label in labels})
    fold_of = {publisher: number % folds for number, publisher in enumerate(publishers)}
    where = [fold_of[label.publisher] for label in labels]
    own = scores(labels, {})
    tried = {
        (threshold, value): scores(labels, {threshold: value}) for threshold, pair in GRID.items() for value in pair
    }
    held_out: list[Score] = []
    changed: dict[str, None] = {}
    for fold in range(folds):
        training = [number for number, other in enumerate(where) if other != fold]
        setting: dict[Threshold, float] = {}
        for threshold, pair in GRID.items():
            best = max(pair, key=lambda value: f1(tried[threshold, value], training))
            if f1(tried[threshold, best], training) > f1(own, training):
                setting[threshold] = best
                changed[f"{threshold[0].__name__}.{threshold[1]} {best}"] = None
        held_out += scores([label for label, other in zip(labels, where, strict=True) if other == fold], setting)
    return Validated(f1(own), f1(held_out), folds, len(publishers), tuple(changed))


def f1(found: Sequence[Score], pages: Sequence[int] | None = None) -> float:
    """Body F1 over all or some of the pages."""
    return total(found if pages is None else [found[number] for number in pages]).f1


def scores(labels: Sequence[Label], setting: Setting) -> list[Score]:
    """The pages under other thresholds."""
    with thresholds(setting):
        return [score(hemeroteca(label), label) for label in labels]


@contextmanager
def thresholds(setting: Setting) -> Iterator[None]:
    """Other thresholds while the context is open."""
    before = {(module, name): getattr(module, name) for module, name in setting}
    for (module, name), value in setting.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)


def told(found: Validated) -> str:
    """In words, for a person."""
    others = ", ".join(found.changed) or "none"
    return (
        f"cross-validation in {found.folds} folds of {found.publishers} publishers: "
        f"body F1 {found.held_out:.4f} held out, {found.own:.4f} as they are; other thresholds chosen: {others}"
    )
