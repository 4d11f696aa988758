"""Changes a module of the programs under test as they import it: for the `sitecustomize.py` files, which Python runs by
itself where their folder is on PYTHONPATH. It reaches the crawl's child too, and the programs need no door for it."""

import importlib.abc
import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType


class Change(importlib.abc.MetaPathFinder):
    """Waits for a module, and changes it once it has been executed."""

    def __init__(self, module: str, change: Callable[[ModuleType], None]) -> None:
        self.module = module
        self.change = change

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Find the module as everybody does, and have it changed."""
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

    def wait(self) -> None:
        """Begin to wait."""
        sys.meta_path.insert(0, self)
