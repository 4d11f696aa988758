"""Ctrl-C ends a query, and leaves the connection as it was.

DuckDB's own answer to Ctrl-C gives the terminal back and lets the query run on: the next one waits for it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import duckdb

Result = TypeVar("Result")

AGAIN = 0.05
"""Seconds after which a query that had not begun when it was interrupted is interrupted again."""


def interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], Result]) -> Result:
    """Do work that asks a connection; on Ctrl-C its query ends before `KeyboardInterrupt` is raised."""
    with ThreadPoolExecutor(1) as worker:
        future = worker.submit(work)
        try:
            return future.result()
        except KeyboardInterrupt:
            while not future.done():
                connection.interrupt()
                wait([future], AGAIN)
            raise
