"""What the command line says: people's words on a terminal, JSON where it is asked for, errors with an exit code."""

import errno
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import typer
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markup import escape
from rich.table import Table

from articles.cleaning import escaped, is_shown
from articles.errors import (
    BadInput,
    BadSettings,
    CrawlFailed,
    Damaged,
    DiskFull,
    FaultySource,
    HemerotecaError,
    NoHome,
    RunBusy,
    Stale,
    StoreBusy,
)

EXIT_CODES: dict[type[HemerotecaError], int] = {
    BadSettings: 3,
    BadInput: 4,
    NoHome: 5,
    RunBusy: 6,
    StoreBusy: 7,
    CrawlFailed: 8,
    Damaged: 9,
    DiskFull: 10,
    FaultySource: 12,
    Stale: 13,
}
"""Beside 0 (done), 1 (a fault of this program), 2 (wrong usage) and 130 (interrupted); see docs/exit-codes.md."""

OTHER = 11
"""Any other foreseen error."""

INTERRUPTED = 130

ANY_WIDTH = 10**9
"""Cells, where no screen has an end."""


class Closed(BrokenPipeError):
    """Whoever reads standard output has closed it; any other pipe that breaks is a fault."""

    def __init__(self) -> None:
        super().__init__(errno.EPIPE, "standard output was closed")


class Screen(Console):
    """Standard output; rich would end the program with code 1 where it was closed."""

    def on_broken_pipe(self) -> None:
        """Tell it apart from other pipes."""
        raise Closed


out = Screen()
err = Console(stderr=True)


@contextmanager
def errors_told() -> Iterator[None]:
    """Turn a foreseen error into words and its exit code; anything else is a fault and keeps its traceback.

    A reader who has closed standard output has seen enough, which is no error: `hemeroteca status | head`.
    """
    try:
        yield
    except Closed as error:
        # What is still in the buffer is written when Python ends, and has to go somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from error
    except HemerotecaError as error:
        err.print(f"[bold red]error[/]: {escape(escaped(str(error)))}", highlight=False, soft_wrap=True)
        raise typer.Exit(exit_code(error)) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        why = escape(escaped(str(error)))
        err.print(f"[bold red]error[/]: no space left on the disk ({why}). Make room and run it again")
        raise typer.Exit(EXIT_CODES[DiskFull]) from error
    except KeyboardInterrupt as error:
        err.print("interrupted; run it again to go on where it stopped")
        raise typer.Exit(INTERRUPTED) from error


@contextmanager
def to_stdout() -> Iterator[None]:
    """Write to standard output past `out`; `Closed` where nobody reads it any more."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise Closed from error


def exit_code(error: HemerotecaError) -> int:
    """The code of the nearest class in the error tree that has one."""
    return next((EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES), OTHER)


def say_json(value: Any) -> None:
    """One JSON value on standard output; what a terminal would obey or cannot show stands there escaped."""
    with to_stdout():
        print(escaped_json(json.dumps(value, ensure_ascii=False, indent=1, default=written)))


def written(value: Any) -> str:
    """A value that JSON has no form for, as text; instants as ISO 8601 has them, as in exports."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def escaped_json(text: str) -> str:
    """The same JSON, in which nothing would rewrite what a terminal shows."""
    if text.isprintable():
        return text
    return "".join(c if is_shown(c) else json.dumps(c)[1:-1] for c in text)


def say_table(title: str | None, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table that fits the screen; in a pipe it is as wide as it is, for nothing of it is to be lost."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(cell(value) for value in row))
    say_whole(table)


def say_whole(table: Table) -> None:
    """Draw a table, folded on a screen and nowhere else."""
    out.print(table) if out.is_terminal else out.print(Unfolded(table), crop=False)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A table as wide as its widest rows, whatever width rich assumes where there is no screen."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render it so."""
        wide = options.update(width=ANY_WIDTH)
        yield from console.render(self.table, options.update(width=console.measure(self.table, options=wide).maximum))


def cell(value: Any) -> str:
    """A value as a table shows it."""
    return "[dim]-[/]" if value is None else escape(escaped(shown(value)))


def shown(value: Any) -> str:
    """A value in words; truth as SQL writes it."""
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
