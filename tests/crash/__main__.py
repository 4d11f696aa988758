"""`make crash`: every point ten times, and 50 random times; each followed by a plain rerun."""

import random
import sys
import tempfile
from itertools import cycle, islice, product
from pathlib import Path

from examples.newspapers.server import Server
from tests.crash.points import POINTS, Command
from tests.crash.victims import Survived, Victims

TIMES = 10
RANDOM = 50


def main() -> int:
    """Kill, run again, compare; how many of the reruns found a fault."""
    bad = 0
    longest = 0.0
    deaths = 0
    with tempfile.TemporaryDirectory(prefix="hemeroteca-crash-") as folder, Server(edition=1) as server:
        victims = Victims(Path(folder), server)
        for point in POINTS:
            ways = islice(cycle(product(point.commands, point.calls)), TIMES)
            found = [victims.killed_at(command, point.where, call) for command, call in ways]
            bad += told(point.name, found)
            longest, deaths = max([longest, *(s.restart for s in found)]), deaths + sum(s.died for s in found)
        chance = random.Random(20261123)
        commands: tuple[Command, ...] = ("ingest", "backfill", "import")
        lengths = {command: victims.length(command) for command in commands}
        found = []
        for command in islice(cycle(commands), RANDOM):
            found.append(victims.killed_after(command, chance.uniform(0.1, lengths[command]), chance))
        bad += told("at a random time", found)
        longest, deaths = max([longest, *(s.restart for s in found)]), deaths + sum(s.died for s in found)
    print(f"{deaths} runs killed, {bad} with a fault after the rerun; the longest rerun took {longest:.1f} s")
    return min(bad, 1)


def told(name: str, found: list[Survived]) -> int:
    """Print one line of the table; how many of the reruns found a fault."""
    bad = [survived for survived in found if survived.faults]
    kept = sum(survived.acknowledged for survived in found)
    print(
        f"{name:34} {sum(s.died for s in found):3} killed of {len(found):3}, {kept:4} acknowledged, "
        f"{len(bad)} faulty, reruns {min(s.restart for s in found):.1f} to {max(s.restart for s in found):.1f} s",
        flush=True,
    )
    for survived in bad[:3]:
        print("   ", *survived.faults[:4], sep="\n    ", flush=True)
    return len(bad)


if __name__ == "__main__":
    sys.exit(main())
