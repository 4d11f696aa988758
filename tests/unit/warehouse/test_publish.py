import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import hemeroteca
from articles.errors import Damaged, NoHome
from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import load
from warehouse import reader
from warehouse.database import ROW_GROUP
from warehouse.described import describe
from warehouse.diagnosis import published_faults, warehouse_faults
from warehouse.home import Home
from warehouse.publish import log_of, publish
from warehouse.reader import open_published
from warehouse.store import content_hash, opened

COUNT = "SELECT count(*) FROM articles"
COMMENT = "SELECT comment FROM duckdb_tables() WHERE table_name = 'photos'"


def publish_articles(home: Home, *names: str) -> None:
    load(home, [shown(article(url=f"https://tagblatt.example/{name}"), digest=name) for name in names])
    publish(home, "load", "0.1.0", NOON)


def test_nothing_published_is_said(home: Home) -> None:
    with pytest.raises(NoHome, match="hemeroteca ingest"):
        open_published(home)


def test_a_reader_keeps_its_copy_and_a_new_one_sees_the_new(home: Home) -> None:
    publish_articles(home, "a")
    with hemeroteca.open(home.root) as old:
        publish_articles(home, "b")
        assert old.execute(COUNT).fetchall() == [(1,)]
        with hemeroteca.open(home.root) as new:
            assert new.execute(COUNT).fetchall() == [(2,)]
        assert old.execute(COUNT).fetchall() == [(1,)]


def test_the_copy_has_its_tables_as_the_warehouse_has_them(home: Home) -> None:
    """By DuckDB's own size of row groups they would all be written anew, beside what they were."""
    with opened(home) as store:
        store.connection.execute("INSERT INTO marks SELECT 'm', range, 'l', now() FROM range(?)", [3 * ROW_GROUP])
    publish(home, "load", "0.1.0", NOON)
    with open_published(home) as copy:
        groups = "SELECT max(row_group_id) + 1, max(count) FROM pragma_storage_info('hemeroteca.marks')"
        assert copy.execute(groups).fetchall() == [(3, ROW_GROUP)]


def test_the_copy_is_read_only_and_says_what_it_is(home: Home) -> None:
    publish_articles(home, "a")
    with opened(home) as store:
        digest = store.content_hash()
    assert stat.S_IMODE(home.published.stat().st_mode) == 0o444
    with hemeroteca.open(home.root) as copy:
        assert copy.execute("SELECT load_id, code_version, warehouse_hash FROM about").fetchall() == [
            ("load", "0.1.0", digest)
        ]
        assert copy.cursor().execute(COUNT).fetchall() == [(1,)]
        for statement in ("DELETE FROM captures", "DELETE FROM hemeroteca.captures"):
            with pytest.raises(duckdb.Error):
                copy.execute(statement)


def test_the_comments_are_no_part_of_the_contents(home: Home) -> None:
    load(home, [shown(article())])
    with opened(home) as store:
        digest = store.content_hash()
    publish(home, "load", "0.1.0", NOON)
    with duckdb.connect(str(home.published), read_only=True) as copy:
        assert content_hash(copy) == digest
        ((words,),) = copy.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'articles'").fetchall()
        assert words.startswith("The current version of each article")
    with opened(home) as store:
        assert store.content_hash() == digest


def test_a_connection_tells_that_a_newer_copy_is_there(home: Home) -> None:
    publish_articles(home, "a")
    with hemeroteca.open(home.root) as old:
        assert hemeroteca.is_current(old)
        publish_articles(home, "b")
        assert not hemeroteca.is_current(old)
        assert not hemeroteca.is_current(old.cursor())
        with hemeroteca.open(home.root) as new:
            assert hemeroteca.is_current(new)
            home.published.unlink()
            assert hemeroteca.is_current(new)


def test_a_copy_that_is_swapped_in_while_it_is_opened_is_not_missed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_articles(home, "a")

    def identity_then_publish(path: Path) -> str:
        monkeypatch.undo()
        found = reader.identity(path)
        publish_articles(home, "b")
        return found

    monkeypatch.setattr(reader, "identity", identity_then_publish)
    with open_published(home) as connection:
        assert connection.execute(COUNT).fetchall() == [(2,)]
        assert not reader.is_current(connection)


def test_a_connection_to_something_else_is_told() -> None:
    with duckdb.connect() as other, pytest.raises(NoHome, match=r"hemeroteca\.open"):
        hemeroteca.is_current(other)


REACHING_OUT = [
    "SELECT * FROM read_text('{settings}')",
    "SELECT * FROM read_blob('{published}')",
    "SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')",
    "COPY (SELECT 1 AS a) TO '{root}/a.csv'",
    "COPY (SELECT 1 AS a) TO '{published}' (FORMAT csv, USE_TMP_FILE false)",
    "COPY (SELECT 1 AS a) TO '{published}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{published}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "PREPARE p AS COPY (SELECT 1 AS a) TO '{published}.wal' (FORMAT csv, USE_TMP_FILE false); EXECUTE p",
    "DETACH hemeroteca; ATTACH '{published}' AS w (READ_WRITE)",
    "ATTACH '{root}/own.duckdb' AS own",
    "EXPORT DATABASE '{root}/exported'",
    "INSTALL httpfs",
    "LOAD '{root}/any.duckdb_extension'",
    "SET enable_external_access = true",
    "RESET disabled_filesystems",
    "SELECT * FROM secret",
]


