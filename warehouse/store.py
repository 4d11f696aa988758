"""The warehouse: one DuckDB file, one writer, one transaction a batch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import duckdb
import pyarrow as pa

from articles.errors import Damaged, Never
from warehouse.database import MERGED, REBUILD, close_written, give_back, half_made, in_our_words, open_for_writing
from warehouse.home import Home
from warehouse.locks import STORE_WAIT_SECONDS, store_lock
from warehouse.mark import Mark, read_mark, write_mark

# Arrow's own pool keeps what a batch once needed, 30 MB of an import's 400; the system's gives it back.
pa.set_memory_pool(pa.system_memory_pool())


def sql(name: str) -> str:
    """The text of a file of this package."""
    return files("warehouse").joinpath(name).read_text("utf-8")


def numbered(folder: str, ending: str = ".sql") -> list[str]:
    """The files of a folder of this package with that ending, in order."""
    return sorted(
        f"{folder}/{file.name}" for file in files("warehouse").joinpath(folder).iterdir() if file.name.endswith(ending)
    )


MIGRATIONS = numbered("schema")
SCHEMA_VERSION = len(MIGRATIONS)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row written carries."""

    load_id: str
    indexed_at: datetime


class Store:
    """An open warehouse; made by `opened`, which holds the lock."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, home: Home) -> None:
        self.connection = connection
        self.home = home
        self._closed = False

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All or nothing; each makes a new generation, and the mark says so once it is committed."""
        self.connection.begin()
        try:
            yield self.connection
            self.connection.execute("UPDATE generation SET number = number + 1")
        except BaseException:
            with suppress(duckdb.Error):  # a connection that is broken has rolled back already
                self.connection.rollback()
            raise
        self.connection.commit()
        write_mark(self.home, Mark(generation(self.connection)))
        give_back(self.connection)

    def merge_seldom(self, number: int) -> None:
        """Leave small groups of rows as they are; of transactions in a row, counted from 1, each `MERGED`th merges."""
        if number % MERGED:
            self.connection.execute("SET max_vacuum_tasks = 0")

    def close(self) -> None:
        """Let the file go before the lock, whole: nothing is in its log any more."""
        if not self._closed:
            self._closed = True
            close_written(self.connection, self.home.warehouse)

    def apply(self, statements: str, tables: dict[str, pa.Table], stamp: Stamp, **more: object) -> None:
        """Run a `.sql` file of this package over staged rows; `$load_id`, `$indexed_at` and `more` are bound."""
        for name, table in tables.items():
            self.connection.register(name, table)
        bound = {"load_id": stamp.load_id, "indexed_at": stamp.indexed_at, **more}
        try:
            for statement in self.connection.extract_statements(sql(statements)):
                used = {name: bound[name] for name in statement.named_parameters}
                self.connection.execute(statement, used or None)
        finally:
            for name in tables:
                self.connection.unregister(name)

    def rows(self, query: str, *bound: object, **named: object) -> list[tuple[object, ...]]:
        """The answer to a query, with its parameters bound by place or by name."""
        return self.connection.execute(query, named or list(bound)).fetchall()

    def rows_of(self, query: str, keys: Sequence[str], **named: object) -> list[tuple[object, ...]]:
        """The answer to a query about `asked`, a table of one column `key`; for a bound list DuckDB looks for pandas.

        On lists of a hundred keys that search takes longer than the query, again for each key.
        """
        self.connection.register("asked", pa.table({"key": pa.array(keys, pa.string())}))
        try:
            return self.rows(query, **named)
        finally:
            self.connection.unregister("asked")

    def content_hash(self) -> str:
        """The warehouse hash, as `content_hash.sql` defines it."""
        return content_hash(self.connection)

    def broken_checks(self) -> list[tuple[str, str]]:
        """What `checks.sql` finds: (check, key) pairs, none in a sound warehouse."""
        found: list[tuple[str, str]] = []
        for statement in self.connection.extract_statements(sql("checks.sql")):
            found += self.connection.execute(statement).fetchall()
        return found


@contextmanager
def opened(home: Home, wait: float = STORE_WAIT_SECONDS) -> Iterator[Store]:
    """Open the warehouse as its one writer, making or migrating it first.

    Raises `Damaged` where it is missing, older than its mark, or cannot be read, and `DiskFull`.
    """
    with store_lock(home.locks, wait):
        try:
            connection = connect(home)
            try:
                migrated = migrate(connection)
                refuse_older(connection, home)
                if migrated and read_mark(home) is not None:  # its checksum is of the file as it was
                    write_mark(home, Mark(generation(connection)))
                store = Store(connection, home)
                yield store
                store.close()
            finally:
                connection.close()
        except duckdb.Error as error:
            told = in_our_words(error, home)
            if told is None:
                raise
            raise told from error


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """Open the file for writing, with times in UTC; one that has been there before is not made anew."""
    begun = read_mark(home) is not None
    if begun and not home.warehouse.exists():
        raise Damaged(f"{home.warehouse} is missing. {REBUILD}")
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        return open_for_writing(home.warehouse)
    except duckdb.IOException:
        if begun or not half_made(home.warehouse):
            raise
        home.warehouse.unlink(missing_ok=True)
        return open_for_writing(home.warehouse)


def refuse_older(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Refuse a file that lacks what was committed: DuckDB opens one without its log, or an old copy, as it is."""
    mark, held = read_mark(home), generation(connection)
    if mark is not None and held < mark.generation:
        raise Damaged(
            f"{home.warehouse} is older than its mark: {held} transactions, where {mark.generation} were committed. "
            f"{REBUILD}"
        )


def generation(connection: duckdb.DuckDBPyConnection) -> int:
    """How many transactions an open warehouse has seen."""
    row = connection.execute("SELECT number FROM generation").fetchone()
    return int(row[0]) if row else 0


def migrate(connection: duckdb.DuckDBPyConnection) -> bool:
    """Bring the tables to this version's schema and make its views; whether they were older. A newer one is refused."""
    held = held_version(connection)
    if held > SCHEMA_VERSION:
        raise Never(f"the warehouse has schema {held}, newer than this version's {SCHEMA_VERSION}: update hemeroteca")
    if held == SCHEMA_VERSION:
        return False
    connection.begin()
    for version, name in enumerate(MIGRATIONS[held:], start=held + 1):
        connection.execute(sql(name))
        connection.execute("INSERT INTO schema_versions VALUES (?, now())", [version])
    for name in numbered("views"):
        connection.execute(sql(name))
    connection.execute("DELETE FROM described")
    connection.commit()
    return True


def held_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The schema version of an open warehouse; 0 for an empty file."""
    tables = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_versions'").fetchone()
    if tables is None or tables[0] == 0:
        return 0
    row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_versions").fetchone()
    return int(row[0]) if row else 0


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """The warehouse hash of an open warehouse or published copy."""
    ((digest,),) = connection.execute(sql("content_hash.sql")).fetchall()
    return str(digest)


def table(schema: pa.Schema, rows: Sequence[dict[str, object]]) -> pa.Table:
    """Rows as an Arrow table that DuckDB scans without a copy."""
    return pa.Table.from_pylist(list(rows), schema=schema)
