"""Searching: hits of the index, joined to a copy of the warehouse; what the copy does not know is dropped."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import duckdb
import pyarrow as pa
from tantivy import DocAddress, Order, Query, Searcher

from articles.errors import BadInput
from warehouse.home import Home
from warehouse.search.analysis import ANY, code_of
from warehouse.search.fields import AT, EXACT, FIELDS, PLAIN, ROW, STEMMED, unpacked
from warehouse.search.folder import MEND, Mark, open_index, read_mark, told
from warehouse.search.index import copy_mark, ids_at
from warehouse.search.parsing import Node, parse
from warehouse.search.query import DEFAULT, Scope, articles_of, between, leaves, one_of, sources_in
from warehouse.search.rows import HITS, SHOWN, Shown, shown
from warehouse.search.snippets import MARKS

Ranked = Literal["relevance", "newest"]

SOURCES = "SELECT DISTINCT source FROM article_state UNION SELECT source FROM sources ORDER BY ALL"

SPARE = 200
"""Hits asked for beside those wanted, where some may have to be dropped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search."""

    words: str
    """In the query language: docs/search.md."""
    sources: Sequence[str] = ()
    languages: Sequence[str] = ()
    """ISO 639-1."""
    first_day: date | None = None
    """Of publication, included; articles without a day are in no range."""
    last_day: date | None = None
    fields: Sequence[str] = ()
    """Where words are sought that name no field; none for title and text."""
    order: Ranked = "relevance"
    limit: int | None = 20
    """Hits at most; None for all of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives."""

    articles: int
    """How many match; where the index is not of this copy, some of them may not be in it."""
    hits: pa.Table


class Search:
    """An open index beside an open copy; made by `searching`."""

    def __init__(self, home: Home, searcher: Searcher, mark: Mark, connection: duckdb.DuckDBPyConnection) -> None:
        self.home = home
        self.searcher = searcher
        self.mark = mark
        self.connection = connection
        self.of = copy_mark(connection)
        self._sources: list[str] | None = None

    @property
    def is_current(self) -> bool:
        """Whether the index is of this very copy."""
        return (self.mark.born, self.mark.generation) == (self.of.born, self.of.generation)

    def standing(self) -> str | None:
        """What is to be said of an index that is not of this copy, and how that is mended."""
        if self.is_current:
            return None
        if self.mark.born != self.of.born:
            return f"the search index is of another warehouse: hits that this copy does not know are left out. {MEND}"
        behind = self.of.generation - self.mark.generation
        if behind > 0:
            return (
                f"the search index is {behind} transactions behind the published copy: newer articles are not found. "
                "The next run brings it up, or: hemeroteca rebuild --search"
            )
        return (
            f"the search index is {-behind} transactions ahead of this copy: open the copy again, or, "
            "if it is the newest, hemeroteca rebuild --search"
        )

    def find(self, asked: Asked, marks: tuple[str, str] = MARKS) -> Found:
        """The hits that somebody reads: with title, snippet and address."""
        tree, query = self.query(asked)
        show = Shown(list(leaves(tree)), tuple(asked.fields) or DEFAULT, marks)
        with told(self.home):
            total, hits = self.top(query, self.ordered(tree, asked))
            rows = [
                shown(unpacked(self.searcher.doc(place).get_first(ROW) or b""), number, score, show)
                for number, (score, place) in enumerate(hits, start=1)
            ]
        return Found(total, pa.Table.from_pylist(rows, schema=SHOWN))

    def ids(self, asked: Asked) -> Found:
        """The hits that SQL joins: ids and scores alone, of as many as there are."""
        tree, query = self.query(asked)
        with told(self.home):
            total, hits = self.top(query, self.ordered(tree, asked))
            ids = ids_at(self.searcher, [place for _, place in hits])
        return Found(
            total,
            pa.table(
                [
                    pa.array(range(1, len(hits) + 1), pa.int32()),
                    pa.array([article for article, _ in ids], pa.string()),
                    pa.array([version for _, version in ids], pa.string()),
                    pa.array([score for score, _ in hits], pa.float32()),
                ],
                schema=HITS,
            ),
        )

    def query(self, asked: Asked) -> tuple[Node, Query]:
        """What is asked, as a tree and as a query of the index."""
        wrong = [name for name in asked.fields if name not in (*STEMMED, *PLAIN)]
        if wrong:
            raise BadInput(f"words are not sought in {wrong[0]!r}; fields: {', '.join((*STEMMED, *PLAIN))}")
        if asked.first_day and asked.last_day and asked.first_day > asked.last_day:
            raise BadInput(f"the first day, {asked.first_day}, is after the last, {asked.last_day}")
        tree = parse(asked.words, FIELDS)
        self.check_sources([*asked.sources, *sources_in(tree)])
        filters: list[Query] = []
        if asked.sources:
            filters.append(one_of("source", asked.sources))
        if asked.languages:
            filters.append(one_of("language", asked.languages))
        if asked.first_day or asked.last_day:
            filters.append(between(asked.first_day, asked.last_day))
        codes = [code for code in self.mark.codes if not asked.languages or code in map(code_of, asked.languages)]
        with told_of_query():
            # Without an article in the language there is nothing to be found: that is an answer, and no error.
            return tree, articles_of(tree, Scope(tuple(asked.fields) or DEFAULT, codes or [ANY]), filters)

    def check_sources(self, named: Sequence[str]) -> None:
        """Refuse a newspaper that there is not, as `export` does: it is a slip of the pen, and no empty answer."""
        if named:
            if self._sources is None:  # a copy does not change, and to go through a million articles takes a while
                # A cursor of its own: what the caller has begun to read goes on.
                self._sources = [row[0] for row in self.connection.cursor().execute(SOURCES).fetchall()]
            for source in named:
                if source not in self._sources:
                    raise BadInput(f"no source {source!r}; there are: {', '.join(self._sources) or 'none'}")

    @staticmethod
    def ordered(tree: Node, asked: Asked) -> Asked:
        """A search in which no word can make one article better than another gives the newest first."""
        scored = any(leaf.field not in EXACT for leaf in leaves(tree))
        return asked if scored else replace(asked, order="newest")

    def top(self, query: Query, asked: Asked) -> tuple[int, list[tuple[float | None, DocAddress]]]:
        """How many match, and the first of them that the copy knows, each with its score."""
        limit = asked.limit
        if limit is None:
            limit = self.searcher.search(query, limit=1).count  # type: ignore[attr-defined]
        wanted = max(1, limit if self.is_current else limit + SPARE)
        by_date = asked.order == "newest"
        if by_date:
            result = self.searcher.search(query, wanted, order_by_field=AT, order=Order.Desc)
        else:
            result = self.searcher.search(query, wanted)
        hits = [(None if by_date else score, place) for score, place in result.hits]
        known = hits if self.is_current else self.known(hits)
        return result.count, known[:limit]  # type: ignore[attr-defined]

    def known(self, hits: list[tuple[float | None, DocAddress]]) -> list[tuple[float | None, DocAddress]]:
        """Those hits whose version is the current one in the copy."""
        ids = ids_at(self.searcher, [place for _, place in hits])
        asked = pa.table(
            {
                "number": pa.array(range(len(ids)), pa.int64()),
                "article_id": pa.array([article for article, _ in ids], pa.string()),
                "version_id": pa.array([version for _, version in ids], pa.string()),
            }
        )
        cursor = self.connection.cursor()  # of its own: what the caller has begun to read goes on
        cursor.register("asked_hits", asked)
        rows = cursor.execute(
            "SELECT number FROM asked_hits SEMI JOIN article_state USING (article_id, version_id) ORDER BY number"
        ).fetchall()
        cursor.unregister("asked_hits")
        return [hits[number] for (number,) in rows]


@contextmanager
def told_of_query() -> Iterator[None]:
    """Say that it is the query which the index cannot take."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise BadInput(f"the index cannot answer this: {error}") from error


@contextmanager
def searching(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Search]:
    """Open the index beside an open copy; `Damaged` names the remedy where there is none or it cannot be read."""
    with told(home):
        searcher = open_index(home).searcher()
        mark = read_mark(searcher)
    yield Search(home, searcher, mark, connection)


def add_hits(home: Home, connection: duckdb.DuckDBPyConnection, asked: Asked, name: str = "hits") -> str | None:
    """Give an open copy a table of all hits to join with; what is to be said of the index, None where all is well.

    Its columns are `place`, `article_id`, `version_id` and `score`.
    """
    with searching(home, connection) as search:
        connection.register(name, search.ids(asked).hits)
        return search.standing()
