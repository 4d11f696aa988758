"""What is kept of a corpus, as it was written: a second reading of the input."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from articles.errors import BadInput
from warehouse.corpora.chunks import JSON_LINES, is_parquet, numbered_lines
from warehouse.corpora.workspace import Workspace
from warehouse.replace import made_whole


def check_kept(paths: Sequence[Path], output: Path) -> None:
    """Rows stay as they are, so that they go to a file of the kind that they come from."""
    name = output.name.lower()
    if not name.endswith((*JSON_LINES, ".parquet")):
        raise BadInput(f"ends in none of {', '.join((*JSON_LINES, '.parquet'))}", url=str(output))
    if any(is_parquet(path) != name.endswith(".parquet") for path in paths):
        raise BadInput("rows are kept as they are: Parquet goes to Parquet, JSON lines to JSON lines", url=str(output))
    if not output.absolute().parent.is_dir():
        raise BadInput("there is no such folder to write to", url=str(output))


def write_kept(paths: Sequence[Path], work: Workspace, output: Path) -> None:
    """Write the rows that are kept, in the order of the input; the file appears when it is whole."""
    keep = bytearray(work.count)
    for (n,) in work.stream("SELECT n FROM results WHERE keep"):
        keep[n] = 1
    with made_whole(output) as unfinished:
        if output.name.lower().endswith(".parquet"):
            kept_parquet(paths, keep, unfinished)
        else:
            kept_lines(paths, keep, unfinished, output.suffix.lower())


def kept_lines(paths: Sequence[Path], keep: bytearray, output: Path, suffix: str) -> None:
    """The lines themselves."""
    n = 0
    with packed(output, suffix) as file:
        for path in paths:
            for _, line in numbered_lines(path):
                if keep[n]:
                    file.write(line if line.endswith(b"\n") else line + b"\n")
                n += 1


@contextmanager
def packed(path: Path, suffix: str) -> Iterator[IO[bytes] | Any]:
    """A file to write to, compressed as its name's ending says."""
    with path.open("wb") as raw:
        if suffix == ".gz":
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
                yield file
        elif suffix == ".zst":
            with zstandard.ZstdCompressor().stream_writer(raw) as file:
                yield file
        else:
            yield raw


def kept_parquet(paths: Sequence[Path], keep: bytearray, output: Path) -> None:
    """The rows in the columns of the first file."""
    n = 0
    schema = pq.read_schema(paths[0])
    with pq.ParquetWriter(output, schema, compression="zstd") as writer:
        for path in paths:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=10_000):
                    mask = pa.array([bool(flag) for flag in keep[n : n + len(batch)]])
                    try:
                        writer.write_table(pa.Table.from_batches([batch]).filter(mask).cast(schema))
                    except (pa.ArrowException, ValueError) as error:
                        raise BadInput(f"its columns are not those of {paths[0]}: {error}", url=str(path)) from error
                    n += len(batch)
