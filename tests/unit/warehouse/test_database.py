"""What DuckDB keeps in memory of what it has read."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.database import CACHED, IN_USE, give_back, open_for_writing

ROWS = 100_000


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file of some 50 MB, closed and opened again."""
    path = tmp_path / "warehouse.duckdb"
    with open_for_writing(path) as connection:
        connection.execute(
            f"""CREATE TABLE told AS SELECT n, list_reduce(
                list_transform(range(30), lambda i: md5((n * 31 + i)::VARCHAR)), lambda a, b: a || b) AS words
            FROM range({ROWS}) t(n)"""
        )
        connection.execute("CHECKPOINT")
    with open_for_writing(path) as connection:
        yield connection


def held(connection: duckdb.DuckDBPyConnection) -> int:
    """The bytes of blocks that were read and are kept."""
    query = "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'"
    return connection.cursor().execute(query).fetchall()[0][0]  # type: ignore[no-any-return]


def limit(connection: duckdb.DuckDBPyConnection) -> str:
    return connection.cursor().execute("SELECT current_setting('memory_limit')").fetchall()[0][0]  # type: ignore[no-any-return]


def test_what_was_read_is_given_back_and_no_limit_stays(filled: duckdb.DuckDBPyConnection) -> None:
    before = limit(filled)
    (total,) = filled.execute("SELECT sum(length(words)) FROM told").fetchall()[0]
    assert held(filled) > CACHED
    for _ in range(3):
        give_back(filled)
        assert held(filled) <= IN_USE
        assert filled.execute("SELECT sum(length(words)) FROM told").fetchall() == [(total,)]
    assert limit(filled) == before
    assert filled.execute("SELECT sum(length(words)) FROM told").fetchall() == [(total,)]


def test_an_answer_that_is_still_coming_comes_whole(filled: duckdb.DuckDBPyConnection) -> None:
    filled.execute("SET threads = 1")
    reader = filled.execute("SELECT n, words FROM told").to_arrow_reader(1_000)
    most = rows = 0
    for batch in reader:
        rows += batch.num_rows
        give_back(filled)
        most = max(most, held(filled))
    assert rows == ROWS
    assert most < 2 * CACHED


def test_within_a_transaction_nothing_of_it_is_lost(filled: duckdb.DuckDBPyConnection) -> None:
    filled.begin()
    filled.execute("CREATE TEMP TABLE kept AS SELECT n FROM told WHERE length(words) > 0")
    filled.execute("INSERT INTO told SELECT n + 1000000, words FROM told WHERE n < 10")
    give_back(filled)
    filled.commit()
    assert filled.execute("SELECT count(*) FROM told").fetchall() == [(ROWS + 10,)]
    assert filled.execute("SELECT count(*) FROM kept").fetchall() == [(ROWS,)]
