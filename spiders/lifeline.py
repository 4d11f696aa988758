"""What joins a crawl to its parent: a socket, over which it is handed locks to hold on to, and which ends with either.

The parent says nothing on it after the locks, so that its end is the parent's: nobody would read the crawl's answer
then, and the locks would hold up the next one. (Linux's own signal for this, PR_SET_PDEATHSIG, comes when the
*thread* ends that started us, and flows start us in threads.)
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Sequence
from itertools import islice

AT_ONCE = 200
"""Descriptors of one message; the kernel takes 253."""

MORE, LAST = b"+", b"."

GRACE = 10
"""Seconds to have everything acknowledged before the process ends in any case."""


def hand_over(child: socket.socket, locks: Sequence[int]) -> None:
    """Have a crawl hold on to locks, as many as there are."""
    left = iter(locks)
    while group := list(islice(left, AT_ONCE)):
        socket.send_fds(child, [MORE], group)
    child.sendall(LAST)


def hold_on_to(parent: socket.socket) -> None:
    """Take the locks, which stay open until this process ends, and end it in good order when the parent is gone."""
    said = MORE
    while said != LAST:
        said, _, _, _ = socket.recv_fds(parent, 1, AT_ONCE)
        if not said:
            os._exit(1)  # before anything was begun
    threading.Thread(target=watch, args=(parent,), name="lifeline", daemon=True).start()


def watch(parent: socket.socket) -> None:
    """Wait for the parent's end."""
    parent.recv(1)
    # More than once: a signal that comes before the reactor runs is heard by nobody, and one that comes while the
    # crawl is ending is ignored.
    for _ in range(GRACE):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    os._exit(1)
