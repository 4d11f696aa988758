"""Clusters of copies: made anew, within a transaction, for what it touched."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from articles.clusters import HUGE, THIN, THIN_FROM, UnionFind
from warehouse.store import Stamp, Store, sql, table

MOVES = pa.schema([("text_hash", pa.string()), ("cluster_id", pa.string())])


def remake_clusters(store: Store, stamp: Stamp) -> None:
    """Bring `clusters` and the columns of their articles up to what `stirred` names, a temporary table of ids."""
    store.apply("load/clusters.sql", {}, stamp, huge=HUGE, thin_from=THIN_FROM, thin=THIN)


def join_clusters(store: Store, pairs: Iterable[tuple[str, str]], stamp: Stamp) -> None:
    """Put texts, named by their hashes, into the clusters of one another.

    A cluster is named after the smallest of its texts: it follows from the set of pairs and not from their order.
    """
    edges = [pair for pair in pairs if pair[0] != pair[1]]
    if not edges:
        return
    texts = sorted({text for pair in edges for text in pair})
    named = {str(text): str(cluster) for text, cluster in store.rows_of(sql("linking/clusters_of.sql"), texts)}
    found = UnionFind((named.get(one, one), named.get(other, other)) for one, other in edges)
    names = {old: min(group) for group in found.groups() for old in group}
    rows = moves(store, texts, named, names)
    store.apply("linking/join.sql", {"moves": table(MOVES, rows), "renamed": renamed(names)}, stamp)
    remake_clusters(store, stamp)


def moves(store: Store, texts: Sequence[str], named: dict[str, str], names: dict[str, str]) -> list[dict[str, object]]:
    """Where each text goes: those of the pairs, and all that stood in a cluster which takes another name."""
    homes = {text: names.get(named.get(text, text), named.get(text, text)) for text in texts}
    changed = [old for old, new in names.items() if old != new]
    for text, old in store.rows_of(sql("linking/texts_in.sql"), changed):
        homes[str(text)] = names[str(old)]
    return [{"text_hash": text, "cluster_id": home} for text, home in sorted(homes.items())]


def renamed(names: dict[str, str]) -> pa.Table:
    """The clusters that were joined, old and new name, those that keep theirs among them."""
    rows: list[dict[str, object]] = [{"old": old, "new": new} for old, new in sorted(names.items())]
    return table(pa.schema([("old", pa.string()), ("new", pa.string())]), rows)
