"""`make bench-copies`: how well and how fast copies are found, beside the field's tools, in one run."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from articles.similarity import CONTRADICTION
from benchmarks.copies import ours, stream
from benchmarks.copies.labelled import STORIES, Score, Story, score, stories
from benchmarks.copies.peers import PEERS, THRESHOLDS, Similarities

Answer = TypeVar("Answer")

out = Console(width=120)


def timed(work: Callable[[Sequence[str]], Answer], texts: Sequence[str]) -> tuple[Answer, float]:
    """What a tool finds, and articles a second of CPU time."""
    began = time.process_time()
    answer = work(texts)
    return answer, len(texts) / (time.process_time() - began)


def at_its_best(texts: Sequence[Story], found: Similarities) -> tuple[float, Score]:
    """The threshold that gives a peer its best F1, tuned on the very set that it is measured on."""
    scores = [(t, score(texts, [pair for pair, alike in found.items() if alike >= t])) for t in THRESHOLDS]
    return max(scores, key=lambda item: item[1].f1)


def add(table: Table, name: str, at: str, found: Score, rate: float) -> None:
    """A row of the table."""
    kind, recall = found.worst
    figures = (found.f1, found.precision, found.recall, found.ari)
    table.add_row(name, at, *(f"{figure:.4f}" for figure in figures), f"{kind} {recall:.3f}", f"{rate:.0f}")


def main(labelled: Annotated[Path, typer.Option(help="The labelled copies.")] = STORIES, articles: int = 4_000) -> None:
    """Measure quality on the labelled copies, where they are there, then a stream."""
    if labelled.is_file():
        texts = stories(labelled)
        written = [text.text for text in texts]
        table = Table("", "threshold", "F1", "precision", "recall", "ARI", "least found", "articles/s")
        edges, rate = timed(ours.edges, written)
        add(table, "hemeroteca", "-", score(texts, edges), rate)
        for name, peer in PEERS.items():
            found, rate = timed(peer, written)
            threshold, best = at_its_best(texts, found)
            add(table, name, f"{threshold:.3f}", best, rate)
        out.print(table)
        pairs = ours.judged(texts)
        for family, (limit, found_) in ours.left_out(texts, pairs).items():
            out.print(f"tuned without {family}: limit {limit:.2f}, F1 {found_.f1:.4f}, ARI {found_.ari:.4f}")
        told = Table("contradiction", "least", "most", title=f"the limit is {CONTRADICTION}", title_justify="left")
        for name, (least, most) in ours.margins(texts, pairs).items():
            told.add_row(name, f"{least:.2f}", f"{most:.2f}")
        out.print(told)
    else:
        out.print(f"no labelled copies at {labelled}: quality is not measured")
    done = stream.measure(articles)
    out.print(
        f"signatures and verification of articles of {stream.WORDS} words on {stream.CORES} cores: "
        f"{done.wall:.0f} articles/s by the clock, {done.cpu:.0f} by CPU time"
    )


if __name__ == "__main__":
    typer.run(main)
