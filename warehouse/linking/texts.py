"""The texts that are compared, as the warehouse has them."""

from collections.abc import Mapping

from warehouse.database import give_back
from warehouse.store import Store, sql

KEPT = 2_000
"""Texts in memory."""


class Texts:
    """Texts of the warehouse and the hashes of their words, by id; the latest asked for are in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, str] = {}
        self.hashes: dict[str, str] = {}
        """Of their words, of all that were ever read."""

    def fetch(self, keys: set[str]) -> Mapping[str, str]:
        """Texts by id, those among these that there are; too many in memory are let go of first."""
        if len(self._texts) > KEPT:
            self._texts = {key: text for key, text in self._texts.items() if key in keys}
        wanted = sorted(keys - self._texts.keys())
        if wanted:
            for key, words, text in self._store.rows_of(sql("linking/texts.sql"), wanted):
                self._texts[str(key)], self.hashes[str(key)] = str(text), str(words)
            give_back(self._store.connection)
        return self._texts
