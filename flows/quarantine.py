"""Quarantine: pages that no reading could take are read again, and their rows move to what becomes of them."""

from dataclasses import dataclass

from articles.errors import BadInput
from flows.run import Run, recorded
from warehouse.loading import Counts
from warehouse.locks import run_lock
from warehouse.replays import quarantined
from warehouse.store import opened


@dataclass(frozen=True, slots=True)
class ReplayRequest:
    """Which pages are read again; nothing named is all of them."""

    key: str | None = None
    """What a capture's id begins with."""
    source: str | None = None
    reason: str | None = None


def replay(run: Run, request: ReplayRequest) -> Counts:
    """Carry out a replay."""
    with run_lock(run.home.locks, "replay", "all"), recorded(run), run.workers() as workers:
        with opened(run.home) as store:
            wanted = quarantined(store, request.key, request.source, request.reason)
        if request.key and not wanted:
            raise BadInput(f"nothing in quarantine begins with {request.key!r}; see: hemeroteca quarantine list")
        run.progress.stage("read again", total=len(wanted))
        return run.replay("replay", wanted, workers)
