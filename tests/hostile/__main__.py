"""`make hostile`: every hostile file through a real ingest, 200 good pages among them; 1 where a promise is broken."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import SHARED
from tests.hostile import own
from tests.hostile.trial import Trial, run, timed
from warehouse.workers import Workers

GOOD = 200
SLOWEST = 20.0
WORKER_MB, PARENT_MB = 1024, 100


def make(folder: Path, shared: Path) -> str:
    """The files, and what the secret one among them says: all of ../shared/hostile, or our own."""
    if not (shared / "hostile").is_dir():
        own.write(folder)
        return own.SECRET
    for maker in ("make.py", "make_bombs.py"):
        subprocess.run([sys.executable, shared / "hostile" / maker, folder], check=True)
    return (folder / "SECRET.txt").read_text()


def broken(trial: Trial, calm: Trial, slowest: float) -> list[str]:
    """The promises that were not kept."""
    without = [name for name, (kind, why) in trial.outcomes.items() if kind != "article" and not why]
    promises = {
        f"{len(without)} pages have no reason: {without[:5]}": not without,
        f"of the good pages {dict(trial.good)}": trial.good == {"article": GOOD},
        f"the secret stands in {trial.leaks}": not trial.leaks,
        f"a page took {slowest:.1f} s": slowest < SLOWEST,
        f"a worker took {trial.worker_mb:.0f} MB": trial.worker_mb < WORKER_MB,
        f"the parent grew by {trial.parent_mb - calm.parent_mb:.0f} MB": trial.parent_mb - calm.parent_mb < PARENT_MB,
    }
    return [told for told, kept in promises.items() if not kept]


def main() -> int:
    """Run it all, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    with tempfile.TemporaryDirectory(prefix="hemeroteca-hostile-") as temporary:
        work = Path(temporary)
        folder, empty = work / "files", work / "none"
        folder.mkdir()
        empty.mkdir()
        secret = make(folder, shared)
        calm = run(empty, work / "calm", GOOD, secret)
        trial = run(folder, work / "home", GOOD, secret)
        pages = [f for f in sorted(folder.glob("*")) if f.suffix in (".html", ".bin")]
        with Workers(2, 60) as workers:
            times = {path.name: answer for path, answer in workers.map(timed, pages)}
    took = {name: answer[1] for name, answer in times.items() if isinstance(answer, tuple)}
    for name, (kind, why) in sorted(trial.outcomes.items()):
        print(f"{name:40} {kind:12} {why or '':14} {took.get(name, 0):5.2f} s")
    for name, status in sorted(trial.visits.items()):
        print(f"{name:40} {status[:100]}")
    slow = sorted(took, key=lambda name: -took[name])[:5]
    print(f"{len(trial.outcomes)} pages, {len(trial.visits)} feeds and sitemaps, good pages: {dict(trial.good)}")
    print("slowest: " + ", ".join(f"{name} {took[name]:.1f} s" for name in slow))
    print(f"a worker took {trial.worker_mb:.0f} MB at most, the parent {trial.parent_mb - calm.parent_mb:+.0f} MB")
    print(f"{trial.seconds:.0f} s in all; without the hostile files {calm.seconds:.0f} s")
    faults = broken(trial, calm, max(took.values(), default=0))
    print("\n".join(faults) or "every promise was kept")
    return min(1, len(faults))


if __name__ == "__main__":
    sys.exit(main())
