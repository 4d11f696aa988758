"""Ingests of a home, one for each line that comes in: the process that the rehearsal kills."""

import sys
from pathlib import Path

from flows.ingest import IngestRequest, ingest
from flows.report import ingest_report
from flows.run import Run
from flows.settings import load_settings
from warehouse.home import Home


def main(root: Path) -> None:
    """Carry out an ingest of what is due, as a schedule does, and say what came of it."""
    home = Home(root)
    for _ in sys.stdin:
        run = Run(home, load_settings(home), "ingest", {"schedule": "rehearsed"})
        try:
            report = ingest_report(run, ingest(run, IngestRequest(only_due=True)))
        except Exception as error:  # noqa: BLE001 - a run that fails is what the rehearsal has to hear of
            print(f"failed: {type(error).__name__}: {error}", flush=True)
        else:
            print(report.headline, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
