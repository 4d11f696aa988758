"""`make crash`: every point ten times, 50 random times, each followed by a plain rerun; and a warehouse damaged."""

import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice, product
from pathlib import Path

from examples.newspapers.server import Server
from tests.crash.damage import HARMS, LOG_HARMS, Damages
from tests.crash.flips import archive, flips
from tests.crash.points import POINTS, Command
from tests.crash.victims import Survived, Victims

TIMES = 10
RANDOM = 50
FLIPS = 500
SIDE_BY_SIDE = 2
COMMANDS: tuple[Command, ...] = ("ingest", "backfill", "import")


def main() -> int:
    """Kill, run again, compare; damage, rebuild, compare; 1 where any of it found a fault."""
    everything: list[Survived] = []
    bad = 0
    with (
        tempfile.TemporaryDirectory(prefix="hemeroteca-crash-") as folder,
        Server(edition=1) as server,
        ThreadPoolExecutor(SIDE_BY_SIDE) as pool,
    ):
        victims = Victims(Path(folder), server)
        for point in POINTS:
            ways = list(islice(cycle(product(point.commands, point.calls)), TIMES))
            found = list(pool.map(lambda way, point=point: victims.killed_at(way[0], point.where, way[1]), ways))
            bad += told(point.name, found)
            everything += found
        chance = random.Random(20261123)
        lengths = {command: victims.length(command) for command in COMMANDS}
        moments = [(command, chance.uniform(0.1, lengths[command])) for command in islice(cycle(COMMANDS), RANDOM)]
        found = list(pool.map(lambda way: victims.killed_after(way[0], way[1], chance), moments))
        bad += told("at a random time", found)
        everything += found
    bad += damaged() + flipped()
    longest = max(survived.restart for survived in everything)
    deaths = sum(survived.died for survived in everything)
    print(f"{deaths} runs killed, {bad} faults; the longest rerun took {longest:.1f} s with all that was left to do")
    return min(bad, 1)


def damaged() -> int:
    """Damage a warehouse in twenty ways; how many were not noticed, or not rebuilt to the same hash."""
    bad = 0
    chance = random.Random(20261124)
    with tempfile.TemporaryDirectory(prefix="hemeroteca-damage-") as folder:
        damages = Damages(Path(folder))
        for log, harms in ((False, HARMS), (True, LOG_HARMS)):
            for name, times, harm in harms:
                found = [damages.mended(harm, chance, log=log) for _ in range(times)]
                noticed, equal = sum(m.noticed for m in found), sum(m.equal for m in found)
                print(f"{name:34} {noticed} of {times} noticed, {equal} rebuilt to the same hash", flush=True)
                bad += 2 * times - noticed - equal
    return bad


def flipped() -> int:
    """Flip 500 bits of an archive of 100 records; how many were not reported, or cost more than they hit."""
    with tempfile.TemporaryDirectory(prefix="hemeroteca-flips-") as folder:
        archive(Path(folder))
        found = list(flips(Path(folder), FLIPS, random.Random(20261125)))
    quiet = [one.place for one in found if not one.reported]
    # Of the hundred, ten share one payload: who hits that costs all ten of them.
    costly = [one.place for one in found if one.lost not in (0, 1, 10)]
    print(f"{'bits of an archive flipped':34} {FLIPS - len(quiet)} of {FLIPS} reported, {len(costly)} cost others")
    return len(quiet) + len(costly)


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
