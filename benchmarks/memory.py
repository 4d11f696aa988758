"""How much memory a worker takes over thousands of pages: `python -m benchmarks.memory`."""

import logging
from itertools import cycle, islice
from pathlib import Path

import typer
from rich.console import Console

from articles.errors import BadPage
from articles.extract import extract
from articles.model import Page
from benchmarks.pages import FETCHED_AT, samples

WARM = 1_000
"""Pages after which tables, models and caches are full."""

out = Console()


def resident() -> float:
    """Megabytes of this process that are in memory."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def main(pages: int = 10_000) -> None:
    """Extract so many pages in one process, and tell how it grew after the first thousand."""
    logging.disable(logging.CRITICAL)
    name, found = samples()
    warm = 0.0
    for number, sample in enumerate(islice(cycle(found), pages)):
        if number == WARM:
            warm = resident()
        try:
            extract(Page(sample.url, sample.body, FETCHED_AT))
        except BadPage:
            continue
    out.print(f"{pages} extractions of {name}: {warm:.0f} MB after {WARM}, {resident():.0f} MB at the end")


if __name__ == "__main__":
    typer.run(main)
