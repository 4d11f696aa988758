"""Publishing: a read-only copy of the warehouse, swapped in whole, so that readers never wait and never block."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

from warehouse.cloning import clone, swap_in
from warehouse.database import open_for_writing
from warehouse.described import describe, describe_these
from warehouse.home import Home
from warehouse.mark import Mark, checksum_of, write_mark
from warehouse.replace import sync_file, sync_folder
from warehouse.store import SCHEMA_VERSION, generation, opened, sql


def publish(home: Home, load_id: str, code_version: str, now: datetime) -> None:
    """Swap in a copy of the warehouse as it is now.

    Whoever has the old copy open keeps reading it. The new one is mode 0444, and a log left beside the old one by
    a client that wrote to it is removed before the swap: DuckDB would replay it into the new copy.
    """
    fresh = home.work / "publishing.duckdb"
    with opened(home) as store:
        describe(store.connection)
        committed = generation(store.connection)
        store.close()
        try:
            # What a run left that was killed here may be read-only already.
            for left in (fresh, log_of(fresh)):
                left.unlink(missing_ok=True)
            # To read it all takes as long as to copy it, and as waiting for the disk.
            with ThreadPoolExecutor(1) as beside:
                checksum = beside.submit(checksum_of, home.warehouse)
                clone(home.warehouse, fresh)
                sign(fresh, load_id, code_version, now)
                fresh.chmod(0o444)
                sync_file(fresh)
            log_of(home.published).unlink(missing_ok=True)
            swap_in(fresh, home.published)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(home.root)
        write_mark(home, Mark(committed, checksum.result()))


def sign(copy: Path, load_id: str, code_version: str, now: datetime) -> None:
    """Write into the copy what it is: when, from which load, by which code; and what that means.

    It is opened as the warehouse is: by its own size of row groups DuckDB would write all tables anew.
    """
    with closing(open_for_writing(copy)) as connection:
        connection.execute(f"CREATE OR REPLACE VIEW warehouse_hash AS {sql('content_hash.sql')}")
        connection.execute(sql("about.sql"))
        connection.execute("INSERT INTO publication VALUES (?, ?, ?, ?)", [now, load_id, SCHEMA_VERSION, code_version])
        describe_these(connection, ["publication"], ["about", "warehouse_hash"])
        connection.execute("CHECKPOINT")


def log_of(path: Path) -> Path:
    """DuckDB's write-ahead log beside a database."""
    return path.with_name(path.name + ".wal")
