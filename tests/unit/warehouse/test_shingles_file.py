"""The file of shingles is derived: whatever becomes of it, the next link makes it anew, and finds the same."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from articles.errors import Damaged
from tests.empty import empty
from tests.unit.warehouse.loads import STAMP, load
from tests.unit.warehouse.test_crowds import outcomes
from warehouse.home import Home
from warehouse.linking.link import link
from warehouse.linking.shingles import FILE
from warehouse.outcomes import Outcome
from warehouse.store import opened, sql

HEADERS, BLOCK = 12_288, 262_144
"""Bytes of a DuckDB file."""


def linked(home: Home, given: list[Outcome]) -> str:
    """Load and link; the warehouse hash."""
    load(home, given)
    with opened(home) as store:
        while link(store, STAMP).texts:
            pass
    with opened(home) as store:
        return store.content_hash()


def never_begun(path: Path) -> None:
    """Its tables were made, and the run killed before it said what it is."""
    path.unlink()
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS shingles")
        connection.execute(sql("linking/shingles.sql"))


def with_a_flipped_byte(block: int) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        assert len(raw) > HEADERS + block * BLOCK
        raw[HEADERS + block * BLOCK + 3_000] ^= 0xFF
        path.write_bytes(raw)

    return flip


@pytest.mark.parametrize("spoil", [never_begun, *map(with_a_flipped_byte, range(4))])
def test_a_file_that_is_spoilt_is_made_anew(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    given = outcomes()
    expected = linked(empty(tmp_path / "sound"), given)
    home = empty(tmp_path / "spoilt")
    linked(home, given[:60])
    spoil(home.workshop / FILE)
    assert linked(home, given[60:]) == expected


def test_a_failure_of_the_warehouse_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = empty(tmp_path)
    given = outcomes()
    linked(home, given[:60])
    before = (home.workshop / FILE).stat().st_ino
    monkeypatch.setattr("warehouse.linking.link.unknown", fail)
    with pytest.raises(Damaged):
        linked(home, given[60:])
    assert (home.workshop / FILE).stat().st_ino == before


def fail(*_: object) -> None:
    """What a warehouse that cannot be read raises."""
    raise duckdb.IOException("Could not read from file")
