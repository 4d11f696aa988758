"""`extract`: pages to rows, without an archive."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import zstandard

from examples.newspapers.expected import articles
from examples.newspapers.server import Server
from examples.newspapers.site import respond
from flows.commands.demo import demo_home
from tests.end_to_end.command import hemeroteca

PAGES = 12


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of the invented newspapers as JSON lines, and a line that cannot be read."""
    path = tmp_path_factory.mktemp("pages") / "in.jsonl"
    lines: list[dict[str, Any]] = []
    for url in list(articles(1))[:PAGES]:
        host, _, rest = url.split("://")[1].partition("/")
        html = respond(host, f"/{rest}", 1).body.decode("utf-8")
        lines.append({"id": f"n{len(lines)}", "url": url, "html": html, "fetched_at": "2026-11-20T12:00:00Z"})
    lines.insert(3, {"id": "bad", "url": "mailto:x@y.example", "html": "<p>"})
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return found
    text = {".gz": gzip.decompress, ".zst": lambda raw: zstandard.ZstdDecompressor().decompressobj().decompress(raw)}
    return [json.loads(line) for line in text.get(path.suffix, bytes)(data).decode().splitlines()]


def test_rows_come_in_order_for_any_number_of_workers_and_any_format(inputs: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl.zst"
    hemeroteca("extract", "--input", inputs, "--output", one, "--workers", 1)
    hemeroteca("extract", "--input", inputs, "--output", two, "--workers", 2)
    rows = read(one)
    assert rows == read(two)
    assert [row["id"] for row in rows] == ["n0", "n1", "n2", "in.jsonl line 4", *(f"n{n}" for n in range(3, PAGES))]
    assert rows[3]["rejected"] == "bad-url"
    parquet = tmp_path / "three.parquet"
    hemeroteca("extract", "--input", inputs, "--output", parquet)
    assert [(row["id"], row["text"]) for row in read(parquet)] == [(row["id"], row.get("text")) for row in rows]


def test_shards_are_the_whole(inputs: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f"{n}.jsonl.gz" for n in (1, 2)]
    for n, part in enumerate(parts, start=1):
        hemeroteca("extract", inputs, "--output", part, "--shard", f"{n}/2", "--workers", 1)
    ids = [row["id"] for part in parts for row in read(part)]
    assert sorted(ids) == sorted(["in.jsonl line 4", *(f"n{n}" for n in range(PAGES))])


def test_bad_words_are_named(inputs: Path, tmp_path: Path) -> None:
    assert "3/2" in hemeroteca("extract", inputs, "--shard", "3/2", code=4).stderr
    assert "out.csv" in hemeroteca("extract", inputs, "--output", tmp_path / "out.csv", code=4).stderr
    assert "nowhere.jsonl" in hemeroteca("extract", tmp_path / "nowhere.jsonl", code=4).stderr


def test_a_url_is_fetched_under_the_guard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(edition=1) as server:
        home = demo_home(tmp_path / "papers", server)
        monkeypatch.chdir(home.root)
        url = next(url for url in articles(1) if "courier" in url)
        told = hemeroteca(
            "extract", url, "http://127.0.0.1:9/secret", "http://meridian.example/members/letters?id=9001"
        )
    rows = {row["id"]: row for row in map(json.loads, told.stdout.splitlines())}
    assert rows[url]["title"] == articles(1)[url].title
    assert rows["http://127.0.0.1:9/secret"]["rejected"] == "guard"
    assert rows["http://meridian.example/members/letters?id=9001"]["rejected"] == "robots"
