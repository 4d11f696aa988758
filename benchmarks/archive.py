"""An archive as years of loads leave it, made in SQL around given texts: what the benchmarks of the warehouse ask."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from itertools import islice

import pyarrow as pa

from warehouse.store import Store

FIRST_DAY = datetime(2023, 1, 1, tzinfo=UTC)
A_DAY = 1_000
CHUNK = 990
"""Articles that are written together, a day's: a multiple of 30 keeps copies beside their originals.

What is written in larger transactions is merged at a checkpoint later on, all at once.
"""

Text = tuple[str, str, str]
"""Language, title and text of an article."""


def fill(store: Store, texts: Iterator[Text], articles: int, first: int = 0) -> None:
    """Write so many articles and all that hangs on them, numbered from `first` on, a thousand a day."""
    statements = store.connection.extract_statements(files("benchmarks").joinpath("archive.sql").read_text("utf-8"))
    for start in range(first, first + articles, CHUNK):
        numbers = range(start, min(start + CHUNK, first + articles))
        rows = [(number, *text) for number, text in zip(numbers, islice(texts, len(numbers)), strict=True)]
        columns = [list(column) for column in zip(*rows, strict=True)]
        with store.transaction() as connection:
            connection.register("made", pa.table(columns, names=["number", "language", "title", "text"]))
            for statement in statements:
                connection.execute(statement, {"first": FIRST_DAY} if statement.named_parameters else None)
            connection.unregister("made")
