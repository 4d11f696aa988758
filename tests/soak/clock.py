"""A clock that all processes of a rehearsal share: it runs faster than the machine's, and can be set ahead."""

import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

FORM = struct.Struct("<ddd")


class SharedClock:
    """The time of a rehearsal, in a file of three numbers: a moment of the machine's, the same of ours, and the rate."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), FORM.size)

    @classmethod
    def made(cls, path: Path, start: datetime, rate: float) -> "SharedClock":
        """A new clock, which runs from now on."""
        path.write_bytes(FORM.pack(time.time(), start.timestamp(), rate))
        return cls(path)

    def seconds(self) -> float:
        """The moment as Unix time."""
        machine, ours, rate = FORM.unpack(self._shared[: FORM.size])
        return float(ours + (time.time() - machine) * rate)

    def now(self) -> datetime:
        """The moment."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def lasting(self, seconds: float) -> float:
        """How many seconds of the machine's time so many of ours take."""
        return seconds / float(FORM.unpack(self._shared[: FORM.size])[2])

    def set_ahead(self, to: datetime) -> None:
        """Go on from a later moment; an earlier one is passed already."""
        if to > self.now():
            rate = FORM.unpack(self._shared[: FORM.size])[2]
            self._shared[: FORM.size] = FORM.pack(time.time(), to.timestamp(), rate)
