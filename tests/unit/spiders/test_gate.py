"""Turns at a host, and the file that locks it."""

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from spiders.gate import Gate, HostState, Resting, Stopping, lock_name
from spiders.retry_after import UNSTATED, rest_asked


def run(work: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 5))


def test_a_lock_is_held_by_one_and_keeps_the_time(tmp_path: Path) -> None:
    path = tmp_path / "locks" / lock_name("e.example")
    first, second = HostState(path, pause=5), HostState(path)
    assert first.lock()
    assert not second.lock()
    first.rest(1000.0)
    assert first.next_at(1000.0) == 1005
    first.unlock()
    assert second.lock()
    assert second.next_at(1000.0) == 1005, "the pace of the one before"
    second.pause = 20
    assert second.next_at(1000.0) == 1020, "its own is slower"
    second.rest(1010.0, 600)
    assert second.next_at(1010.0) == 1610


@pytest.mark.parametrize("said", ["soon", "", "1", "99999999999.0 99999999999.0", "-1 -1", "nan nan"])
def test_a_file_that_says_nonsense_holds_nobody_up_for_long(tmp_path: Path, said: str) -> None:
    path = tmp_path / "host-e.lock"
    path.write_text(said)
    state = HostState(path)
    assert state.lock()
    assert state.next_at(time.time()) <= time.time() + 3600


def test_names_of_files() -> None:
    assert lock_name("www.e.example") == "host-www.e.example.lock"
    assert lock_name("[2001:db8::1]") == "host-_2001_db8__1_.lock"


def test_one_exchange_at_a_time_with_a_pause_after_each(tmp_path: Path) -> None:
    spans: list[tuple[float, float]] = []

    async def work() -> None:
        gate = Gate(tmp_path)

        async def exchange() -> None:
            async with gate.turn("e.example", 0.1):
                began = time.time()
                await asyncio.sleep(0.05)
                spans.append((began, time.time()))

        await asyncio.gather(*(exchange() for _ in range(3)))

    run(work())
    assert all(after[0] - before[1] >= 0.099 for before, after in pairwise(spans))


def test_a_host_that_failed_rests_too(tmp_path: Path) -> None:
    async def work() -> None:
        gate = Gate(tmp_path)
        with pytest.raises(OSError, match="reset"):
            async with gate.turn("e.example", 0.2):
                raise OSError("reset")
        began = time.monotonic()
        async with gate.turn("e.example"):
            assert time.monotonic() - began > 0.15

    run(work())


def test_who_waits_when_the_gate_closes_is_told(tmp_path: Path) -> None:
    async def work() -> None:
        gate = Gate(tmp_path)
        async with gate.turn("e.example", 30):
            pass
        waiting = [asyncio.create_task(gate.turn("e.example").__aenter__()) for _ in range(3)]
        await asyncio.sleep(0.05)
        gate.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(result, Stopping) for result in results)

    run(work())


def test_two_crawls_of_one_host_take_turns(tmp_path: Path) -> None:
    spans: list[tuple[float, str]] = []

    async def crawl(gate: Gate, name: str, number: int) -> None:
        for _ in range(number):
            async with gate.turn("e.example", 0.05):
                spans.append((time.time(), name))
                await asyncio.sleep(0.01)

    async def work() -> None:
        backfill = asyncio.create_task(crawl(Gate(tmp_path, background=True), "backfill", 4))
        await asyncio.sleep(0.1)
        await crawl(Gate(tmp_path), "ingest", 8)
        spans.append((0, "done"))
        await backfill

    run(work())
    starts = [at for at, name in spans if name != "done"]
    assert all(after - before >= 0.059 for before, after in pairwise(starts))
    names = [name for _, name in spans]
    assert names.index("done") < len(names) - 2, "the backfill waits for the day's crawl"


def test_a_host_that_asks_for_rest_gets_it_from_every_crawl(tmp_path: Path) -> None:
    async def work() -> None:
        gate = Gate(tmp_path)
        async with gate.turn("e.example") as turn:
            turn.rest = 600
        for crawl in (gate, Gate(tmp_path)):
            with pytest.raises(Resting, match=r"e\.example asked to be left alone for another (599|600) s"):
                async with crawl.turn("e.example"):
                    pass

    run(work())


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, b"120", 120),
        (503, b" 7 ", 7),
        (429, b"Mon, 23 Nov 2026 12:10:00 GMT", 600),
        (503, b"Mon, 23 Nov 2026 11:00:00 GMT", 0),
        (429, None, UNSTATED),
        (429, b"soon", UNSTATED),
        (429, b"9" * 400, 999_999_999),
        (503, None, 0),
        (200, b"120", 0),
    ],
)
def test_what_an_answer_asks_for(status: int, header: bytes | None, seconds: float) -> None:
    assert rest_asked(status, header, datetime(2026, 11, 23, 12, tzinfo=UTC)) == seconds


def test_a_delay_longer_than_patience_is_waited_for(tmp_path: Path) -> None:
    """Who set it means it; a host that asks for such a rest is left to the next run."""

    async def work() -> None:
        gate = Gate(tmp_path)
        async with gate.turn("e.example", 120):
            pass
        waiting = asyncio.create_task(gate.turn("e.example", 120).__aenter__())
        await asyncio.sleep(0.2)
        assert not waiting.done()
        gate.close()
        with pytest.raises(Stopping):
            await waiting

    run(work())
