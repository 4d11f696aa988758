"""Signatures and verification over a stream of invented articles of 500 words, on two processes."""

import multiprocessing
import time
from collections import deque
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from articles.similarity import compare, prepare

WORDS = 500
CORES = 2
COPIED = 0.3
"""Of a day's articles are copies. Each is compared with its original and with another copy of that, if there is one;
both come as text, as an archive gives them."""

Item = tuple[str, tuple[str, ...]]
"""An article, and the texts that it is compared with."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Articles a second of two processes: by the clock, and by CPU time, whatever else the machine does."""

    wall: float
    cpu: float


def articles(count: int, seed: int) -> list[Item]:
    """Invented articles."""
    random = Random(seed)  # noqa: S311 - no secret
    known = [
        "".join(random.choice("bcdfglmnprstv") + random.choice("aeiou") for _ in range(1 + n % 4))
        for n in range(20_000)
    ]
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(known))))
    recent: deque[tuple[list[str], list[str]]] = deque(maxlen=200)
    found: list[Item] = []
    for _ in range(count):
        if recent and random.random() < COPIED:
            original, printed = random.choice(recent)
            words = list(original)
            for place in random.sample(range(WORDS), 12):
                words[place] = random.choice(known)
            found.append((written(words), tuple(printed[:1] + printed[-1:] if len(printed) > 1 else printed)))
        else:
            words = random.choices(known, cum_weights=weights, k=WORDS)
            printed = []
            recent.append((words, printed))
            found.append((written(words), ()))
        printed.append(found[-1][0])
    return found


def written(words: list[str]) -> str:
    """Words in sentences of twenty."""
    return "\n\n".join(" ".join(words[n : n + 20]).capitalize() + "." for n in range(0, len(words), 20))


def worked(batch: list[Item]) -> tuple[float, int]:
    """The CPU seconds that a batch took, and how many copies were found."""
    began = time.process_time()
    found = 0
    for text, others in batch:
        ready = prepare(text)
        found += sum(compare(ready, prepare(other)).kind == "near" for other in others)
    return time.process_time() - began, found


def measure(count: int = 4_000) -> Rate:
    """Read and verify so many articles in each process; every copy must be found."""
    batches = [articles(count, seed) for seed in range(CORES)]
    asked = sum(len(others) for batch in batches for _, others in batch)
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        pool.map(worked, [batch[:50] for batch in batches])
        began = time.perf_counter()
        done = pool.map(worked, batches, chunksize=1)
        wall = time.perf_counter() - began
    if sum(found for _, found in done) != asked:
        raise SystemExit("a copy was not found: the figures would mean nothing")
    return Rate(CORES * count / wall, CORES * CORES * count / sum(cpu for cpu, _ in done))
