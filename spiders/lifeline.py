"""Ends a crawl whose parent is gone: nobody would read its answer, and its locks would hold up the next one.

The parent holds the other end of our standard input and never writes to it: its end is the parent's. (Linux's
own signal for this, PR_SET_PDEATHSIG, comes when the *thread* ends that started us, and flows start us in
threads.) Should another process have inherited that end, a look at the parent's id finds out within a second.
"""

import os
import select
import signal
import sys
import threading
import time

LOOK = 1.0
"""Seconds between two looks at the parent's id."""

GRACE = 10.0
"""Seconds to have everything acknowledged before the process ends in any case."""


def hold_on_to(parent: int) -> None:
    """Watch a parent from a thread, and end this process in good order when it is gone."""
    if os.getppid() != parent:
        os._exit(1)  # before anything was begun
    threading.Thread(target=watch, args=(parent,), name="lifeline", daemon=True).start()


def watch(parent: int) -> None:
    """Wait for the parent's end."""
    while os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin], [], [], LOOK)
        if readable and not os.read(sys.stdin.fileno(), 1):
            break
    # More than once: a signal that comes before the reactor runs is heard by nobody, and one that comes while the
    # crawl is ending is ignored.
    for _ in range(int(GRACE / LOOK)):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LOOK)
    os._exit(1)
