"""Texts signed and compared, here or in worker processes: nothing of this needs the warehouse."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, islice
from typing import TypeVar

from articles.clusters import CROWD, NEAR, UnionFind
from articles.similarity import Likeness, Prepared, compare, prepare
from warehouse.outcomes import Quarantined
from warehouse.workers import Workers

Item = TypeVar("Item")
Answer = TypeVar("Answer")

TEXTS, PAIRS, MOST = 50, 100, 3_000
"""Texts that are signed together, pairs that are compared together, at least and at most: parts of a second each."""

BESIDE = 2
"""Texts of a crowd beside which a text is laid when it comes: those that share the most shingles."""

HELD = 300
"""Texts that a process keeps prepared, 0.3 MB each of 800 words."""

Sample = tuple[int, ...]
"""The sampled shingles of a text, see `articles.shingles`."""

Candidates = tuple[str, str, int, str | None]
"""A new text and another one by their ids, how many shingles they share, and the crowd that the other is of."""

Found = tuple[str, str, Likeness]
"""Two texts, the smaller id first, and what they have in common."""


@dataclass(frozen=True, slots=True)
class Task:
    """Texts that hang together, to be compared."""

    beside: tuple[tuple[str, tuple[str, ...]], ...]
    """Texts in order, and beside which earlier ones each is laid, those that share the most first."""
    crowds: Mapping[str, str]
    """Which of them are of a crowd."""
    texts: Mapping[str, str]


def samples(texts: Iterable[str], workers: Workers | None) -> Iterator[Sample]:
    """The sampled shingles of each text."""
    waiting = iter(texts)
    batches = iter(lambda: tuple(islice(waiting, TEXTS)), ())
    return chain.from_iterable(answers(sampled, batches, workers))


def likenesses(tasks: Iterable[Task], workers: Workers | None) -> Iterator[Found]:
    """What the texts have in common, as far as they are compared."""
    return chain.from_iterable(answers(compared, tasks, workers))


def answers(function: Callable[[Item], Answer], items: Iterable[Item], workers: Workers | None) -> Iterator[Answer]:
    """A function's answers, from workers where there are any; what these cannot do is done here."""
    if workers is None:
        yield from map(function, items)
        return
    for item, found in workers.map(function, items):
        yield function(item) if isinstance(found, Quarantined) else found


def sampled(texts: Sequence[str]) -> list[Sample]:
    """The sampled shingles of some texts, in a worker."""
    return [prepared(text).sampled for text in texts]


def compared(task: Task) -> list[Found]:
    """What a task's texts have in common, in a worker.

    Each is laid beside all it could be a copy of, but of a crowd, be it one that grows here, beside few.
    """
    found: list[Found] = []
    sets = UnionFind(task.crowds.items())
    sizes = Counter(dict.fromkeys(map(sets.find, task.crowds.values()), CROWD + 1))
    for text, others in task.beside:
        laid = Counter[str]()
        for other in others:
            mine, theirs = sets.find(text), sets.find(other)
            if sizes[theirs] > CROWD and (mine == theirs or laid[theirs] == BESIDE):
                continue
            laid[theirs] += 1
            one, two = sorted((text, other))
            likeness = compare(prepared(task.texts[one]), prepared(task.texts[two]))
            found.append((one, two, likeness))
            if likeness.kind in NEAR and mine != theirs:
                sets.join(mine, theirs)
                sizes[sets.find(mine)] = (sizes[mine] or 1) + (sizes[theirs] or 1)
    return found


def apart(pairs: Sequence[Candidates]) -> Iterator[list[Candidates]]:
    """The pairs in lists, those of texts that hang together in one, up to `MOST`; all of one text's in any case."""
    sets = UnionFind((one, other) for one, other, _, _ in pairs)
    ordered = sorted(pairs, key=lambda pair: (sets.find(pair[0]), pair[0], -pair[2], pair[1]))
    some: list[Candidates] = []
    for _, of_text in groupby(ordered, key=lambda pair: pair[0]):
        beside = list(of_text)
        joins = bool(some) and sets.find(some[-1][0]) == sets.find(beside[0][0])
        if some and (len(some) + len(beside) > MOST or (len(some) >= PAIRS and not joins)):
            yield some
            some = []
        some += beside
    if some:
        yield some


def task_of(pairs: Sequence[Candidates], texts: Mapping[str, str]) -> Task:
    """Pairs with their texts, as far as these are there."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other, _, _ in pairs:
        if one in texts and other in texts:
            beside[one].append(other)
    crowds = {other: crowd for _, other, _, crowd in pairs if crowd is not None}
    named = {key for one, others in beside.items() for key in (one, *others)}
    return Task(
        tuple((one, tuple(others)) for one, others in beside.items()), crowds, {key: texts[key] for key in named}
    )


@lru_cache(maxsize=HELD)
def prepared(text: str) -> Prepared:
    """A text, ready to be compared."""
    return prepare(text)
