"""What a hostile neighbourhood costs a healthy host, and how much memory it takes: `python -m tests.hostile_web`."""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from spiders.child import Child
from spiders.job import Job, Network, Source, Target
from tests.hostile_web.scenarios import SCENARIOS, Scenario
from tests.hostile_web.server import HEALTHY, HostileServer


@dataclass(frozen=True)
class Measured:
    """One crawl."""

    rate: float
    """Pages a second of the healthy host, from its first to its last."""
    memory: float
    """MB that the crawl's process took at most."""


def crawl(healthy: HostileServer, attacker: str, folder: Path, pages: int, hostile: tuple[Scenario, ...]) -> Measured:
    """Crawl the healthy host, and hostile ones beside it."""
    hosts = dict.fromkeys(healthy.hosts, attacker) | {HEALTHY: healthy.address}
    targets = tuple(Target(url=f"http://{HEALTHY}/{number}") for number in range(pages))
    sources = [Source(source="healthy", delay=0, targets=targets)]
    sources += [Source(source=s.name, delay=0, targets=(Target(url=s.url),)) for s in hostile]
    job = Job(
        mode="fetch",
        writer="w",
        archive=folder / "archive",
        locks=folder / "locks",
        robots=folder / "robots",
        shown=folder / "shown",
        sources=tuple(sources),
        network=Network(user_agent="Hemeroteca/0 (+hostile.example)", hosts=hosts, timeout=10),
        answer=folder / "answer.json",
    )
    child = Child.start(job, folder)
    memory = 0
    while not child.wait(0.1):
        memory = max(memory, high_water(child.pid))
    child.answer()
    moments = [at for at, _ in healthy.asked[HEALTHY]]
    return Measured((len(moments) - 1) / (moments[-1] - moments[0]), memory / 1024)


@contextmanager
def apart() -> Iterator[str]:
    """A hostile server in a process of its own, so that its work is not counted as the healthy host's; its address."""
    server = HostileServer()
    process = multiprocessing.get_context("fork").Process(target=server.serve, daemon=True)
    process.start()
    try:
        yield server.address
    finally:
        process.kill()
        process.join()


def high_water(pid: int) -> int:
    """Kilobytes that a process has taken at most."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def main() -> None:
    """Alone, beside all hostile hosts, and alone again: the machine's own moods show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6_000)
    pages = parser.parse_args().pages
    hostile = tuple(scenario for scenario in SCENARIOS if scenario.kind == "page")
    found = []
    for number, beside in enumerate([(), hostile, (), hostile, ()]):
        with tempfile.TemporaryDirectory() as folder, HostileServer() as healthy, apart() as attacker:
            began = time.monotonic()
            measured = crawl(healthy, attacker, Path(folder), pages, beside)
            took = time.monotonic() - began
        print(
            f"{number + 1}. {pages} pages of a healthy host, {len(beside):2} hostile ones beside it: "
            f"{measured.rate:4.0f} pages/s, {measured.memory:4.0f} MB, {took:.0f} s in all",
            flush=True,
        )
        found.append(measured)
    calm, attacked = found[::2], found[1::2]
    rate = sum(m.rate for m in attacked) / len(attacked) / (sum(m.rate for m in calm) / len(calm))
    memory = max(m.memory for m in attacked) - min(m.memory for m in calm)
    print(f"speed kept: {rate:.0%}; memory over a calm run: {memory:.0f} MB")


if __name__ == "__main__":
    main()
