"""How a step is carried out: directly, or as a Prefect task. Its order is written once, in the flow's own file."""

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from articles.errors import Again, Busy, DiskFull, NotServed

Answer = TypeVar("Answer")

RETRY_DELAYS = (2.0, 10.0, 30.0)
"""Seconds before each further try of a step that failed in passing."""


class Steps(Protocol):
    """Carries out a named step."""

    def run(self, name: str, step: Callable[[], Answer]) -> Answer:
        """The step's answer; a passing failure is tried again, any other is raised."""
        ...


class Direct:
    """Carries steps out in this process, without a server."""

    def run(self, name: str, step: Callable[[], Answer]) -> Answer:  # noqa: ARG002 - nobody here shows names
        """The step's answer."""
        for delay in RETRY_DELAYS:
            try:
                return step()
            except Again as error:
                if not worth_retrying(error):
                    raise
                time.sleep(delay)
        return step()


def worth_retrying(error: BaseException) -> bool:
    """Whether the same step may succeed in a minute: a lock was waited for, no disk empties itself."""
    return isinstance(error, Again) and not isinstance(error, Busy | DiskFull | NotServed)
