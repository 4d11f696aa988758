"""Making the search index of the published copy, and bringing it up with what has changed.

It follows the copy that readers have, not the writer's database: so nobody waits for it, and no hit is ahead of what
can be asked. One writer, under a lock of its own; a commit carries the articles and the mark that says what they are.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa
from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

from articles.errors import Damaged, Never
from warehouse.database import give_back
from warehouse.home import Home
from warehouse.locks import STORE_WAIT_SECONDS, search_lock
from warehouse.reader import open_published
from warehouse.search.analysis import code_of
from warehouse.search.fields import (
    DIGEST,
    IDS,
    KEY,
    MARK,
    Indexed,
    digest,
    document,
    mark_document,
    schema,
    shown,
    whole,
)
from warehouse.search.folder import (
    Mark,
    current,
    mark_row,
    new_folder,
    new_index,
    open_index,
    read_mark,
    set_current,
    sweep,
    told,
)
from warehouse.search.query import everything
from warehouse.store import SCHEMA_VERSION, sql

BATCH = 250
SELDOM = 8
"""Batches after which the memory of what was read is given back."""

BUILD_HEAP, UPDATE_HEAP = 96_000_000, 64_000_000
"""Bytes that tantivy gathers before it writes a segment."""
BUILD_THREADS = max(1, min(4, os.cpu_count() or 1))

ONE_AT_A_TIME = ("SET threads = 1", "SET streaming_buffer_size = '100KB'")
"""For reading texts: DuckDB counts one of any length as 16 bytes of its buffer, and would have dozens of blocks of
them ready for each thread. Indexing takes longer than reading, and no thread reads on while memory is given back."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done to the index."""

    articles: int = 0
    """Written: new ones and changed ones."""
    removed: int = 0
    built: bool = False
    """Whether it was made anew."""


def bring_up(home: Home, wait: float = STORE_WAIT_SECONDS) -> Brought:
    """Bring the index to the state of the published copy; one that is missing or follows another warehouse is made."""
    with search_lock(home.locks, wait), open_published(home) as connection:
        made_of = copy_mark(connection)
        if (kept := current(home)) is None:
            return build(home, connection, made_of)
        sweep(home, kept)  # one that was being made when its maker was killed
        with told(home):
            index = open_index(home)
            held = read_mark(index.searcher())
            if not follows(held, made_of, connection):
                return build(home, connection, made_of)
            if (held.generation, held.load_id) == (made_of.generation, made_of.load_id):
                return Brought()
            done = update(index, connection, held, made_of)
        return build(home, connection, made_of) if done is None else done


def rebuild_search(home: Home, wait: float = STORE_WAIT_SECONDS) -> Brought:
    """Make the index anew from the published copy, whatever is there."""
    with search_lock(home.locks, wait), open_published(home) as connection:
        return build(home, connection, copy_mark(connection))


def copy_mark(connection: duckdb.DuckDBPyConnection) -> Mark:
    """What an index made of an open copy would say."""
    row = connection.execute(sql("search/made_of.sql")).fetchone()
    if row is None:
        raise Damaged("the published copy does not say what it is; publish anew with: hemeroteca rebuild")
    if row[3] != SCHEMA_VERSION:
        raise Never(
            f"the published copy has schema {row[3]}, where this version has {SCHEMA_VERSION}: "
            "publish anew with any run, hemeroteca ingest for example"
        )
    return Mark(int(row[0]), int(row[1]), str(row[2]))


