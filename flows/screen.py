"""Answers on a screen: a table that fits it, cut where it does not, and what was cut in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from articles.cleaning import escaped
from flows.answers import Answer, Block
from flows.console import out, say_table
from flows.console import shown as in_words
from flows.counts import counted

ROWS = 100
"""Rows that a screen shows."""

COUNTED = 100_000
"""Rows beyond which they are no longer counted: half a second."""

NARROW = 8
"""Cells below which a column says little; where not all columns can have that, the last are left out."""

FRAME = 3
"""Cells that a column takes beside its own: its line, and a space on either side."""


@dataclass(frozen=True, slots=True)
class Page:
    """The beginning of an answer, and how much of it there is."""

    head: list[str]
    rows: Block
    total: int
    """Rows of the answer; with `more`, those that were counted."""
    more: bool


def page(answer: Answer) -> Page:
    """Read what a screen shows of an answer, and count the rest."""
    rows: Block = []
    total = 0
    for block in answer.blocks:
        if total < ROWS:
            rows.extend(block[: ROWS - total])
        total += len(block)
        if total >= COUNTED:
            return Page(answer.head, rows, total, more=True)
    return Page(answer.head, rows, total, more=False)


def say_page(out: Console, shown: Page, by_line: str = "--line") -> str:
    """Draw a table no wider than the screen; how many rows and columns there are, and how many of them it shows.

    A single row that does not fit is shown by its columns; `by_line` is what asks for that of others.
    """
    if shown.head == ["explain_key", "explain_value"]:
        for _, plan in shown.rows:
            out.print(escape(escaped(plan)), highlight=False, no_wrap=True, overflow="crop")
        return "a plan"
    names = [one_line(name, out.width) for name in shown.head]
    cells = [[one_line(value, out.width) for value in row] for row in shown.rows]
    natural = [max([1, cell_len(name), *(cell_len(row[number]) for row in cells)]) for number, name in enumerate(names)]
    widths = fitting(natural, out.width - 1)
    whole = widths == natural
    if not whole and shown.total == 1:
        return say_records(out, shown)
    table = Table(header_style="bold")
    for number, width in enumerate(widths):
        table.add_column(
            escape(names[number]),
            width=width,
            no_wrap=True,
            overflow="ellipsis",
            justify="right" if numeric(row[number] for row in shown.rows) else "left",
        )
    for row in cells:
        table.add_row(*map(escape, row[: len(widths)]))
    out.print(table)
    return counts(shown, len(widths)) + ("" if whole else f"; {by_line} shows all of each row")


def say_records(out: Console, shown: Page) -> str:
    """Write the rows of a page one under the other, a column a line, whole; how many rows there are."""
    for number, row in enumerate(shown.rows, start=1):
        say_record(out, shown.head, row, number if shown.total > 1 else None)
    return counts(shown, len(shown.head))


def say_record(out: Console, head: Sequence[str], row: Sequence[Any], number: int | None) -> None:
    """Write a row a column a line: texts run on beside the names, and as long as they are in a pipe."""
    if number is not None:
        out.print(f"[dim]── {number} ──[/]", highlight=False)
    values = [
        (escaped(name), "-" if value is None else escaped(in_words(value)))
        for name, value in zip(head, row, strict=True)
    ]
    if out.is_terminal:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", overflow="fold", max_width=out.width // 3)
        grid.add_column(overflow="fold")
        for name, value in values:
            grid.add_row(escape(name), escape(value))
        out.print(grid)
        return
    width = max(cell_len(name) for name, _ in values)
    for name, value in values:
        first, *further = value.split("\n")
        for label, line in ((name, first), *(("", line) for line in further)):
            padded = f"{label}{' ' * (width - cell_len(label))}  {line}"
            out.print(Text(padded.rstrip()), highlight=False, soft_wrap=True)


def say_blocks(answer: Answer, *, records: bool = False) -> int:
    """All rows where no screen is to be fitted, whole: a line each, in a table a block, or as records; how many."""
    total = 0
    for rows in answer.blocks:
        if records:
            for number, row in enumerate(rows, start=total + 1):
                say_record(out, answer.head, row, number)
        else:
            say_table(None, answer.head, [[value if value is None else one_line(value) for value in r] for r in rows])
        total += len(rows)
    if not total and not records:
        say_table(None, answer.head, ())
    return total


def one_line(value: Any, width: int | None = None) -> str:
    """A value on one line, no longer than a screen needs it to be."""
    if value is None:
        return "-"
    # A line may hold four times its width where characters take no cell of their own.
    return escaped(in_words(value)[: 4 * width if width else None]).replace("\n", "\\n")


def numeric(values: Iterable[Any]) -> bool:
    """Whether a column holds numbers alone."""
    held = [value for value in values if value is not None]
    return bool(held) and all(isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in held)


def fitting(natural: Sequence[int], room: int) -> list[int]:
    """Widths of the first columns that fit: narrow ones as they are, the wide ones share what is left evenly."""
    count = len(natural)
    while count > 1 and sum(min(width, NARROW) + FRAME for width in natural[:count]) > room:
        count -= 1
    widths = [0] * count
    left = room - FRAME * count
    for place, number in enumerate(sorted(range(count), key=lambda number: natural[number])):
        widths[number] = max(1, min(natural[number], left // (count - place)))
        left -= widths[number]
    return widths


def counts(shown: Page, columns: int) -> str:
    """How many rows and columns there are, and how many of them are shown, in words."""
    count = counted(shown.total, "row")
    total = f"more than {count}" if shown.more else count
    rows = total if len(shown.rows) == shown.total else f"{len(shown.rows):,} of {total}"
    return rows if columns == len(shown.head) else f"{rows}, {columns} of {len(shown.head)} columns"
