import signal
import stat
import subprocess
import sys

import duckdb
import pytest

import hemeroteca
from articles.errors import Damaged, NoHome
from tests.builders import NOON, article, shown
from tests.unit.warehouse.loads import load
from warehouse.described import describe
from warehouse.diagnosis import published_faults
from warehouse.home import Home
from warehouse.publish import log_of, publish
from warehouse.reader import open_published
from warehouse.store import content_hash, opened

COUNT = "SELECT count(*) FROM articles"


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


def test_the_copy_is_read_only_and_says_what_it_is(home: Home) -> None:
    publish_articles(home, "a")
    with opened(home) as store:
        digest = store.content_hash()
    assert stat.S_IMODE(home.published.stat().st_mode) == 0o444
    with hemeroteca.open(home.root) as reader:
        assert reader.execute("SELECT load_id, code_version, warehouse_hash FROM about").fetchall() == [
            ("load", "0.1.0", digest)
        ]
        assert reader.cursor().execute(COUNT).fetchall() == [(1,)]
        for statement in ("DELETE FROM captures", "DELETE FROM hemeroteca.captures"):
            with pytest.raises(duckdb.Error):
                reader.execute(statement)


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


def test_no_query_reaches_files(home: Home) -> None:
    publish_articles(home, "a")
    with open_published(home, guarded=True) as reader:
        with pytest.raises(duckdb.PermissionException):
            reader.execute(f"SELECT * FROM read_text('{home.settings}')")
        with pytest.raises(duckdb.InvalidInputException):
            reader.execute("SET enable_external_access = true")


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
    with open_published(home) as reader:
        assert reader.execute(COUNT).fetchall() == [(2,)]


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


def test_the_hash_is_computed_for_those_who_ask_for_it(home: Home) -> None:
    publish_articles(home, "a")
    with hemeroteca.open(home.root) as reader:
        plans = [
            reader.execute(f"EXPLAIN SELECT {column} FROM about").fetchall()[0][1]
            for column in ("published_at", "warehouse_hash")
        ]
    assert ["removed_text" in plan for plan in plans] == [False, True]


def test_comments_that_stand_are_left_alone_and_others_are_put_right(home: Home) -> None:
    publish_articles(home, "a")
    home.published.chmod(0o644)
    with duckdb.connect(str(home.published)) as copy:
        copy.execute("COMMENT ON TABLE photos IS 'Pictures'")
        describe(copy)
        ((words,),) = copy.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'photos'").fetchall()
        assert words.startswith("A row a picture")
    with duckdb.connect(str(home.published), read_only=True) as copy:
        describe(copy)  # or it would fail, as nothing can be written
