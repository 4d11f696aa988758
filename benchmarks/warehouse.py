"""A large archive as its readers and its writer find it: size, publication, the 25 questions, a day's load, search.

    python -m benchmarks.warehouse --articles 1000000 --fts FOLDER

FOLDER is where `pip install --target FOLDER duckdb-extension-fts` put DuckDB's own extension. The texts are those of
`benchmarks.searching`; what hangs on them is told in `archive.sql`.
"""

import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import typer
from rich.console import Console

from benchmarks.archive import A_DAY, FIRST_DAY
from benchmarks.linking import load
from benchmarks.pages import CORPUS
from benchmarks.searching import Size, ask, filled, pool, timed, with_fts
from tests.docs.queries_page import questions
from warehouse.home import SETTINGS_FILE, Home
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.search.index import bring_up

out = Console(width=120)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "queries.md"
PAPERS = re.compile(r"'(?:courier|tagblatt|meridian)'")
"""The newspapers of the demo, which the questions name; here one of fifty stands for each."""

ROUNDS = 3


def main(
    articles: int = 20_000, searches: int = 100, fts: Path | None = None, corpus: Path = CORPUS, seed: int = 7
) -> None:
    """Make an archive of so many articles, and measure."""
    chance, texts = random.Random(seed), pool(corpus)  # noqa: S311 - the same articles each time
    with tempfile.TemporaryDirectory(prefix="hemeroteca-bench-") as folder:
        home = Home(Path(folder))
        (home.root / SETTINGS_FILE).touch()
        published(home, articles, filled(home, texts, chance, 0, articles))
        took = timed(lambda: bring_up(home))
        out.print(f"search index made in {took:.0f} s, {articles / took:.0f} articles/s")
        asked(home)
        loaded(home, articles)
        ask(home, texts, chance, searches)
        if fts is not None:
            with_fts(home, texts, chance, fts)


def published(home: Home, articles: int, size: Size) -> None:
    """How large the copy is, and how long it takes to publish, beside `cp`."""
    publish(home, "bench", "0", FIRST_DAY)
    held = home.published.stat().st_size
    out.print(
        f"{articles} articles, {size.raw / articles / 1024:.1f} KB of text each; the copy has {held >> 20} MB, "
        f"[bold]{held / size.gzip:.2f}[/] of the texts under gzip"
    )
    ours, copied, synced = [], [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: publish(home, "bench", "0", FIRST_DAY)))
        copied.append(timed(lambda: command("cp", home.warehouse, home.work / "copied")))
        synced.append(copied[-1] + timed(lambda: command("sync", home.work / "copied")))
        (home.work / "copied").unlink()
    out.print(
        f"published in {median(ours):.2f} s; cp takes {median(copied):.2f} s, {median(synced):.2f} s with sync: "
        f"ratios [bold]{median(ours) / median(copied):.2f}[/] and {median(ours) / median(synced):.2f}"
    )


def command(*words: object) -> None:
    """Run a program of the machine's."""
    subprocess.run([str(shutil.which(str(words[0]))), *map(str, words[1:])], check=True)  # noqa: S603 - words of ours


def asked(home: Home) -> None:
    """The questions of `docs/queries.md`: the first answer of each, and the best of three."""
    slowest: list[tuple[float, float, str]] = []
    for question in questions(PAPERS.sub("'paper7'", PAGE.read_text("utf-8"))):
        with open_published(home) as connection:
            answer: Callable[[], object] = lambda: question.ask(connection)  # noqa: B023, E731
            first = timed(answer)
            slowest.append((min(timed(answer) for _ in range(ROUNDS)), first, f"{question.number}. {question.title}"))
    slowest.sort(reverse=True)
    over = sum(best > 1 for best, _, _ in slowest)
    out.print(f"{len(slowest)} questions, [bold]{over} of them take over a second[/]; the slowest:")
    for best, first, title in slowest[:8]:
        out.print(f"  {best:.2f} s ({first:.2f} s the first time)  {title}")


def loaded(home: Home, articles: int) -> None:
    """A day's articles: their load, and what it takes to publish and index them; `benchmarks.linking` compares them."""
    last = FIRST_DAY + timedelta(days=articles // A_DAY)
    took = [load(home, A_DAY, last + timedelta(days=n), n) for n in range(ROUNDS + 1)][1:]  # caches are warm after one
    publication = timed(lambda: publish(home, "bench", "0", FIRST_DAY))
    index = timed(lambda: bring_up(home))
    out.print(
        f"1,000 articles more: loaded in [bold]{median(took):.2f} s[/]; of {A_DAY * (ROUNDS + 1)}, "
        f"publication {publication:.2f} s, search index {index:.2f} s"
    )


if __name__ == "__main__":
    typer.run(main)
