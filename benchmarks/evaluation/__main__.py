"""`make eval`: how near ours and the field's extractors come to labelled pages, in one table and one run."""

import logging
import socket
import time
import warnings
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.evaluation import crossvalidation
from benchmarks.evaluation.labels import Label, corpus, invented
from benchmarks.evaluation.measures import Extraction, Score, Total, score, total
from benchmarks.evaluation.peers import TOOLS, Tool

out = Console(width=140)
COLUMNS = (
    "body F1",
    "precision",
    "recall",
    "residue",
    "caption",
    "credit",
    "title",
    "authors",
    "instant",
    "failed",
    "ms",
)


WARM = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A tool over a set of pages."""

    scores: list[Score]
    failed: int
    """Pages on which it raised; they count as empty."""
    milliseconds: float
    """CPU a page."""


def offline(*_: object, **__: object) -> None:
    """Stand in for name resolution: some extractors would fetch a page's pictures."""
    raise OSError("an extractor asked for the network")


def side_by_side(tools: dict[str, Tool], labels: list[Label]) -> dict[str, Run]:
    """Let all tools read each page, one after the other: what slows the machine down for a while slows all of them."""
    for tool in tools.values():
        for label in labels[:WARM]:  # models and tables are loaded before the clock runs
            with suppress(Exception):
                tool(label)
    scores: dict[str, list[Score]] = {name: [] for name in tools}
    failed, spent = Counter[str](), Counter[str]()
    for label in labels:
        for name, tool in tools.items():
            before = time.process_time_ns()
            try:
                found = tool(label)
            except Exception:  # noqa: BLE001 - whatever a tool raises, the page is lost to it
                found = Extraction()
                failed[name] += 1
            spent[name] += time.process_time_ns() - before
            scores[name].append(score(found, label))
    return {name: Run(scores[name], failed[name], spent[name] / 1e6 / len(labels)) for name in tools}


def row(name: str, run: Run) -> list[str]:
    """A tool's line of the table."""
    whole: Total = total(run.scores)
    shares = [whole.residue, whole.caption, whole.credit, whole.title, whole.authors, whole.instant]
    told = ["" if share is None else f"{share:.1%}" for share in shares]
    body = [f"{figure:.4f}" for figure in (whole.f1, whole.precision, whole.recall)]
    return [name, *body, *told, str(run.failed), f"{run.milliseconds:.1f}"]


def main(worst: int = 0, folds: int = 0) -> None:
    """Print the table of each set of pages, and the pages on which ours does worst; with folds, cross-validate."""
    logging.disable(logging.CRITICAL)
    socket.getaddrinfo = offline  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    for name, labels in (("labelled pages", corpus()), ("pages of invented newspapers", invented())):
        if not labels:
            continue
        table = Table("", *COLUMNS, title=f"{len(labels)} {name}")
        runs = side_by_side(TOOLS, labels)
        for tool, run in runs.items():
            table.add_row(*row(tool, run))
        out.print(table)
        ranked = sorted(zip(runs["hemeroteca"].scores, labels, strict=True), key=lambda pair: pair[0].f1)
        for one, label in ranked[:worst]:
            out.print(
                f"  {one.f1:.3f}  P {one.precision or 0:.2f}  R {one.recall or 0:.2f}  {label.id}", highlight=False
            )
    if folds and (labels := corpus()):
        out.print(crossvalidation.told(crossvalidation.validated(labels, folds)), highlight=False)


if __name__ == "__main__":
    typer.run(main)
