"""What long work tells whoever watches."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class Progress(Protocol):
    """Is told of stages and of work done in them."""

    def stage(self, label: str, total: int | None = None) -> None:
        """A stage begins; the one before has ended."""
        ...

    def advance(self, amount: int = 1) -> None:
        """Work of the current stage is done."""
        ...


class Silent:
    """Tells nobody."""

    def stage(self, label: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, amount: int = 1) -> None:
        """Nothing."""


class Drawn:
    """Draws a bar a stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._current: int | None = None

    def stage(self, label: str, total: int | None = None) -> None:
        """Begin a new bar and finish the one before."""
        if self._current is not None:
            done = self._bars.tasks[self._current].completed
            self._bars.update(self._bars.task_ids[self._current], total=done)
        self._current = self._bars.add_task(label, total=total)

    def advance(self, amount: int = 1) -> None:
        """Move the current bar."""
        if self._current is not None:
            self._bars.advance(self._bars.task_ids[self._current], amount)


@contextmanager
def drawn(console: Console) -> Iterator[Progress]:
    """Progress on a terminal; silence where there is none."""
    if not console.is_terminal:
        yield Silent()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        yield Drawn(bars)
