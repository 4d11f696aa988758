"""What changed from each version of an article to the next: compared within the load that shows them side by side."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from articles.revisions import Version, change
from warehouse.store import Stamp, Store, sql, table

AT_ONCE = 200
"""Pairs whose texts are in memory together."""

Pair = tuple[str, str, str]
"""An article, the version before and the version after."""

COLUMNS = pa.schema([
    ("article_id", pa.string()),
    ("from_version_id", pa.string()),
    ("version_id", pa.string()),
    ("kind", pa.string()),
    ("changed", pa.list_(pa.string())),
    ("chars_added", pa.int64()),
    ("chars_removed", pa.int64()),
])  # fmt: skip


def compare_versions(store: Store, stamp: Stamp) -> None:
    """Bring `version_changes` up to what captures say of the articles that a load touched, in its transaction."""
    store.apply("load/changes.sql", {}, stamp)
    found = store.rows("SELECT article_id, from_version_id, version_id FROM uncompared ORDER BY ALL")
    pairs = [(str(article), str(before), str(after)) for article, before, after in found]
    for start in range(0, len(pairs), AT_ONCE):
        rows = compared(store, pairs[start : start + AT_ONCE])
        store.apply("load/changed.sql", {"new_changes": table(COLUMNS, rows)}, stamp)


def compared(store: Store, pairs: Sequence[Pair]) -> list[dict[str, object]]:
    """The rows of `version_changes` for pairs of versions."""
    versions = held(store, sorted({version for _, *both in pairs for version in both}))
    rows: list[dict[str, object]] = []
    for article, before, after in pairs:
        found = change(versions[before], versions[after])
        rows.append({
            "article_id": article,
            "from_version_id": before,
            "version_id": after,
            "kind": found.kind,
            "changed": list(found.changed),
            "chars_added": found.chars_added,
            "chars_removed": found.chars_removed,
        })  # fmt: skip
    return rows


def held(store: Store, version_ids: Sequence[str]) -> dict[str, Version]:
    """The content of versions that the warehouse holds."""
    return {str(key): version(content) for key, *content in store.rows_of(sql("load/compared.sql"), version_ids)}


def version(row: Sequence[Any]) -> Version:
    """A version from a row of `load/compared.sql` or `version.sql`."""
    title, description, text, authors, photos, updates = row
    return Version(title, description, text, tuple(authors), tuple((photo[0], photo[1]) for photo in photos), updates)
