"""The files of one deduplication: a DuckDB database that spills to disk, and the texts, packed one by one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from articles.errors import BadInput
from warehouse.corpora.signing import Signed
from warehouse.database import OFFLINE
from warehouse.store import sql

MEMORY = "1500MB"
"""What DuckDB may take; beyond it spills. With two workers and the clusters the whole stays below 4 GB."""

BATCH = 20_000
"""Documents that are put in at a time."""

DOCUMENTS = pa.schema(
    [
        ("n", pa.uint32()),
        ("file", pa.uint32()),
        ("number", pa.uint32()),
        ("id", pa.string()),
        ("key", pa.binary()),
        ("published", pa.timestamp("us")),
        ("length", pa.uint32()),
        ("domain", pa.string()),
        ("low", pa.binary()),
        ("high", pa.binary()),
        ("place", pa.uint64()),
        ("size", pa.uint32()),
    ]
)
POSTINGS = pa.schema([("n", pa.uint32()), ("shingle", pa.uint64())])


@contextmanager
def workspace(beside: Path) -> Iterator["Workspace"]:
    """A workspace in a folder of its own beside the output, gone afterwards."""
    try:
        folder = TemporaryDirectory(prefix=".dedup-", dir=beside)
    except OSError as error:
        raise BadInput(f"cannot write there: {error.strerror}", url=str(beside)) from error
    with folder as name, Workspace(Path(name)) as opened:
        yield opened


class Workspace:
    """Takes signed documents in, and answers in SQL."""

    def __init__(self, folder: Path) -> None:
        self.texts = folder / "texts"
        self._file = self.texts.open("wb")
        self.connection = duckdb.connect(folder / "work.duckdb", config=dict(OFFLINE))
        self.connection.execute(f"SET memory_limit = '{MEMORY}'")
        self.connection.execute("SET preserve_insertion_order = false")
        self.run("documents.sql")
        self.paths: list[Path] = []
        self.count = 0
        self._written = 0
        self._documents: list[list[Sequence[Any]]] = []
        self._owners: list[int] = []
        self._shingles: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self.connection.close()

    def run(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """Run one of this package's `.sql` files."""
        self.connection.execute(sql(f"corpora/{name}"), parameters)

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self.connection.execute(query, parameters).fetchall()

    def record(self, name: str) -> dict[str, Any]:
        """The one row that a `.sql` file answers, by its columns' names."""
        answer = self.connection.execute(sql(f"corpora/{name}"))
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchone() or (), strict=True))

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a query answers, some rows at a time; meanwhile others may be written."""
        cursor = self.connection.cursor()
        cursor.execute(query)
        while rows := cursor.fetchmany(BATCH):
            yield from rows

    def add(self, signed: Signed) -> None:
        """Take some documents in."""
        if not self.paths or self.paths[-1] != signed.path:
            self.paths.append(signed.path)
        first = self.count
        self.count += len(signed.ids)
        self._documents.append(self._columns(signed, range(first, self.count)))
        self._owners += [n for n, sample in enumerate(signed.samples, first) for _ in sample]
        self._shingles += chain.from_iterable(signed.samples)
        if self.count - self._written >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._documents:
            whole = [list(chain.from_iterable(parts)) for parts in zip(*self._documents, strict=True)]
            self.insert("documents", whole, DOCUMENTS)
            self.insert("postings", [self._owners, self._shingles], POSTINGS)
        self._documents, self._owners, self._shingles = [], [], []
        self._written = self.count
        self._file.flush()

    def insert(self, table: str, columns: Sequence[Sequence[Any]], schema: pa.Schema) -> None:
        """Append columns to a table."""
        arrow = pa.table([pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema)
        self.connection.register("incoming", arrow)
        self.connection.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')  # noqa: S608 - a name of ours
        self.connection.unregister("incoming")

    def _columns(self, signed: Signed, numbers: range) -> list[Sequence[Any]]:
        """A chunk's columns in the order of `DOCUMENTS`; its texts go to their file."""
        count = len(signed.ids)
        places = []
        for packed in signed.packed:
            places.append(self._file.tell())
            self._file.write(packed)
        return [
            numbers,
            [len(self.paths) - 1] * count,
            signed.numbers,
            signed.ids,
            signed.keys,
            signed.published,
            signed.lengths,
            signed.domains,
            signed.lows,
            signed.highs,
            places,
            [len(packed) for packed in signed.packed],
        ]
