"""Kills its process at a named point, or fills its disk: `TEST_KILL="module:function:before|after:n"`, the n-th call.

With TEST_BALLAST, the name of a file, that file takes all the room there is, and the process lives on.
"""

import functools
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.injected import Change


class Deadly:
    """Changes one function of a module."""

    def __init__(self, wish: str) -> None:
        self.module, self.function, self.when, number = wish.split(":")
        self.number = int(number)

    def change(self, module: ModuleType) -> None:
        """Put the deadly function in the place of the module's own."""
        *owners, name = self.function.split(".")
        owner: Any = functools.reduce(getattr, owners, module)
        setattr(owner, name, self.deadly(getattr(owner, name)))

    def deadly(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, but for one call of it."""
        calls = count(1)

        @functools.wraps(function)
        def changed(*args: Any, **kwargs: Any) -> Any:
            last = next(calls) == self.number
            if last and self.when == "before":
                strike()
            done = function(*args, **kwargs)
            if last and self.when == "after":
                strike()
            return done

        return changed


def strike() -> None:
    """End this process, or the room on its disk."""
    ballast = os.environ.get("TEST_BALLAST")
    if ballast is None:
        os.kill(os.getpid(), signal.SIGKILL)
        return
    with suppress(OSError), Path(ballast).open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))


if wish := os.environ.get("TEST_KILL"):
    deadly = Deadly(wish)
    Change(deadly.module, deadly.change).wait()
