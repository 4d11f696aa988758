"""Turns at a host, and the file that locks it."""

import asyncio
import time
from collections.abc import Coroutine
from itertools import pairwise
from pathlib import Path

import pytest

from spiders.gate import Gate, HostState, Stopping, lock_name


def run(work: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 5))


def test_a_lock_is_held_by_one_and_keeps_the_time(tmp_path: Path) -> None:
    path = tmp_path / "locks" / lock_name("e.example")
    first, second = HostState(path, pause=5), HostState(path)
    assert first.lock()
    assert not second.lock()
    now = time.time()
    first.rest(now)
    assert float(path.read_text()) == pytest.approx(now + 5)


@pytest.mark.parametrize("said", ["soon", "", "99999999999.0", "-1"])
def test_a_file_that_says_nonsense_holds_nobody_up_for_long(tmp_path: Path, said: str) -> None:
    path = tmp_path / "host-e.lock"
    path.write_text(said)
    state = HostState(path)
    assert state.lock()
    assert state.next_at < time.time() + 61


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
