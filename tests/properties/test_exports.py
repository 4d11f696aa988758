"""Cells of CSV that no spreadsheet takes for a formula, and exports whose manifests are true, whatever is asked."""

import csv
import hashlib
import io
import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.exports import FIRST, exported, files, outcome, published
from warehouse.exports.cells import DANGEROUS, guarded, line, unguarded
from warehouse.exports.folder import MANIFEST
from warehouse.home import Home

COUNT = 20

ODD = st.text(st.sampled_from([*DANGEROUS, *"'\";,| ab", "\u2028", "é"]), max_size=12)
TEXTS = st.one_of(ODD, st.text(max_size=40))


def as_a_spreadsheet_splits(raw: str, separator: str) -> list[str]:
    """The cells of one that is set to another separator, and sees no quotes but those at a cell's beginning."""
    return [part for row in re.split("[\r\n]+", raw) for part in row.split(separator)]


@given(TEXTS)
@example("'=1")
@example("''\t'@\r\n-x")
def test_a_cell_can_be_given_back_and_begins_with_nothing_dangerous(text: str) -> None:
    safe = guarded(text)
    assert safe[:1] not in {*DANGEROUS}
    assert unguarded(safe) == text
    if not re.search(f"(^|[;\t\r\n])'*[{re.escape(DANGEROUS)}]", text):
        assert safe == text


@given(st.lists(TEXTS, min_size=1, max_size=5))
@example(['x;=HYPERLINK("http://evil.example")'])
@example(["list:\n- one\n=2"])
def test_no_separator_makes_a_formula_of_what_stands_inside_a_cell(texts: list[str]) -> None:
    raw = line(texts)
    for separator in ";\t":
        for cell in as_a_spreadsheet_splits(raw, separator):
            assert cell[:1] not in {*DANGEROUS}
    (read,) = csv.reader(io.StringIO(raw, newline=""), strict=True)
    assert [unguarded(cell) for cell in read] == texts


@given(st.lists(st.one_of(st.none(), st.just(""), st.booleans(), st.integers(), st.lists(ODD)), min_size=2))
def test_nothing_differs_from_an_empty_text(values: list[Any]) -> None:
    raw = line(values)
    assert len(next(csv.reader(io.StringIO(raw, newline=""), strict=True))) == len(values)
    assert raw == ",".join(line([value]).removesuffix("\r\n") for value in values) + "\r\n"
    assert (line([None]), line([""])) == ("\r\n", '""\r\n')


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("exported")
    (root / "hemeroteca.toml").touch()
    return published(Home(root), [outcome(number) for number in range(COUNT)])


DAYS = st.one_of(st.none(), st.integers(0, 50).map(lambda days: (FIRST + timedelta(days=days)).date()))


@settings(max_examples=25)
@given(
    form=st.sampled_from(["parquet", "jsonl", "jsonl.gz", "jsonl.zst", "csv"]),
    sources=st.sets(st.sampled_from(["courier", "tagblatt", "1843"])),
    days=st.tuples(DAYS, DAYS).filter(lambda days: None in days or days[0] <= days[1]),
    languages=st.sets(st.sampled_from(["de", "en", "fr"])),
    without_text=st.booleans(),
    unique=st.booleans(),
)
def test_the_manifest_agrees_with_the_files(archive: Home, form: str, days: Any, **asked: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asked |= {name: tuple(asked[name]) for name in ("sources", "languages")}
        done = exported(archive, Path(folder), form, first_day=days[0], last_day=days[1], **asked).manifest
        held = {name: raw for name, raw in files(Path(folder)).items() if name != MANIFEST}
        assert {file["path"]: file["sha256"] for file in done["files"]} == {
            name: hashlib.sha256(raw).hexdigest() for name, raw in held.items()
        }
        assert done["totals"] == {
            "files": len(held),
            "rows": done["articles"],
            "bytes": sum(map(len, held.values())),
        }
        if form == "jsonl":
            lines = [len(raw.splitlines()) for raw in held.values()]
            assert lines == [file["rows"] for file in done["files"]]
        assert all(file["rows"] for file in done["files"])
