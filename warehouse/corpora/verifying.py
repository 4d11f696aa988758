"""Candidates compared, in worker processes that read the texts they need."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import zstandard

from articles.similarity import Prepared, compare, prepare
from warehouse.corpora.workspace import Workspace

PAIRS = 500
"""Pairs a batch: a worker has them done in half a second."""

HELD = 1_000
"""Texts that a worker keeps prepared, 100 KB each."""

MAX_TEXT = 64 * 1024 * 1024

Pair = tuple[int, int, int, int, int, int]
"""Both numbers; place and size of the first text, and of the second."""

Edge = tuple[int, int, str, float, float, list[str], list[str]]
"""Both numbers, kind, share of each, and what contradicts: of each the names and numbers."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs to compare, and the file of their texts."""

    texts: Path
    pairs: tuple[Pair, ...]


def batches(workspace: Workspace) -> Iterator[Batch]:
    """All candidates, copies near each other, so that a worker finds most texts prepared."""
    cursor = workspace.connection.cursor()
    cursor.execute("SELECT a, b, place_a, size_a, place_b, size_b FROM candidates ORDER BY by_low, a, b")
    while pairs := cursor.fetchmany(PAIRS):
        yield Batch(workspace.texts, tuple(pairs))


def compared(batch: Batch) -> list[Edge]:
    """The edges among a batch's pairs."""
    edges: list[Edge] = []
    for a, b, place_a, size_a, place_b, size_b in batch.pairs:
        found = compare(prepared(batch.texts, place_a, size_a), prepared(batch.texts, place_b, size_b))
        if found.kind is not None:
            mine, theirs = [one for one, _ in found.conflicts], [other for _, other in found.conflicts]
            edges.append((a, b, found.kind, found.share_one, found.share_other, mine, theirs))
    return edges


@lru_cache(maxsize=HELD)
def prepared(path: Path, place: int, size: int) -> Prepared:
    """A text of the file, ready to be compared."""
    with path.open("rb") as file:
        packed = os.pread(file.fileno(), size, place)
    text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=MAX_TEXT)
    return prepare(text.decode("utf-8", "surrogatepass"))
