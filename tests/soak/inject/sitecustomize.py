"""Gives a process the rehearsal's clock, where SOAK_CLOCK names its file."""

import os
from pathlib import Path
from types import ModuleType

from tests.injected import Change
from tests.soak.clock import SharedClock


def shared(module: ModuleType) -> None:
    """Have the module tell the rehearsal's time."""
    clock = SharedClock(Path(os.environ["SOAK_CLOCK"]))
    module.now = clock.now  # type: ignore[attr-defined]
    module.lasting = clock.lasting  # type: ignore[attr-defined]


if os.environ.get("SOAK_CLOCK"):
    Change("warehouse.clock", shared).wait()