@pytest.mark.parametrize("query", REACHING_OUT)
def test_no_query_reaches_files(home: Home, query: str) -> None:
    secret = "a variable of this program"  # noqa: F841, S105
    publish_articles(home, "a")
    before = home.published.read_bytes()
    held = sorted(home.root.rglob("*"))
    with open_published(home, guarded=True) as connection:
        assert connection.execute(COUNT).fetchall() == [(1,)]
        with pytest.raises(duckdb.Error):
            connection.execute(
                query.format(root=home.root, settings=home.settings, published=home.published)
            ).fetchall()
    assert home.published.read_bytes() == before
    assert sorted(home.root.rglob("*")) == held


def test_what_needs_more_than_the_memory_leaves_nothing_on_the_disk(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_articles(home, "a")
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(reader, "GUARDED", ("SET memory_limit = '20MB'", *reader.GUARDED))
    with open_published(home, guarded=True) as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute("SELECT hash(range) AS h FROM range(5_000_000) ORDER BY h OFFSET 4_000_000").fetchall()
    assert list(folder.iterdir()) == []


VANDAL = """
import duckdb, os, signal, sys
os.chmod(sys.argv[1], 0o644)
connection = duckdb.connect(sys.argv[1])
connection.execute("SET wal_autocheckpoint = '1GB'")
connection.execute("DELETE FROM article_state")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_client_that_writes_and_dies_changes_nothing_after_the_next_publish(home: Home) -> None:
    publish_articles(home, "a")
    vandal = subprocess.run([sys.executable, "-c", VANDAL, str(home.published)], check=False)
    assert vandal.returncode == -signal.SIGKILL
    assert log_of(home.published).exists()
    with pytest.raises(Damaged, match=r"hemeroteca\.duckdb\.wal"):
        open_published(home)
    publish_articles(home, "b")
    assert not log_of(home.published).exists()
    with open_published(home) as copy:
        assert copy.execute(COUNT).fetchall() == [(2,)]


def test_a_log_that_duckdb_would_replay_is_what_the_swap_removes(home: Home) -> None:
    """Without the removal the dead client's deletion would stand in the new copy."""
    publish_articles(home, "a")
    subprocess.run([sys.executable, "-c", VANDAL, str(home.published)], check=False)
    kept = log_of(home.published).read_bytes()
    publish(home, "load", "0.1.0", NOON)  # nothing was loaded: of such a copy DuckDB takes the log for its own
    log_of(home.published).write_bytes(kept)
    home.published.chmod(0o644)
    with duckdb.connect(str(home.published), read_only=True) as replayed:
        assert replayed.execute("SELECT count(*) FROM article_state").fetchall() == [(0,)]


def test_a_copy_that_holds_something_else_than_was_published_is_noticed(home: Home) -> None:
    publish_articles(home, "a", "b")
    assert published_faults(home) == []
    home.published.chmod(0o644)
    with duckdb.connect(str(home.published)) as vandal:
        vandal.execute("UPDATE article_versions SET title = 'Another title'")
    assert published_faults(home) == [f"{home.published} does not hold what was published"]


def test_a_copy_without_the_warehouse_behind_it_is_told_and_makes_none(home: Home) -> None:
    publish_articles(home, "a")
    shutil.rmtree(home.work)
    assert published_faults(home) == []
    (fault,) = warehouse_faults(home)
    assert "warehouse.duckdb is missing" in fault
    assert "hemeroteca rebuild" in fault
    assert not home.warehouse.exists()


def test_the_hash_is_computed_for_those_who_ask_for_it(home: Home) -> None:
    publish_articles(home, "a")
    with hemeroteca.open(home.root) as copy:
        plans = [
            copy.execute(f"EXPLAIN (FORMAT json) SELECT {column} FROM about").fetchall()[0][1]
            for column in ("published_at", "warehouse_hash")
        ]
    assert ["removed_text" in plan for plan in plans] == [False, True]


def test_comments_that_stand_are_left_alone_and_others_are_put_right(home: Home) -> None:
    publish_articles(home, "a")
    with opened(home) as store:
        store.connection.execute("COMMENT ON TABLE photos IS 'Pictures'")
        describe(store.connection)
        assert store.rows(COMMENT) == [("Pictures",)]
        store.connection.execute("UPDATE described SET digest = 'of an older version'")
        describe(store.connection)
        ((words,),) = store.rows(COMMENT)
        assert str(words).startswith("A row a picture")


def test_views_that_are_made_anew_get_their_comments_again(home: Home) -> None:
    publish_articles(home, "a")
    with opened(home) as store:
        store.connection.execute(
            "DELETE FROM schema_versions WHERE version = (SELECT max(version) FROM schema_versions)"
        )
    publish(home, "load", "0.1.0", NOON)
    with opened(home) as store:
        assert store.rows("SELECT count(*) FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == [(0,)]


def test_what_a_killed_publication_left_is_not_written_to(home: Home) -> None:
    """It may be read-only already; whoever writes to it fails, unless it is root."""
    publish_articles(home, "a")
    left = home.work / "publishing.duckdb"
    left.write_bytes(b"left")
    left.chmod(0o444)
    with left.open("rb") as before:
        publish(home, "load", "0.1.0", NOON)
        assert before.read() == b"left"
    assert published_faults(home) == []


@pytest.mark.parametrize("bytes_left", [0, 5_000, 300_000])
def test_a_damaged_copy_names_its_remedy(home: Home, bytes_left: int) -> None:
    publish_articles(home, "a")
    os.truncate(home.published, bytes_left)
    with pytest.raises(Damaged, match="Publish anew with any run"):
        open_published(home)
