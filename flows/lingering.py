"""Ends a process whose work is done, when Prefect would go on for minutes to tell it to a server that is gone."""

import os
import threading
import time

SECONDS = 10.0
"""To hand over what waits: to a server that answers it takes a few tenths of a second."""


def bound_exit() -> None:
    """Let this process take so many seconds to exit, once it does; called when all its work is done.

    Prefect's own wait is registered at the same place, and what is registered last is called first. Nothing public
    is called so early: `atexit` comes after that wait.
    """
    exiting = threading.Event()
    threading.Thread(target=end, args=(exiting,), name="bound-exit", daemon=True).start()
    threading._register_atexit(exiting.set)  # type: ignore[attr-defined]


def end(exiting: threading.Event) -> None:
    """Wait for the exit to begin, and give it its seconds."""
    exiting.wait()
    time.sleep(SECONDS)
    os._exit(1)
