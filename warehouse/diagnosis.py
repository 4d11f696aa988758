"""Says what is wrong with an archive, its warehouse and its published copy, and what to do. Changes nothing."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import duckdb
import pyarrow as pa

from articles.errors import Busy, Damaged, HemerotecaError
from warehouse.archive import manifests
from warehouse.database import REBUILD
from warehouse.home import Home
from warehouse.inspection import Inspected, inspect_archive
from warehouse.lines import Line, read_lines
from warehouse.loading import marks
from warehouse.mark import Mark, checksum_of, read_mark
from warehouse.reader import open_published
from warehouse.search.condition import search_faults
from warehouse.store import Store, content_hash, generation, opened

Part = Literal["archive", "warehouse", "published", "search"]

ADVICE: dict[Part, str] = {
    "archive": "what it hit is lost; the rest is whole. Restore the file from a copy if you have one, then rebuild",
    "warehouse": "hemeroteca rebuild",
    "published": "hemeroteca rebuild, or any run that publishes",
    "search": "hemeroteca rebuild --search",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    part: Part
    what: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE[self.part]


def diagnose(home: Home, seen: Inspected) -> Iterator[Finding]:
    """Every finding; the archive is read whole, the warehouse too."""
    for damage in inspect_archive(home.archive, seen):
        yield Finding("archive", str(damage))
    for what in warehouse_faults(home):
        yield Finding("warehouse", what)
    broken = published_faults(home)
    for what in broken:
        yield Finding("published", what)
    if home.published.exists() and not broken:
        for what in search_faults(home):
            yield Finding("search", what)


def warehouse_faults(home: Home) -> list[str]:
    """What is wrong with the writer's database."""
    try:
        mark = read_mark(home)
        if mark is None and not home.warehouse.exists():
            if home.published.exists():
                return [f"{home.warehouse} is missing, and {home.published} was made of one. {REBUILD}"]
            return []  # nothing was loaded yet
        with opened(home) as store:
            faults = [*changed_bytes(home, mark), *unreadable(store)]
            return faults or [*store_faults(store), *missing_captures(home, store), *lost_lines(home, store)]
    except Busy:
        raise
    except HemerotecaError as error:
        return [str(error)]


def changed_bytes(home: Home, mark: Mark | None) -> Iterator[str]:
    """Whether the file is, byte for byte, what was published last; only asked when nothing was loaded since."""
    if mark is not None and mark.checksum is not None and checksum_of(home.warehouse) != mark.checksum:
        yield f"{home.warehouse} is not what was written: its bytes have changed since it was published"


def unreadable(store: Store) -> Iterator[str]:
    """Whether every value of every table can be read."""
    for (name,) in store.rows("SELECT table_name FROM duckdb_tables() ORDER BY ALL"):
        try:
            store.connection.table(str(name)).aggregate("count(*), bit_xor(hash(COLUMNS(*)))").fetchall()
        except duckdb.Error as error:
            yield f"table {name} cannot be read: {str(error).splitlines()[0]}"
            return


def store_faults(store: Store) -> Iterator[str]:
    """What `checks.sql` finds."""
    for check, key in store.broken_checks():
        yield f"{check}: {key}"


def missing_captures(home: Home, store: Store) -> Iterator[str]:
    """Acknowledged captures that should have been loaded, and are not there."""
    reached = marks(store)
    keys = [
        line.row["capture_id"]
        for path in manifests(home.archive)
        for line in read_lines(path)
        if isinstance(line, Line) and line.end <= reached.get(path.name, 0)
    ]
    store.connection.register("acknowledged", pa.table({"capture_id": pa.array(keys, pa.string())}))
    rows = store.rows("SELECT capture_id FROM acknowledged WHERE capture_id NOT IN (SELECT capture_id FROM captures)")
    store.connection.unregister("acknowledged")
    for (key,) in rows:
        yield f"the archive holds capture {key}, and the warehouse does not"


def lost_lines(home: Home, store: Store) -> Iterator[str]:
    """Manifests and journals that are shorter than what was loaded from them."""
    folders = (home.archive / "segments", home.archive / "journal")
    sizes = {path.name: path.stat().st_size for folder in folders for path in folder.glob("*.jsonl")}
    for name, reached in marks(store).items():
        if sizes.get(name, 0) < reached:
            yield f"{name} of the archive holds {sizes.get(name, 0)} bytes, and {reached} were loaded from it"


def published_faults(home: Home) -> list[str]:
    """What is wrong with the copy that readers open."""
    if not home.published.exists():
        return []
    try:
        with open_published(home) as connection:
            connection.execute("USE hemeroteca")
            copied, digest = generation(connection), content_hash(connection)
    except (Damaged, duckdb.Error) as error:
        return [f"{home.published}: {str(error).splitlines()[0]}"]
    if not home.warehouse.exists():  # to open it would make one
        return []
    with suppress(Damaged), opened(home) as store:  # what is wrong with the warehouse is told of the warehouse
        if generation(store.connection) == copied and store.content_hash() != digest:
            return [f"{home.published} does not hold what was published"]
    return []
