import os
import signal
from collections.abc import Iterator
from threading import Timer
from time import monotonic

import duckdb
import pytest

from flows.answers import ask
from flows.interrupts import interruptible

AGES = "SELECT sum(range) FROM range(1_000_000_000_000)"
LATE = "SELECT range FROM range(1_000_000_000_000) WHERE range < 10_000 OR range % 999_999_999_999 = 1"


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[Timer]:
    """Ctrl-C after a while, as a terminal gives it; test runners turn it off in their workers."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = Timer(0.5, os.kill, [os.getpid(), signal.SIGINT])
    yield timer
    timer.join()
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("query", [AGES, LATE])
def test_ctrl_c_ends_the_query_and_not_the_connection(query: str, ctrl_c: Timer) -> None:
    with duckdb.connect() as connection:
        began = monotonic()
        ctrl_c.start()
        with pytest.raises(KeyboardInterrupt):
            interruptible(connection, lambda: list(ask(connection, query).blocks))
        assert monotonic() - began < 10
        assert interruptible(connection, lambda: list(ask(connection, "SELECT 42").blocks)) == [[(42,)]]


def test_what_fails_by_itself_is_told_as_ever(ctrl_c: Timer) -> None:
    ctrl_c.cancel()
    ctrl_c.start()
    with duckdb.connect() as connection, pytest.raises(duckdb.CatalogException):
        interruptible(connection, lambda: connection.execute("FROM nothing"))
