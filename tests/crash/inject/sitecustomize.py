"""Kills its process at a named point, or fills its disk: `TEST_KILL="module:function:before|after:n"`, the n-th call.

With TEST_BALLAST, the name of a file, that file takes all the room there is, and the process lives on.

Python imports this by itself where its folder is on PYTHONPATH: it reaches the crawl's child too, and the programs
under test need no door for it.
"""

import functools
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any


class Finder(importlib.abc.MetaPathFinder):
    """Waits for a module, and changes one function of it."""

    def __init__(self, wish: str) -> None:
        self.module, self.function, self.when, number = wish.split(":")
        self.number = int(number)

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.module:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def and_change(module: ModuleType) -> None:
            execute(module)
            self.change(module)

        spec.loader.exec_module = and_change  # type: ignore[method-assign]
        return spec

    def change(self, module: ModuleType) -> None:
        *owners, name = self.function.split(".")
        owner: Any = functools.reduce(getattr, owners, module)
        setattr(owner, name, self.deadly(getattr(owner, name)))

    def deadly(self, function: Callable[..., Any]) -> Callable[..., Any]:
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
    sys.meta_path.insert(0, Finder(wish))
