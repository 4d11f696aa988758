import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import BadInput
from flows.answers import BLOCK, ask, distinct, say_csv, say_rows, write_parquet

ENDLESS = "SELECT range AS i, 'x' || range AS s FROM range(1_000_000_000_000)"
LATE_ERROR = (
    "SELECT CASE WHEN range = 3_000_000 THEN error('too far') ELSE range::VARCHAR END AS a FROM range(9_000_000)"
)
KINDS = """
    SELECT 1 AS a, 2 AS a, ['dpa', 'AP'] AS l, {'x': 'nan'::DOUBLE} AS s, MAP {DATE '2026-11-20': 1} AS m,
        TIMESTAMPTZ '2026-11-20 12:00:00+00' AS t, NULL AS n, e'\\x1b[2J' AS e, true AS b
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def test_rows_come_as_they_are_asked_for(connection: duckdb.DuckDBPyConnection) -> None:
    """All of them would take hours, and more than any memory."""
    answer = ask(connection, ENDLESS)
    first, second = next(answer.blocks), next(answer.blocks)
    assert answer.head == ["i", "s"]
    assert (len(first), first[0], second[0]) == (BLOCK, (0, "x0"), (BLOCK, f"x{BLOCK}"))


def test_a_fault_at_the_start_and_one_amid_the_rows_are_told_alike(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadInput, match=r"syntax error at or near .x"):
        ask(connection, "SELECT * FRM x")
    with pytest.raises(BadInput, match=r"too far|lost the reason"):  # a race of DuckDB's own: see `told_of_query`
        for _ in ask(connection, LATE_ERROR).blocks:
            pass
    with pytest.raises(BadInput, match="no query"):
        ask(connection, "-- nothing but a comment")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("FROM hits", "hits needs --search WORDS"),
        ("SELECT count(*) FROM Hits JOIN x USING (a)", "hits needs --search WORDS"),
        ("FROM article", ".tables lists what there is"),
    ],
)
def test_a_table_that_is_missing_is_told_with_what_helps(
    query: str, words: str, connection: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(BadInput, match=f"(?s)does not exist.*{words}$"):
        ask(connection, query)


def test_a_function_that_is_missing_is_no_table(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadInput) as told:
        ask(connection, "SELECT no_such_thing(1)")
    assert ".tables" not in str(told.value)


def test_json_is_one_list_that_any_program_reads(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say_rows(ask(connection, KINDS)) == 1
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert json.loads(said) == [
        {
            "a": 1,
            "a_1": 2,
            "l": ["dpa", "AP"],
            "s": {"x": None},
            "m": {"2026-11-20": 1},
            "t": "2026-11-20T12:00:00+00:00",
            "n": None,
            "e": "\x1b[2J",
            "b": True,
        }
    ]


@pytest.mark.parametrize("number", [0, 1, 2, BLOCK, BLOCK + 1])
def test_json_of_any_number_of_rows(
    number: int, connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say_rows(ask(connection, f"SELECT range AS i FROM range({number})")) == number
    assert json.loads(capsys.readouterr().out) == [{"i": i} for i in range(number)]


def test_csv_has_what_is_nested_as_json(
    connection: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say_csv(ask(connection, KINDS)) == 1
    head, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert head == ["a", "a", "l", "s", "m", "t", "n", "e", "b"]
    assert row == [
        "1",
        "2",
        '["dpa", "AP"]',
        '{"x": null}',
        '{"2026-11-20": 1}',
        "2026-11-20T12:00:00+00:00",
        "",
        "\x1b[2J",
        "true",
    ]


@given(st.lists(st.sampled_from(["a", "a_1", "a_2", "b", ""]), max_size=8))
def test_names_are_distinct_and_the_first_of_each_stays(names: list[str]) -> None:
    found = distinct(names)
    assert len(set(found)) == len(found) == len(names)
    assert {name for name in names if found[names.index(name)] == name} == set(names)


def test_parquet_is_written_by_batches(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    assert write_parquet(connection, "SELECT range AS i, [range] AS l, 1 AS i FROM range(50_000)", path) == 50_000
    file = pq.ParquetFile(path)
    assert file.metadata.num_row_groups == 5
    assert file.schema_arrow.names == ["i", "l", "i_1"]
    assert file.read()["l"][49_999].as_py() == [49_999]
    assert write_parquet(connection, "SELECT 'none' AS a WHERE false", path) == 0
    assert pq.read_table(path).to_pylist() == []


@pytest.mark.parametrize("query", [LATE_ERROR, "SELECT 1 AS a, INTERVAL 1 DAY AS delay", "SELECT * FRM x"])
def test_a_query_that_fails_leaves_the_file_of_before(
    query: str, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "rows.parquet"
    write_parquet(connection, "SELECT 1 AS a", path)
    with pytest.raises(BadInput, match=r"too far|epoch\(delay\)|syntax error"):
        write_parquet(connection, query, path)
    assert pq.read_table(path).to_pylist() == [{"a": 1}]
    assert [found.name for found in tmp_path.iterdir()] == ["rows.parquet"]


@pytest.mark.parametrize("name", ["hemeroteca.duckdb", "rows.csv", "no/such/folder/rows.parquet"])
def test_a_name_that_is_none_for_parquet_is_refused(
    name: str, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=r"\.parquet|no folder"):
        write_parquet(connection, "SELECT 1 AS a", tmp_path / name)
