"""Linking: what was loaded is compared with what the archive holds within 30 days, and copies become clusters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from articles.similarity import Likeness, Prepared, compare, prepare
from warehouse.linking import shingles
from warehouse.linking.clusters import NEAR, join_clusters
from warehouse.store import Stamp, Store, sql, table

AT_ONCE = 1_000
"""Texts that are compared with the archive together: each takes 0.1 MB while it is."""

KEPT = 4 * AT_ONCE
"""Prepared texts in memory."""

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


def link(store: Store, stamp: Stamp, most: int = AT_ONCE) -> Linked:
    """Compare the texts that wait, at most so many; none are left when `texts` is 0.

    Each of its three transactions can be done again: what a kill interrupts comes out as if it had not been.
    """
    waiting: Waiting = store.rows(sql("linking/waiting.sql"), most=most)  # type: ignore[assignment]
    if not waiting:
        return Linked()
    with shingles.attached(store, stamp):
        return compared(store, waiting, stamp)


def compared(store: Store, waiting: Waiting, stamp: Stamp) -> Linked:
    """Compare some texts and take them off the queue."""
    texts = Texts(store)
    texts.fetch({key for key, _ in waiting})
    new = [(key, day, texts[key].sampled) for key, day in unknown(store, waiting) if key in texts]
    found = Linked(len(waiting))
    if new:
        new_texts, new_shingles = shingles.new_rows(new)
        pairs = shingles.candidates(store, new_texts, new_shingles)
        judged = list(judgements(texts, pairs))
        found.compared, found.pairs = len(pairs), len(judged)
        if judged:
            with store.transaction():
                store.apply("linking/pairs.sql", {"judged": table(JUDGED, judged)}, stamp)
                near = [(str(row["hash_one"]), str(row["hash_other"])) for row in judged if row["kind"] in NEAR]
                join_clusters(store, near, stamp)
        shingles.keep(store, new_texts, new_shingles)
    waited = table(WAITED, [{"text_id": key, "day": day} for key, day in waiting])
    with store.transaction():
        store.apply("linking/done.sql", {"waited": waited}, stamp)
    return found


def unknown(store: Store, waiting: Waiting) -> Waiting:
    """Those of the texts and days that the file of shingles does not hold."""
    query = """SELECT text_id, day FROM shingles.texts
        WHERE day BETWEEN $first AND $last AND text_id IN (FROM asked)"""
    days = [day for _, day in waiting]
    held = set(store.rows_of(query, [key for key, _ in waiting], first=min(days), last=max(days)))
    return [pair for pair in waiting if pair not in held]


class Texts:
    """Texts of the warehouse, prepared once for all their comparisons; the latest asked for are in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._prepared: dict[str, Prepared] = {}
        self._hashes: dict[str, str] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        """Read texts that are not in memory yet."""
        wanted = sorted(set(keys) - self._prepared.keys())
        if not wanted:
            return
        for key, words, text in self._store.rows_of(sql("linking/texts.sql"), wanted):
            self._prepared[str(key)] = prepare(str(text))
            self._hashes[str(key)] = str(words)

    def __contains__(self, key: str) -> bool:
        return key in self._prepared

    def __getitem__(self, key: str) -> Prepared:
        return self._prepared[key]

    def hash_of(self, key: str) -> str:
        """The hash of a text's words."""
        return self._hashes[key]

    def shrink(self, needed: set[str]) -> None:
        """Let go of what is not needed next, where too many are in memory."""
        if len(self._prepared) > KEPT:
            self._prepared = {key: kept for key, kept in self._prepared.items() if key in needed}


def judgements(texts: Texts, pairs: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """The rows of `text_copies` for those of the pairs that are copies."""
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        needed = {key for pair in some for key in pair}
        texts.shrink(needed)
        texts.fetch(needed)
        for one, other in some:
            if one not in texts or other not in texts:  # a text that no version has any more
                continue
            likeness = compare(texts[one], texts[other])
            if likeness.kind:
                yield row(one, other, likeness, texts)


def row(one: str, other: str, likeness: Likeness, texts: Texts) -> dict[str, object]:
    """A row of `text_copies`."""
    return {
        "text_one": one,
        "text_other": other,
        "hash_one": texts.hash_of(one),
        "hash_other": texts.hash_of(other),
        "kind": likeness.kind,
        "share_one": likeness.share_one,
        "share_other": likeness.share_other,
        "conflicts": [{"one": mine, "other": theirs} for mine, theirs in likeness.conflicts],
        "method": shingles.METHOD,
    }
