from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import duckdb
import pytest

from articles.errors import Again, Damaged, Never
from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import STAMP, load
from warehouse.database import MERGED, ROW_GROUP, in_our_words, open_for_writing
from warehouse.diagnosis import warehouse_faults
from warehouse.home import Home
from warehouse.mark import Mark, checksum_of, read_mark, write_mark
from warehouse.publish import log_of, publish
from warehouse.search.condition import search_faults
from warehouse.search.index import bring_up
from warehouse.store import MIGRATIONS, SCHEMA_VERSION, content_hash, held_version, opened, sql


def test_a_new_warehouse_has_the_schema_and_sound_checks(home: Home) -> None:
    with opened(home) as store:
        assert held_version(store.connection) == SCHEMA_VERSION
        assert store.broken_checks() == []


def test_a_newer_warehouse_is_refused(home: Home) -> None:
    with opened(home) as store:
        store.connection.execute("INSERT INTO schema_versions VALUES (?, now())", [SCHEMA_VERSION + 1])
    with pytest.raises(Never, match="update hemeroteca"), opened(home):
        pass


@contextmanager
def older_warehouse(home: Home, version: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file of a home as an earlier schema made it."""
    home.warehouse.unlink()
    with duckdb.connect(str(home.warehouse)) as older:
        older.execute("".join(sql(name) for name in MIGRATIONS[:version]))
        older.execute("INSERT INTO schema_versions SELECT unnest(range(1, ?)), now()", [version + 1])
        yield older


def test_an_older_warehouse_gets_the_views_of_now(home: Home) -> None:
    with older_warehouse(home, 11) as older:
        older.execute(
            "INSERT INTO sources BY NAME SELECT 'tagblatt' AS source, 'de ' AS country, ['north'] AS collections"
        )
        older.execute("CREATE VIEW source_health AS SELECT source FROM sources")
    with opened(home) as store:
        assert held_version(store.connection) == SCHEMA_VERSION
        assert store.rows("SELECT country, collections FROM source_health") == [("DE", ["north"])]


def test_what_is_no_database_is_named(home: Home) -> None:
    home.warehouse.write_bytes(b"not a database" * 1000)
    with pytest.raises(Damaged, match=r"warehouse\.duckdb"), opened(home):
        pass


def test_rows_stand_in_small_groups_and_what_does_not_fit_beside_the_file(home: Home) -> None:
    """Whatever the file's groups were before: it is opened so each time."""
    for _ in range(2):
        with opened(home) as store:
            store.connection.execute("INSERT INTO marks SELECT 'm', range, 'l', now() FROM range(30_000)")
            store.connection.execute("CHECKPOINT")
            ((largest,),) = store.rows("SELECT max(count) FROM pragma_storage_info('marks')")
            assert largest == ROW_GROUP
            assert store.rows("SELECT current_setting('temp_directory')") == [(f"{home.warehouse}.tmp",)]


def test_of_transactions_in_a_row_one_merges_small_groups(home: Home) -> None:
    def groups(number: int) -> object:
        with opened(home) as store:
            store.merge_seldom(number)
            store.connection.execute("INSERT INTO marks SELECT 'm', range, 'l', now() FROM range(3_000)")
        with opened(home) as store:
            return store.rows("SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('marks')")[0][0]

    assert [groups(1), groups(2), groups(MERGED)] == [1, 2, 1]


@pytest.mark.parametrize("length", [1_000, 60_000])
def test_texts_that_little_memory_does_not_hold_are_merged_with_more(
    home: Home, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short ones are merged in it; for the long ones DuckDB gives up the file, and has it again from its log."""
    again: list[Path] = []

    def opened_again(path: Path) -> duckdb.DuckDBPyConnection:
        again.append(path)
        return open_for_writing(path)

    monkeypatch.setattr("warehouse.database.open_for_writing", opened_again)
    rng = Random(1)
    words = ["".join(rng.choices("abcdefgh", k=7)) for _ in range(20_000)]
    for _ in range(3):
        with opened(home) as store, store.transaction() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS texts (text VARCHAR USING COMPRESSION 'zstd')")
            text = " ".join(rng.choices(words, k=length // 8))
            connection.execute("INSERT INTO texts SELECT range || $text FROM range(500)", {"text": text})
        assert not log_of(home.warehouse).exists()
    assert bool(again) == (length == 60_000)
    with opened(home) as store:
        assert store.rows("SELECT count(*) FROM texts") == [(1_500,)]


def test_a_transaction_that_fails_leaves_nothing(home: Home) -> None:
    with opened(home) as store:
        with pytest.raises(duckdb.Error, match="stop"), store.transaction() as connection:
            connection.execute("INSERT INTO marks VALUES ('m', 1, 'l', now()); SELECT error('stop')")
        assert store.rows("SELECT count(*) FROM marks") == [(0,)]


def test_checks_find_what_they_name(home: Home) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        store.connection.execute("INSERT INTO article_versions SELECT * FROM article_versions")
        store.connection.execute("DELETE FROM article_state")
        store.connection.execute("UPDATE captures SET outcome = 'lost'")
        broken = {check for check, _ in store.broken_checks()}
    assert "article_versions: one row a version_id" in broken
    assert "article_state: every article has its state" in broken
    assert "captures: exactly one known outcome" in broken


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_warehouse_hash_is_the_same_in_every_time_zone(home: Home, zone: str) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        expected = store.content_hash()
        store.connection.execute(f"SET TimeZone = '{zone}'")
        assert content_hash(store.connection) == expected


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE article_versions SET title = 'Other'",
        "UPDATE article_versions SET authors = ['Ada', 'Brandt']",
        "UPDATE article_versions SET published_at = published_at + INTERVAL 1 SECOND",
        "UPDATE photos SET credit = NULL",
        "DELETE FROM removed_text",
        "UPDATE article_state SET version_id = 'x'",
    ],
)
def test_the_warehouse_hash_sees_every_content(home: Home, change: str) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        before = store.content_hash()
        store.connection.execute(change)
        assert store.content_hash() != before


def test_the_warehouse_hash_does_not_see_runs_and_clocks(home: Home) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        before = store.content_hash()
        store.connection.execute(
            "UPDATE article_versions SET load_id = 'other', indexed_at = now(), captured_at = now()"
        )
        store.connection.execute("UPDATE article_state SET first_seen_at = now(), last_seen_at = now()")
        assert store.content_hash() == before


def test_texts_are_packed_with_zstd_in_whatever_load_they_come(home: Home) -> None:
    for batch in range(2):
        pages = [
            article(
                url=f"https://tagblatt.example/{batch}/{n}", text=f"Report {n} of batch {batch}. {'So it was. ' * 40}"
            )
            for n in range(300)
        ]
        load(home, [shown(page) for page in pages])
    with opened(home) as store:
        store.connection.execute("CHECKPOINT")
        packed = store.rows("""
            SELECT DISTINCT compression FROM pragma_storage_info('article_versions')
            WHERE column_name = 'text' AND segment_type = 'VARCHAR'""")
    assert packed == [("ZSTD",)]


def test_an_older_warehouse_keeps_its_texts_when_they_are_packed(home: Home) -> None:
    with older_warehouse(home, 12) as older:
        older.execute(
            "INSERT INTO article_versions BY NAME SELECT 'v' AS version_id, 'A text.' AS text, ['AP'] AS agencies, 'x' AS text_id"
        )
    with opened(home) as store:
        assert store.rows("SELECT version_id, text, agencies, text_id FROM article_versions") == [
            ("v", "A text.", ["AP"], "x")
        ]


def test_rows_carry_their_load(home: Home) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        for table in ("captures", "article_versions", "article_state", "photos", "removed_text"):
            assert store.rows(f"SELECT load_id, indexed_at FROM {table}") == [(STAMP.load_id, STAMP.indexed_at)]


def test_a_stray_connection_does_not_hold_the_lock(home: Home) -> None:
    with opened(home):
        pass
    assert duckdb.connect(str(home.warehouse)).execute("SELECT count(*) FROM captures").fetchone() == (0,)


def test_a_file_of_somebody_elses_is_no_damage(home: Home) -> None:
    """Who is told that it is would make hours of work anew."""
    refused = in_our_words(duckdb.IOException('IO Error: Cannot open file "x": Permission denied'), home)
    assert type(refused) is Never
    many = in_our_words(duckdb.IOException('IO Error: Cannot open file "x": Too many open files'), home)
    assert type(many) is Again
    assert type(in_our_words(duckdb.IOException("IO Error: Corrupt database file"), home)) is Damaged


def test_a_warehouse_of_an_older_version_is_not_taken_for_a_damaged_one(home: Home) -> None:
    """What is migrated has other bytes than those that were published."""
    load(home, [shown(article())])
    publish(home, "load", "0", NOON)
    mark = read_mark(home)
    assert mark is not None
    with duckdb.connect(str(home.warehouse)) as older:
        older.execute("DELETE FROM schema_versions WHERE version = ?", [SCHEMA_VERSION])
    write_mark(home, Mark(mark.generation, checksum_of(home.warehouse)))
    for _ in range(2):  # the second look finds it migrated
        assert not [fault for fault in warehouse_faults(home) if "bytes have changed" in fault]


def test_a_copy_of_an_older_version_is_a_finding_and_no_failure(home: Home) -> None:
    load(home, [shown(article())])
    publish(home, "load", "0", NOON)
    bring_up(home)
    home.published.chmod(0o644)
    with duckdb.connect(str(home.published)) as copy:
        copy.execute("UPDATE publication SET schema_version = schema_version - 1")
    (told,) = search_faults(home)
    assert "publish anew with any run" in told