def follows(held: Mark, made_of: Mark, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the copy is a later state of what the index was made of: not another warehouse, not a restored one."""
    known = connection.execute("SELECT count(*) FROM loads WHERE load_id = ?", [held.load_id]).fetchone()
    return held.born == made_of.born and held.generation <= made_of.generation and known is not None and known[0] > 0


def build(home: Home, connection: duckdb.DuckDBPyConnection, made_of: Mark) -> Brought:
    """Make the index beside the old one, then let it take its place."""
    home.search.mkdir(exist_ok=True)
    sweep(home, safe_current(home))
    folder = new_folder(home)
    with told(home):
        writer = new_index(folder).writer(BUILD_HEAP, BUILD_THREADS)
        codes: set[str] = set()
        articles = 0
        for batch in documents(connection, None):
            for row in batch:
                writer.add_document(document(row))
                codes.add(code_of(row.language))
            articles += len(batch)
        commit(writer, replace(made_of, codes=tuple(sorted(codes))))
        writer.wait_merging_threads()
        set_current(home, folder)
    return Brought(articles, built=True)


def safe_current(home: Home) -> Path | None:
    """The index that counts, None where what names it is damaged too."""
    try:
        return current(home)
    except Damaged:
        return None


def update(index: Index, connection: duckdb.DuckDBPyConnection, held: Mark, made_of: Mark) -> Brought | None:
    """Write what has changed since the mark; None where the index turns out to lack what it should have."""
    searcher = index.searcher()
    writer = index.writer(UPDATE_HEAP, 1)
    codes = set(held.codes)
    written = new = 0
    for batch in documents(connection, held.generation):
        known = digests(searcher, [row.article_id for row in batch])
        for row in batch:
            before = known.get(row.article_id)
            if before == digest(shown(row)):
                continue
            writer.delete_documents_by_term(KEY, row.article_id)
            writer.add_document(document(row))
            codes.add(code_of(row.language))
            written += 1
            new += before is None
    removed = remove_gone(searcher, writer, connection, new)
    if removed is None:
        return None
    writer.delete_documents_by_term(KEY, MARK)
    commit(writer, replace(made_of, codes=tuple(sorted(codes))))
    writer.wait_merging_threads()
    return Brought(written, removed)


def commit(writer: IndexWriter, mark: Mark) -> None:
    """Make all that was written count, in one stroke, with what it is made of."""
    writer.add_document(mark_document(mark_row(mark)))
    writer.commit()


def documents(connection: duckdb.DuckDBPyConnection, since: int | None) -> Iterator[list[Indexed]]:
    """The articles of an open copy that changed after a generation, in batches."""
    for setting in ONE_AT_A_TIME:
        connection.execute(setting)
    reader = connection.execute(sql("search/documents.sql"), {"since": since}).to_arrow_reader(BATCH)
    for number, batch in enumerate(reader):
        if number % SELDOM == 0:
            give_back(connection)
        yield [Indexed(**row) for row in batch.to_pylist()]


def digests(searcher: Searcher, keys: Sequence[str]) -> dict[str, int]:
    """What is held of articles, by id."""
    if not keys:
        return {}
    hits = searcher.search(Query.term_set_query(schema(), KEY, list(keys)), limit=len(keys) + 1, count=False).hits
    places = [place for _, place in hits]
    return {
        article: int(str(held))
        for (article, _), held in zip(ids_at(searcher, places), searcher.fast_field_values(DIGEST, places), strict=True)
    }


def ids_at(searcher: Searcher, places: list[DocAddress]) -> list[tuple[str, str]]:
    """The ids of articles and of their versions."""
    columns = [searcher.fast_field_values(name, places) for name in IDS]
    return [
        (whole(int(str(a)), int(str(b))), whole(int(str(c)), int(str(d)))) for a, b, c, d in zip(*columns, strict=True)
    ]


def everything_in(searcher: Searcher) -> list[tuple[str, str]]:
    """The ids of all articles in an index, and of the versions that it has of them."""
    hits = searcher.search(everything(), limit=max(1, searcher.num_docs), count=False).hits
    return ids_at(searcher, [place for _, place in hits])


def remove_gone(searcher: Searcher, writer: IndexWriter, connection: duckdb.DuckDBPyConnection, new: int) -> int | None:
    """Remove articles that the copy has no longer; None where the index lacks some that it should have.

    A row that is gone has left no trace in the copy. Counts tell that there is one; only then all ids are compared.
    """
    ((expected,),) = connection.execute("SELECT count(*) FROM article_state").fetchall()
    held = searcher.num_docs - 1
    if held + new == expected:
        return 0
    ids = pa.table({"article_id": pa.array([article for article, _ in everything_in(searcher)], pa.string())})
    connection.register("held", ids)
    gone = connection.execute(
        "SELECT article_id FROM held WHERE article_id NOT IN (SELECT article_id FROM article_state)"
    ).fetchall()
    connection.unregister("held")
    for (article,) in gone:
        writer.delete_documents_by_term(KEY, article)
    return len(gone) if held + new - len(gone) == expected else None
