"""The readers' door: a read-only connection to the published copy."""

from pathlib import Path

import duckdb

from articles.errors import Damaged, NoHome
from warehouse.home import Home
from warehouse.publish import log_of
from warehouse.store import OFFLINE

RELATIONS = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = 'hemeroteca'
    UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'hemeroteca' AND NOT internal
    ORDER BY ALL
"""
MACROS = """
    SELECT function_name, array_to_string(parameters, ', ') FROM duckdb_functions()
    WHERE database_name = 'hemeroteca' AND function_type = 'table_macro' AND NOT internal ORDER BY ALL
"""


def open_published(home: Home, *, guarded: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the newest published copy, read-only, with times in UTC.

    `guarded` also shuts queries off from files and network, for SQL that strangers wrote.
    """
    if not home.published.is_file():
        raise NoHome(
            f"nothing is published in {home.root} yet. Collect something first: hemeroteca ingest, or hemeroteca import"
        )
    if log_of(home.published).exists():
        raise Damaged(
            f"another program opened {home.published} for writing and left {log_of(home.published).name} beside it; "
            "its changes would be mixed into what you read. Publish anew (hemeroteca ingest), or delete that file"
        )
    # Attached, not connected to: DuckDB gives a second connection to a path the first one's copy, so that a process
    # which keeps a reader open would never see what was published since.
    connection = duckdb.connect(config=OFFLINE)
    quoted = str(home.published).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS hemeroteca (READ_ONLY)")  # an attached path cannot be bound
    for (name,) in connection.execute(RELATIONS).fetchall():  # by plain name, from cursors of the connection too
        connection.execute(f'CREATE VIEW "{name}" AS FROM hemeroteca."{name}"')
    # A macro's tables are looked up where it is called, so that the views have to be there.
    for name, parameters in connection.execute(MACROS).fetchall():
        connection.execute(f'CREATE MACRO "{name}"({parameters}) AS TABLE FROM hemeroteca."{name}"({parameters})')
    connection.execute("SET TimeZone = 'UTC'")
    if guarded:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection


def home_of(connection: duckdb.DuckDBPyConnection) -> Home:
    """The home whose copy a connection reads."""
    row = (
        connection.cursor().execute("SELECT path FROM duckdb_databases() WHERE database_name = 'hemeroteca'").fetchone()
    )
    if row is None:
        raise NoHome("this connection reads no archive; get one with hemeroteca.open()")
    return Home(Path(row[0]).parent)
