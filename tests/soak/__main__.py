"""`make soak`: a month of three invented newspapers in simulated time, with kills; 1 where a promise is broken."""

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from tests.soak.judge import Verdict, judge
from tests.soak.rehearsal import BEGINS, Rehearsal, papers


def main(
    pages: Annotated[int, typer.Option(help="Of each newspaper.")] = 5000,
    days: Annotated[int, typer.Option(help="Of the rehearsal.")] = 30,
    past: Annotated[int, typer.Option(help="Months of sitemaps before it.")] = 12,
    kills: Annotated[int, typer.Option(help="By signal 9.")] = 30,
    seed: int = 1,
    folder: Path | None = None,
) -> None:
    """Rehearse, and judge."""
    began = time.monotonic()
    root = folder or Path(tempfile.mkdtemp(prefix="hemeroteca-soak-"))
    rehearsal = Rehearsal(root, papers(pages, days, past), days, kills, seed)
    server = rehearsal.run()
    verdict = judge(rehearsal.home, rehearsal.papers, server.asked, BEGINS + timedelta(days=days))
    tell(rehearsal, verdict, time.monotonic() - began)
    sys.exit(bool(verdict.faults))


def tell(rehearsal: Rehearsal, verdict: Verdict, seconds: float) -> None:
    """Print what was found."""
    failed = [said for said in rehearsal.said if said.startswith("failed")]
    print(
        f"{rehearsal.days} days in {seconds / 60:.0f} min, {len(rehearsal.said)} ingests, {len(failed)} of them failed"
    )
    print(f"{rehearsal.killed} kills; {verdict.unaccounted} requests for pages were under way then")
    print(f"{verdict.promised} articles and {verdict.texts} texts promised, {verdict.gone} pages seen to be gone")
    print(f"requests {dict(verdict.requests)}; the least {dict(verdict.least)}; ratio {verdict.ratio:.3f}")
    for fault in [*verdict.faults[:40], *failed[:5]]:
        print(" ", fault)
    print(f"{len(verdict.faults)} promises broken; the rehearsal is in {rehearsal.folder}")


if __name__ == "__main__":
    typer.run(main)
