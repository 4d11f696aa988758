"""The readers' door: a read-only connection to the published copy."""

from pathlib import Path

import duckdb

from articles.errors import Damaged, NoHome
from warehouse.database import OFFLINE, quoted
from warehouse.home import Home
from warehouse.publish import log_of

RELATIONS = """
    SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'hemeroteca'
    UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE database_name = 'hemeroteca' AND NOT internal
    ORDER BY ALL
"""
MACROS = """
    SELECT function_name, array_to_string(parameters, ', ') FROM duckdb_functions()
    WHERE database_name = 'hemeroteca' AND function_type = 'table_macro' AND NOT internal ORDER BY ALL
"""


NO_ARCHIVE = "this connection reads no archive; get one with hemeroteca.open()"

GUARDED = (
    "SET python_enable_replacements = false",  # a name in a query is no variable of this program
    "SET temp_directory = ''",  # DuckDB would let a query write into it: what needs more than the memory fails
    "SET enable_external_access = false",
    # Of its own accord DuckDB leaves the file that is attached open to ATTACH and COPY, for writing too.
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET allowed_configs = ['TimeZone']",  # it reaches nothing, and readers have days of their own
    "SET lock_configuration = true",
)


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
    try:
        attach(connection, home)
    except duckdb.Error as error:
        connection.close()
        raise Damaged(
            f"{home.published} cannot be read: {str(error).splitlines()[0]}. Publish anew with any run, "
            "hemeroteca ingest for example"
        ) from error
    if guarded:
        for setting in GUARDED:
            connection.execute(setting)
    return connection


def attach(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Attach the copy, and let its tables, views and macros be found under their own names."""
    # Before it is opened: a copy that is swapped in between is taken for a newer one, not missed.
    path = quoted(str(home.published))
    connection.execute(f"CREATE MACRO opened_copy() AS ({path}, '{identity(home.published)}')")
    connection.execute(f"ATTACH {path} AS hemeroteca (READ_ONLY)")  # an attached path cannot be bound
    for name, comment in connection.execute(RELATIONS).fetchall():  # by plain name, from cursors of the connection too
        connection.execute(f'CREATE VIEW "{name}" AS FROM hemeroteca."{name}"')
        if comment:
            connection.execute(f'COMMENT ON VIEW "{name}" IS {quoted(comment)}')
    # A macro's tables are looked up where it is called, so that the views have to be there.
    for name, parameters in connection.execute(MACROS).fetchall():
        connection.execute(f'CREATE MACRO "{name}"({parameters}) AS TABLE FROM hemeroteca."{name}"({parameters})')
    connection.execute("SET TimeZone = 'UTC'")


def home_of(connection: duckdb.DuckDBPyConnection) -> Home:
    """The home whose copy a connection reads."""
    row = (
        connection.cursor().execute("SELECT path FROM duckdb_databases() WHERE database_name = 'hemeroteca'").fetchone()
    )
    if row is None:
        raise NoHome(NO_ARCHIVE)
    return Home(Path(row[0]).parent)


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether no newer copy was published since a connection was opened."""
    try:
        row = connection.cursor().execute("SELECT unnest(memory.main.opened_copy())").fetchone()
    except duckdb.CatalogException as error:
        raise NoHome(NO_ARCHIVE) from error
    if row is None:
        raise NoHome(NO_ARCHIVE)
    path, opened = row
    try:
        return bool(identity(Path(path)) == opened)
    except FileNotFoundError:  # none is there: then there is no newer one
        return True


def identity(path: Path) -> str:
    """What tells a file from the one that takes its place; a file that is open somewhere keeps its number."""
    status = path.stat()
    return f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}"
