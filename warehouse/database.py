"""The warehouse's file as DuckDB opens it, and what its failures mean."""

import errno
import os
from contextlib import suppress
from pathlib import Path

import duckdb

from articles.errors import Again, Damaged, DiskFull, HemerotecaError, Never, StoreBusy
from warehouse.home import Home

STORAGE_VERSION = "v1.4.0"
"""Compresses long text (94 MB of articles took 107 MB by default, 15 MB so), and DuckDB 1.4 reads it."""

ROW_GROUP = 16_384
"""Rows that stand together on the disk: DuckDB merges up to three of these at a checkpoint, and frees as much room.

Of articles that is 80 MB, and 3 seconds; with its own 122,880 it was nearly half of a file at times, and 7 seconds.
"""

CHECKPOINT_MEMORY = "96 MB"
"""For a checkpoint: what merging unpacks beyond it goes beside the file, with 16,000 articles for a tenth more time.

As a limit for everything it would fail statements that cannot do so, over an archive of a million. It fails checkpoints
of articles of 60,000 characters.
"""

MERGED = 8
"""Loads or comparisons in a row of which one merges rows: merging each time takes a tenth of their CPU."""

LOG = "256 MB"
"""Of the log, beyond which a commit makes a checkpoint by itself; a load writes a tenth of it."""

CACHED, IN_USE = 32_000_000, 8_000_000
"""Bytes of read blocks that DuckDB may keep, beyond which they are given back but for some that are being read."""

WITHIN_DIGIT = 0.02
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""For what looks like another program's database, DuckDB would fetch an extension from the network."""

HEADERS = 3 * 4096
"""Bytes that each DuckDB file begins with."""

REBUILD = "The archive holds all that it was made of; make it anew with: hemeroteca rebuild"

BROKEN = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
"""What DuckDB raises for a file that it cannot read."""


def quoted(words: str) -> str:
    """A string as SQL has it, where no parameter may stand: in ATTACH, COMMENT and the like."""
    return "'" + words.replace("'", "''") + "'"


def open_for_writing(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file, or make it; what ATTACH states holds as long as it is open, and `connect` cannot state it."""
    # What does not fit into the memory goes beside the file, as DuckDB has it for one that is connected to.
    connection = duckdb.connect(config={**OFFLINE, "temp_directory": f"{path}.tmp"})
    try:
        connection.execute(
            f"ATTACH {quoted(str(path))} AS warehouse (STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {ROW_GROUP})"
        )
        connection.execute("USE warehouse")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # which a long checkpoint would print among our output
        connection.execute(f"SET checkpoint_threshold = '{LOG}'")
    except duckdb.Error:
        connection.close()
        raise
    return connection


def close_written(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write what the log holds into the file and close it, in little memory where that suffices.

    Where it does not, DuckDB lets go of the file, as of a broken one. All that counts is in the log: opened again, the
    file takes it with all the memory there is.
    """
    try:
        connection.execute(f"SET memory_limit = '{CHECKPOINT_MEMORY}'")
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        if not says_out_of_memory(error):
            raise
        connection.close()
        connection = open_for_writing(path)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def give_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Give back the memory of blocks that were read and are kept in case they are read again.

    DuckDB keeps them up to four fifths of the machine's memory; what goes through all texts once needs none. A limit
    that stayed would fail statements that have to have more: this one stands while blocks go, which DuckDB lets go of
    before all else, and where too many are in use it says so and leaves the rest as it is.
    """
    beside = connection.cursor()  # the connection's own answers may still be coming
    try:
        held = dict(beside.execute("SELECT tag, memory_usage_bytes FROM duckdb_memory()").fetchall())
        blocks = held.get("BASE_TABLE", 0)
        if blocks > CACHED:
            limit = current_limit(beside)
            with suppress(duckdb.OutOfMemoryException):
                beside.execute(f"SET memory_limit = '{sum(held.values()) - blocks + IN_USE}B'")
            # RESET tells that the old one stands again, and lets the new one stand.
            beside.execute(f"SET memory_limit = '{limit}'")
    finally:
        beside.close()


def current_limit(connection: duckdb.DuckDBPyConnection) -> str:
    """The limit of memory, so that it can be set again: DuckDB cuts it to one digit as it tells it, each time anew."""
    ((told,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(told).split()
    return f"{float(number) + WITHIN_DIGIT:.2f} {unit}"


def half_made(path: Path) -> bool:
    """Whether a database was never finished being made, because the disk was full or the power failed."""
    with path.open("rb") as file:
        head = file.read(HEADERS)
    return not any(head) or (len(head) < HEADERS and head[8:12] == b"DUCK")


def in_our_words(error: duckdb.Error, home: Home) -> HemerotecaError | None:
    """What DuckDB's failure means, None for a fault of ours. Some share a class: only the words tell them apart."""
    words = str(error)
    if says_full(error):
        return DiskFull(f"no space left for the warehouse: {words}")
    if "lock on file" in words:
        return StoreBusy(f"another program has {home.warehouse} open; only hemeroteca may: {words}")
    if says(error, errno.EACCES, errno.EPERM):
        told = words.splitlines()[0]
        return Never(f"{home.warehouse} is not this user's to open (whose it is says ls -l): {told}")
    if says(error, errno.EMFILE, errno.ENFILE):
        return Again(f"too many files are open to open {home.warehouse}: {words.splitlines()[0]}")
    if isinstance(error, BROKEN):
        return Damaged(f"{home.warehouse} cannot be read: {words.splitlines()[0]}. {REBUILD}")
    return None


def says_full(error: Exception) -> bool:
    """Whether DuckDB failed for want of room on the disk."""
    return says(error, errno.ENOSPC, errno.EDQUOT)


def says_out_of_memory(error: Exception) -> bool:
    """Whether DuckDB failed for its limit of memory: a checkpoint tells that in words alone, which name the remedy."""
    return isinstance(error, duckdb.OutOfMemoryException) or "memory_limit" in str(error)


def says(error: Exception, *numbers: int) -> bool:
    """Whether a failure of DuckDB's comes from one of the system's: it tells them in words alone."""
    return any(os.strerror(number) in str(error) for number in numbers)
