"""Rows to files: JSON lines, plain or compressed, and Parquet."""

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from articles.errors import BadInput
from warehouse.replace import made_whole

Write = Callable[[dict[str, Any]], None]

TEXT = pa.string()
PARQUET = pa.schema(
    [
        *((name, TEXT) for name in ("id", "url", "title", "description")),
        *((name, pa.list_(TEXT)) for name in ("authors", "agencies")),
        *(
            (name, TEXT)
            for name in (
                "published_at",
                "published_date",
                "published_precision",
                "modified_at",
                "language",
                "section",
            )
        ),
        ("tags", pa.list_(TEXT)),
        ("text_status", TEXT),
        ("word_count", pa.int64()),
        ("image_url", TEXT),
        ("text", TEXT),
        (
            "photos",
            pa.list_(pa.struct([(name, TEXT) for name in ("caption", "credit", "agency", "alt", "url")])),
        ),
        (
            "removed_text",
            pa.list_(pa.struct([("position", pa.int64()), *((name, TEXT) for name in ("kind", "rule", "text"))])),
        ),
        ("live_updates", pa.list_(pa.struct([(name, TEXT) for name in ("published_at", "title", "text")]))),
        ("extractor", TEXT),
        ("rejected", TEXT),
        ("detail", TEXT),
    ]
)
ROW_GROUP = 1_000


@contextmanager
def writing(path: Path, schema: pa.Schema = PARQUET) -> Iterator[Write]:
    """Write rows to a file whose name says the format; it appears under its name when it is whole."""
    check_output(path)
    name = path.name.lower()
    with (
        made_whole(path) as unfinished,
        parquet_rows(unfinished, schema) if name.endswith(".parquet") else json_rows(unfinished, name) as write,
    ):
        yield write


def check_output(path: Path) -> None:
    """Refuse a name that says no format."""
    if not path.name.lower().endswith((".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")):
        raise BadInput("output ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet", url=str(path))


def refuse_input(output: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write over a file that is read."""
    if output.exists() and any(path.exists() and path.samefile(output) for path in inputs):
        raise BadInput("it is an input, and would be written over: name another output", url=str(output))


@contextmanager
def json_rows(path: Path, name: str) -> Iterator[Write]:
    """JSON lines, compressed as the name says."""
    with path.open("wb") as file:
        packed: Any = file
        if name.endswith(".gz"):
            packed = gzip.GzipFile(fileobj=file, mode="wb", mtime=0)
        elif name.endswith(".zst"):
            packed = zstandard.ZstdCompressor().stream_writer(file)
        with io.TextIOWrapper(packed, encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
            yield lambda row: void(lines.write(json.dumps(row, ensure_ascii=False) + "\n"))


def void(_: object) -> None:
    """Drop an answer nobody asked for."""


@contextmanager
def parquet_rows(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Parquet in row groups, so that memory stays flat."""
    waiting: list[dict[str, Any]] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(row: dict[str, Any]) -> None:
            waiting.append(row)
            if len(waiting) >= ROW_GROUP:
                writer.write_table(pa.Table.from_pylist(waiting, schema=schema))
                waiting.clear()

        yield write
        if waiting:
            writer.write_table(pa.Table.from_pylist(waiting, schema=schema))
