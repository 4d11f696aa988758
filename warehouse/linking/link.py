"""Linking: what was loaded is compared with what the archive holds within 30 days, and copies become clusters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import duckdb
import pyarrow as pa

from articles.clusters import NEAR
from articles.similarity import Likeness
from warehouse.linking import shingles
from warehouse.linking.clusters import join_clusters
from warehouse.linking.comparing import Candidates, Found, Task, apart, likenesses, samples, task_of
from warehouse.linking.texts import Texts
from warehouse.store import Stamp, Store, sql, table
from warehouse.workers import Workers

AT_ONCE = 1_000
"""Texts that are compared with the archive together, and texts that are read together: both read many blocks."""

FEW = 200
"""Texts that are compared sooner here than workers have started."""

JUDGED = pa.schema([
    ("text_one", pa.string()),
    ("text_other", pa.string()),
    ("hash_one", pa.string()),
    ("hash_other", pa.string()),
    ("kind", pa.string()),
    ("share_one", pa.float64()),
    ("share_other", pa.float64()),
    ("conflicts", pa.list_(pa.struct([("one", pa.string()), ("other", pa.string())]))),
    ("method", pa.string()),
])  # fmt: skip

Waiting = list[tuple[str, date]]
"""Texts by id, and the days by which they are compared."""

WAITED = pa.schema([("text_id", pa.string()), ("day", pa.date32())])


@dataclass(slots=True)
class Linked:
    """What a step of linking did."""

    texts: int = 0
    compared: int = 0
    pairs: int = 0


def link(store: Store, stamp: Stamp, workers: Workers | None = None, most: int = AT_ONCE) -> Linked:
    """Compare the texts that wait, at most so many; none are left when `texts` is 0. Many are the workers' to compare.

    Each of its three transactions can be done again: what a kill interrupts comes out as if it had not been. A file of
    shingles that turns out to be damaged is made anew, once.
    """
    try:
        return step(store, stamp, workers, most)
    except duckdb.Error:
        if not shingles.removed_as_damaged(store.home):
            raise
    return step(store, stamp, workers, most)


def step(store: Store, stamp: Stamp, workers: Workers | None, most: int) -> Linked:
    """Compare the next texts, or settle what all of them have joined."""
    waiting: Waiting = store.rows(sql("linking/waiting.sql"), most=most)  # type: ignore[assignment]
    if not waiting:
        settle(store, stamp, workers)
        return Linked()
    with shingles.attached(store, stamp):
        return compared(store, waiting, stamp, workers if len(waiting) > FEW else None)


def compared(store: Store, waiting: Waiting, stamp: Stamp, workers: Workers | None) -> Linked:
    """Compare some texts and take them off the queue."""
    texts = Texts(store)
    held = texts.fetch({key for key, _ in waiting})
    fresh = [(key, day) for key, day in unknown(store, waiting) if key in held]
    signed = samples([held[key] for key, _ in fresh], workers)
    new = [(key, day, sample) for (key, day), sample in zip(fresh, signed, strict=True)]
    found = Linked(len(waiting))
    if new:
        new_texts, new_shingles = shingles.new_rows(new)
        judged = list(likenesses(tasks(texts, shingles.candidates(store, new_texts, new_shingles)), workers))
        found.compared, found.pairs = len(judged), keep(store, texts, judged, stamp)
        shingles.keep(store, new_texts, new_shingles)
    waited = table(WAITED, [{"text_id": key, "day": day} for key, day in waiting])
    with store.transaction():
        store.apply("linking/done.sql", {"waited": waited}, stamp)
    return found


def settle(store: Store, stamp: Stamp, workers: Workers | None) -> None:
    """Lay the texts of each crowd that an agency signs beside its canonical one: who printed how much of a story."""
    texts = Texts(store)
    pairs: list[Candidates] = store.rows(sql("linking/unsettled.sql"))  # type: ignore[assignment]
    keep(store, texts, list(likenesses(tasks(texts, pairs), workers if len(pairs) > AT_ONCE else None)), stamp)


def keep(store: Store, texts: Texts, judged: Iterable[Found], stamp: Stamp) -> int:
    """Write the rows of pairs that are copies, and join what is near; how many they are."""
    found = [row(one, other, likeness, texts) for one, other, likeness in judged if likeness.kind]
    if found:
        with store.transaction():
            store.apply("linking/pairs.sql", {"judged": table(JUDGED, found)}, stamp)
            near = [(str(row["hash_one"]), str(row["hash_other"])) for row in found if row["kind"] in NEAR]
            join_clusters(store, near, stamp)
    return len(found)


def unknown(store: Store, waiting: Waiting) -> Waiting:
    """Those of the texts and days that the file of shingles does not hold."""
    query = """SELECT text_id, day FROM shingles.texts
        WHERE day BETWEEN $first AND $last AND text_id IN (FROM asked)"""
    days = [day for _, day in waiting]
    held = set(store.rows_of(query, [key for key, _ in waiting], first=min(days), last=max(days)))
    return [pair for pair in waiting if pair not in held]


def tasks(texts: Texts, pairs: Sequence[Candidates]) -> Iterator[Task]:
    """What is to be compared, with its texts; of a text that no version has any more there is nothing."""
    some: list[list[Candidates]] = []
    keys: set[str] = set()
    for group in chain(apart(pairs), [[]]):
        some.append(group)
        keys.update(key for one, other, _, _ in group for key in (one, other))
        if len(keys) >= AT_ONCE or not group:
            held = texts.fetch(keys)
            yield from (task_of(each, held) for each in some)
            some, keys = [], set()


def row(one: str, other: str, likeness: Likeness, texts: Texts) -> dict[str, object]:
    """A row of `text_copies`."""
    return {
        "text_one": one,
        "text_other": other,
        "hash_one": texts.hashes[one],
        "hash_other": texts.hashes[other],
        "kind": likeness.kind,
        "share_one": likeness.share_one,
        "share_other": likeness.share_other,
        "conflicts": [{"one": mine, "other": theirs} for mine, theirs in likeness.conflicts],
        "method": shingles.METHOD,
    }
