"""Answers on a screen: a table that fits it, cut where it does not, and what was cut in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from articles.cleaning import escaped
from flows.answers import Answer, Block
from flows.console import say_table

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


def say_page(out: Console, shown: Page) -> str:
    """Draw a table no wider than the screen; how many rows and columns there are, and how many of them it shows."""
    if shown.head == ["explain_key", "explain_value"]:
        for _, plan in shown.rows:
            out.print(escape(escaped(plan)), highlight=False, no_wrap=True, overflow="crop")
        return "a plan"
    names = [one_line(name, out.width) for name in shown.head]
    cells = [[one_line(value, out.width) for value in row] for row in shown.rows]
    natural = [max([1, cell_len(name), *(cell_len(row[number]) for row in cells)]) for number, name in enumerate(names)]
    widths = fitting(natural, out.width - 1)
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
    return counts(shown, len(widths))


def say_blocks(answer: Answer) -> int:
    """All rows, in a table a block: where no screen is to be fitted, nothing is cut; the number of rows."""
    total = 0
    for rows in answer.blocks:
        say_table(None, answer.head, rows)
        total += len(rows)
    if not total:
        say_table(None, answer.head, ())
    return total


def one_line(value: Any, width: int) -> str:
    """A value on one line, no longer than a screen needs it to be."""
    if value is None:
        return "-"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    # A line may hold four times its width where characters take no cell of their own.
    return escaped(str(value)[: 4 * width]).replace("\n", "\\n")


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
    total = f"more than {shown.total:,}" if shown.more else f"{shown.total:,}"
    rows = f"{total} rows" if len(shown.rows) == shown.total else f"{len(shown.rows):,} of {total} rows"
    return rows if columns == len(shown.head) else f"{rows}, {columns} of {len(shown.head)} columns"
