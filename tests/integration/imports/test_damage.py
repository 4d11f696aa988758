"""A file cut short or with flipped bits: an import loses the records that were hit, and says so."""

import random
from pathlib import Path

import pytest

from flows.importing import import_files
from flows.request import ImportRequest
from flows.run import Run
from flows.settings import load_settings
from tests.warcs import address, numbered, packed, page
from warehouse.archive import manifests, read_payload
from warehouse.captures import Entry
from warehouse.diagnosis import diagnose
from warehouse.home import Home
from warehouse.inspection import Inspected
from warehouse.lines import Line, read_lines

PAGES = 60
MEMBERS = [packed(numbered(number)) for number in range(PAGES)]
NUMBERS = {address(number): number for number in range(PAGES)}
STARTS = [sum(map(len, MEMBERS[:number])) for number in range(PAGES + 1)]


def hit(position: int) -> int:
    """The record that a byte belongs to."""
    return next(number for number in range(PAGES) if STARTS[number + 1] > position)


def archived(home: Home) -> dict[int, bytes]:
    lines = (line for path in manifests(home.archive) for line in read_lines(path))
    entries = [Entry.from_row(line.row) for line in lines if isinstance(line, Line)]
    return {NUMBERS[e.final_url]: read_payload(home.archive, e) for e in entries}


@pytest.mark.parametrize("archive", ["copy", "reference"])
def test_flipped_bits_cost_the_records_they_hit(home: Home, tmp_path: Path, archive: str) -> None:
    chance = random.Random(20261123)
    content = bytearray(b"".join(MEMBERS))
    places = [chance.randrange(len(content)) for _ in range(6)]
    for place in places:
        content[place] ^= 1 << chance.randrange(8)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(content)
    run = Run(home, load_settings(home), "import", {})
    taken = import_files(run, ImportRequest((path,), archive="reference" if archive == "reference" else "copy"))
    found = archived(home)
    lost = set(range(PAGES)) - found.keys()
    assert lost <= {hit(place) for place in places}
    assert taken.reasons["damaged"] >= len(lost) > 0
    assert all(str(path) in str(told) and "offset" in str(told) for told in taken.unreadable)
    assert all(body == page(number) for number, body in found.items())
    assert list(diagnose(home, Inspected())) == []


def test_a_file_cut_short_costs_its_last_record(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(MEMBERS)[: STARTS[-2] + 40])
    taken = import_files(Run(home, load_settings(home), "import", {}), ImportRequest((path,)))
    assert archived(home).keys() == set(range(PAGES - 1))
    assert taken.reasons == {"damaged": 1}
