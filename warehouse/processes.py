"""New processes: forked off one that has imported what they need, so that each costs next to nothing.

That one (the standard library's fork server) runs no code of ours but imports: it has no thread that a fork could
catch in the middle of something, and no file or lock of ours open.
"""

import multiprocessing
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pkgutil import resolve_name
from types import ModuleType
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Named(Generic[Item, Answer]):
    """A function of one argument, `module:function`, whose module only the process loads that calls it."""

    name: str

    def __call__(self, item: Item) -> Answer:
        """Call it."""
        answer: Answer = resolve_name(self.name)(item)
        return answer


def forking(*modules: str) -> ForkServerContext:
    """The context of processes which find these modules imported; whoever starts the first process decides."""
    main = sys.modules["__main__"].__spec__
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *([main.name] if main else []), *modules])
    return context


def called(name: str, *arguments: Any) -> None:
    """Call `module:function`: what a process is to do that has no need of the module itself.

    It forgets which program it was started by: the processes that it starts in its turn would run that anew.
    """
    sys.modules["__main__"] = ModuleType("__main__")
    resolve_name(name)(*arguments)
