"""Publishing: a read-only copy of the warehouse, swapped in whole, so that readers never wait and never block."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.archive import sync_folder
from warehouse.described import describe
from warehouse.home import Home
from warehouse.mark import Mark, checksum_of, write_mark
from warehouse.store import OFFLINE, SCHEMA_VERSION, content_hash, generation, opened, sql


def publish(home: Home, load_id: str, code_version: str, now: datetime) -> str:
    """Swap in a copy of the warehouse as it is now; the warehouse hash of the copy.

    Whoever has the old copy open keeps reading it. The new one is mode 0444, and a log left beside the old one by
    a client that wrote to it is removed before the swap: DuckDB would replay it into the new copy.
    """
    fresh = home.work / "publishing.duckdb"
    with opened(home) as store:
        store.connection.execute("CHECKPOINT")
        committed = generation(store.connection)
        store.connection.close()
        try:
            log_of(fresh).unlink(missing_ok=True)
            shutil.copyfile(home.warehouse, fresh)
            digest = sign(fresh, load_id, code_version, now)
            fresh.chmod(0o444)
            sync_file(fresh)
            log_of(home.published).unlink(missing_ok=True)
            os.replace(fresh, home.published)
        finally:
            fresh.unlink(missing_ok=True)
        sync_folder(home.root)
        write_mark(home, Mark(committed, checksum_of(home.warehouse)))
    return digest


def sign(copy: Path, load_id: str, code_version: str, now: datetime) -> str:
    """Write the copy's `about` row, of which load and code it is, and with which warehouse hash; and its comments."""
    with duckdb.connect(str(copy), config=OFFLINE) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        digest = content_hash(connection)
        connection.execute(sql("about.sql"))
        connection.execute(
            "INSERT INTO about VALUES (?, ?, ?, ?, ?)", [now, load_id, SCHEMA_VERSION, code_version, digest]
        )
        describe(connection)
        connection.execute("CHECKPOINT")
    return digest


def log_of(path: Path) -> Path:
    """DuckDB's write-ahead log beside a database."""
    return path.with_name(path.name + ".wal")


def sync_file(path: Path) -> None:
    """Make a file's bytes durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
