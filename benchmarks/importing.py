"""`make bench-import`: import and extraction of a CC-NEWS-like file, beside bare trafilatura on the same records."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import trafilatura
import typer
from rich.console import Console
from rich.table import Table
from warcio.archiveiterator import ArchiveIterator

from benchmarks.ccnews import write
from flows.commands import extraction
from flows.commands.setup import make_home
from flows.importing import import_files
from flows.request import ImportRequest, Keep
from flows.run import Run
from flows.settings import load_settings
from warehouse.home import Home

CORES = 2
CHUNK = 20
"""Records that bare trafilatura takes at a time."""

out = Console(width=120)


@dataclass(frozen=True, slots=True)
class Measured:
    """One way through the file, in a process of its own."""

    wall: float
    parent: float
    """CPU seconds of the process itself."""
    workers: float
    """CPU seconds of its children."""
    peak: float
    """Megabytes of the process that were in memory at once."""


def main(records: int = 4_000, rounds: int = 2) -> None:
    """Measure every way in turn, so many times, and print each one's fastest round."""
    with tempfile.TemporaryDirectory(prefix="hemeroteca-bench-") as folder:
        path = Path(folder) / "ccnews.warc.gz"
        offsets = write(path, records)
        ways: dict[str, Callable[[], None]] = {
            "bare trafilatura": partial(bare, path, offsets),
            "extract to Parquet": partial(extracted, path, Path(folder)),
            "import, copy": partial(imported, path, "copy"),
            "import, reference": partial(imported, path, "reference"),
        }
        found = [{name: alone(work) for name, work in ways.items()} for _ in range(rounds)]
        show({name: min((one[name] for one in found), key=lambda one: one.wall) for name in ways}, records)


def show(found: dict[str, Measured], records: int) -> None:
    """Print the table."""
    table = Table(title=f"{records} records")
    for head in ("way", "pages/s", "ratio", "ms CPU a page", "parent", "workers", "ratio by CPU", "parent's peak MB"):
        table.add_column(head, justify="left" if head == "way" else "right")
    plain = found["bare trafilatura"]
    for name, one in found.items():
        own, theirs = one.parent * 1000 / records, one.workers * 1000 / records
        by_cpu = (plain.parent + plain.workers) / (one.parent + one.workers)
        speeds = f"{records / one.wall:.0f}", f"{plain.wall / one.wall:.2f}", f"{own + theirs:.1f}"
        table.add_row(name, *speeds, f"{own:.1f}", f"{theirs:.1f}", f"{by_cpu:.2f}", f"{one.peak:.0f}")
    out.print(table)


def alone(work: Callable[[], None]) -> Measured:
    """Carry out one way in a new process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=told, args=(work, there))
    process.start()
    there.close()
    measured: Measured = here.recv()
    process.join()
    return measured


def told(work: Callable[[], None], pipe: multiprocessing.connection.Connection) -> None:
    """Measure this process."""
    began = time.perf_counter()
    work()
    wall = time.perf_counter() - began
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    # Not `ru_maxrss`: a process inherits that from the one that started it.
    status = Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
    pipe.send(Measured(wall, own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime, peak))


def bare(path: Path, offsets: Sequence[int]) -> None:
    """Trafilatura over the records in two processes, which read them themselves."""
    chunks = [(path, offsets[at], min(CHUNK, len(offsets) - 1 - at)) for at in range(0, len(offsets) - 1, CHUNK)]
    with multiprocessing.get_context("spawn").Pool(CORES) as pool:
        pool.starmap(bare_chunk, chunks, chunksize=1)
        pool.close()
        pool.join()


def bare_chunk(path: Path, offset: int, count: int) -> None:
    """Some records of the file."""
    with path.open("rb") as file:
        file.seek(offset)
        for _, record in zip(range(count), ArchiveIterator(file), strict=False):
            url, body = record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
            trafilatura.bare_extraction(body, url=url, favor_precision=True, with_metadata=True)


def extracted(path: Path, folder: Path) -> None:
    """`hemeroteca extract --output x.parquet`."""
    extraction.run([str(path)], folder / "x.parquet", CORES, "1/1", False, None)


def imported(path: Path, archive: Keep) -> None:
    """`hemeroteca import` into an empty home."""
    with tempfile.TemporaryDirectory(prefix="hemeroteca-bench-") as folder:
        make_home(Path(folder), "bench@archive.example")
        home = Home(Path(folder))
        import_files(Run(home, load_settings(home), "import", {}), ImportRequest((path,), archive=archive))


if __name__ == "__main__":
    typer.run(main)
