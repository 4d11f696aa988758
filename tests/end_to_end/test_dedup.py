"""`dedup`: a corpus to rows, in processes of its own."""

import json
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.end_to_end.command import hemeroteca
from tests.end_to_end.test_extract import read
from tests.unit.articles.pairs import pairs

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    texts = chain.from_iterable([*pairs("copies").values(), *pairs("lookalikes").values()])
    return [
        {
            "id": f"n{n:03}",
            "text": text,
            "published_at": DAY + timedelta(hours=n),
            "domain": "paper.example",
            "extra": n,
        }
        for n, text in enumerate(texts)
    ]


def test_formats_and_workers_make_no_difference(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    packed, columns = tmp_path / "in.jsonl.zst", tmp_path / "in.parquet"
    lines = "".join(json.dumps(row, default=datetime.isoformat) + "\n" for row in rows)
    packed.write_bytes(zstandard.compress(lines.encode()))
    pq.write_table(pa.Table.from_pylist(rows[::-1]), columns)
    one, two, three = tmp_path / "one.jsonl", tmp_path / "two.parquet", tmp_path / "three.jsonl.zst"
    kept_lines, kept_columns = tmp_path / "kept.jsonl.gz", tmp_path / "kept.parquet"
    hemeroteca("dedup", "--input", packed, "--output", one, "--workers", 1, "--write-kept", kept_lines)
    told = hemeroteca(
        "dedup", "--input", columns, "--output", two, "--workers", 2, "--write-kept", kept_columns, "--json"
    )
    hemeroteca("dedup", "--input", tmp_path / "in.*.zst", "--output", three, "--workers", 2)
    found = read(one)
    assert found == read(two) == read(three)
    keep = {row["id"] for row in found if row["keep"]}
    assert json.loads(told.stdout)["kept"] == len(keep)
    assert len({row["id"] for row in found} - keep) == sum(row["kind"] == "near" for row in found) / 2 > 25
    assert read(kept_lines) == [row for row in map(json.loads, lines.splitlines()) if row["id"] in keep]
    assert read(kept_columns) == [row for row in rows[::-1] if row["id"] in keep]


def test_bad_words_are_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "x"}\n{"id": 2}\n')
    good = ("--output", tmp_path / "out.jsonl")
    said = hemeroteca("dedup", "--input", tmp_path / "in.jsonl", *good, code=4).stderr
    assert "in.jsonl: line 2: no field 'text'; there are id" in said
    assert "nowhere.jsonl" in hemeroteca("dedup", "--input", tmp_path / "nowhere.jsonl", *good, code=4).stderr
    assert (
        "in.csv"
        in hemeroteca("dedup", "--input", tmp_path / "in.jsonl", "--output", tmp_path / "in.csv", code=4).stderr
    )
    kept = ("--write-kept", tmp_path / "kept.parquet")
    assert (
        "Parquet goes to Parquet" in hemeroteca("dedup", "--input", tmp_path / "in.jsonl", *good, *kept, code=4).stderr
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]
