"""The file of shingles beside the warehouse: which texts hold which, by day. Derived, and never published."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from secrets import token_hex

import duckdb
import pyarrow as pa

from articles import shingles, similarity
from warehouse.database import BROKEN, OFFLINE, STORAGE_VERSION, quoted
from warehouse.home import Home
from warehouse.linking.clusters import remake_clusters
from warehouse.linking.comparing import BESIDE, Candidates
from warehouse.publish import log_of
from warehouse.store import Stamp, Store, sql

FILE = "shingles.duckdb"
METHOD = f"{similarity.METHOD} {shingles.METHOD}"
"""What pairs were found by: all are found anew when it changes."""

MANY, COMMON = 100, 2_000
"""Texts of a window with one shingle that all meet each other, and that meet at all: at 1,000 articles a day one in
thirty of them."""

WINDOW = timedelta(days=30)
"""Between two texts that are compared."""

THROUGH = """SELECT token FROM shingles.about
    UNION ALL SELECT max(hash(t)) FROM shingles.texts t UNION ALL SELECT max(hash(p)) FROM shingles.postings p"""
"""Reads every block."""

NEW_SHINGLES = pa.schema([("shingle", pa.int64()), ("text_key", pa.int64()), ("day", pa.date32())])
NEW_TEXTS = pa.schema([("text_id", pa.string()), ("text_key", pa.int64()), ("day", pa.date32())])


@contextmanager
def attached(store: Store, stamp: Stamp) -> Iterator[None]:
    """Open the file as `shingles`, within a store that is open; one that is missing, older or damaged is made anew.

    DuckDB writes to one file in a transaction. What is compared is therefore kept in three steps, each of which can be
    done again: pairs and clusters in the warehouse, shingles in this file, then the queue in the warehouse is cleared.
    """
    path = store.home.workshop / FILE
    try:
        attach(store, path)
        current = is_current(store)
    except duckdb.Error:  # another program's file, or a damaged one
        current = False
    try:
        if not current:
            detach(store)
            remove(path)
            attach(store, path)
            begin_anew(store, stamp)
        yield
    finally:
        detach(store)


def remove(path: Path) -> None:
    """Remove the file, and its log."""
    path.unlink(missing_ok=True)
    log_of(path).unlink(missing_ok=True)


def attach(store: Store, path: Path) -> None:
    """Attach the file; DuckDB makes one that is not there."""
    store.connection.execute(f"ATTACH {quoted(str(path))} AS shingles (STORAGE_VERSION '{STORAGE_VERSION}')")


def detach(store: Store) -> None:
    """Let the file go, where it is attached."""
    store.connection.execute("DETACH DATABASE IF EXISTS shingles")


def is_current(store: Store) -> bool:
    """Whether the attached file is the one that the warehouse's last link wrote, or the start of the next."""
    ((made,),) = store.rows("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'shingles'")
    if not made:
        return False
    about = store.rows("SELECT token, method FROM shingles.about")
    ((rows,),) = store.rows("SELECT count(*) FROM shingles.texts")
    ((expected, least),) = store.rows("SELECT token, rows FROM link_state")
    return about == [(expected, METHOD)] and int(str(rows)) >= int(str(least))


def begin_anew(store: Store, stamp: Stamp) -> None:
    """Make the file's tables, and have every text compared once more."""
    token = token_hex(8)
    with in_the_file(store):
        store.connection.execute(sql("linking/shingles.sql"))
        store.connection.execute("INSERT INTO shingles.about VALUES (?, ?)", [token, METHOD])
    ((others,),) = store.rows("SELECT count(*) FROM text_copies WHERE method <> ?", METHOD)
    with store.transaction():
        if others:
            store.apply("linking/forget.sql", {}, stamp)
            remake_clusters(store, stamp)
        store.apply("linking/anew.sql", {}, stamp, token=token)


def new_rows(texts: Sequence[tuple[str, date, Sequence[int]]]) -> tuple[pa.Table, pa.Table]:
    """Texts with their day and shingles as rows of both tables."""
    keys = [signed(int(text_id[:16], 16)) for text_id, _, _ in texts]
    days = [day for _, day, _ in texts]
    ids = [text_id for text_id, _, _ in texts]
    rows = pa.table({"text_id": ids, "text_key": keys, "day": days}, schema=NEW_TEXTS)
    # By columns, and each text's key and day repeated by number: a row of its own for each posting would take 15 MB.
    lengths = [len(found) for _, _, found in texts]
    numbers = pa.array([number for number, length in enumerate(lengths) for _ in range(length)], pa.int32())
    shingles = pa.array([signed(shingle) for _, _, found in texts for shingle in found], pa.int64())
    postings = [shingles, rows.column("text_key").take(numbers), rows.column("day").take(numbers)]
    return rows, pa.table(postings, schema=NEW_SHINGLES)


def signed(value: int) -> int:
    """64 bits as a signed number: a filter that DuckDB hands to Arrow takes no larger one."""
    return value - 2**64 if value >= 2**63 else value


def candidates(store: Store, new_texts: pa.Table, new_shingles: pa.Table) -> list[Candidates]:
    """Pairs of texts that are worth a comparison, of which one at least is new, each once."""
    days = new_texts.column("day").to_pylist()
    window = {"first": min(days) - WINDOW, "last": max(days) + WINDOW}
    with registered(store, new_texts=new_texts, new_shingles=new_shingles):
        return store.rows(sql("linking/candidates.sql"), **window, many=MANY, common=COMMON, beside=BESIDE)  # type: ignore[return-value]


def keep(store: Store, new_texts: pa.Table, new_shingles: pa.Table) -> None:
    """Write the rows of new texts to the file, in a transaction of its own."""
    with registered(store, new_texts=new_texts, new_shingles=new_shingles), in_the_file(store):
        store.connection.execute("INSERT INTO shingles.texts BY NAME FROM new_texts")
        store.connection.execute("INSERT INTO shingles.postings BY NAME FROM new_shingles")


@contextmanager
def in_the_file(store: Store) -> Iterator[None]:
    """A transaction in the file alone."""
    store.connection.begin()
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # a connection that is broken has rolled back already
            store.connection.rollback()
        raise
    store.connection.commit()


def removed_as_damaged(home: Home) -> bool:
    """Whether the file cannot be read through, in which case it is removed; to open it reads few of its blocks."""
    path = home.workshop / FILE
    try:
        with duckdb.connect(config=OFFLINE) as connection:
            connection.execute(f"ATTACH {quoted(str(path))} AS shingles (READ_ONLY)")
            connection.execute(THROUGH).fetchall()
    except BROKEN:
        remove(path)
        return True
    except duckdb.Error:  # it may be another's now, or memory be short: that is nothing of the file's
        return False
    return False


@contextmanager
def registered(store: Store, **tables: pa.Table) -> Iterator[None]:
    """Tables that a query sees under their names."""
    for name, rows in tables.items():
        store.connection.register(name, rows)
    try:
        yield
    finally:
        for name in tables:
            store.connection.unregister(name)
