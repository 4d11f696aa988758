"""A page that hangs, crashes or eats memory costs itself alone; its neighbours get their answers, in order."""

import ctypes
import os
import re
import resource
import time

import pytest

from warehouse import workers
from warehouse.outcomes import Quarantined
from warehouse.workers import MEMORY_BYTES, Workers


def parse(page: str) -> str:
    """A parser that some pages break."""
    match page:
        case "spin":  # in C, where no signal handler of Python's is called
            re.match(r"(a+)+$", "a" * 64 + "b")
        case "sleep":
            time.sleep(600)
        case "segfault":
            ctypes.string_at(0)
        case "memory":
            bytearray(2 * MEMORY_BYTES)
        case "exit":
            os._exit(3)
        case "error":
            raise ValueError("a page in no language")
    return page.upper()


@pytest.mark.parametrize(
    ("page", "reason", "detail"),
    [
        ("spin", "cpu", "2 seconds of CPU"),
        ("sleep", "timeout", "extraction.timeout"),
        ("segfault", "crash", "-11"),
        ("memory", "memory", "900 MB"),
        ("exit", "crash", "3"),
        ("error", "error", "no language"),
    ],
)
def test_a_page_that_breaks_its_parser_costs_itself_alone(page: str, reason: str, detail: str) -> None:
    pages = ["a", page, "b", "c"]
    with Workers(2, 4 if page == "sleep" else 60, cpu=2) as pool:
        answers = dict(pool.map(parse, pages))
    broken = answers.pop(page)
    assert isinstance(broken, Quarantined)
    assert (broken.stage, broken.reason) == ("extract", reason)
    assert detail in broken.detail
    assert answers == {"a": "A", "b": "B", "c": "C"}
    assert list(answers) == ["a", "b", "c"]


def used(_: str) -> float:
    """The CPU limit of this worker less what it has used."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return resource.getrlimit(resource.RLIMIT_CPU)[0] - spent.ru_utime - spent.ru_stime


def test_each_page_has_seconds_of_its_own() -> None:
    with Workers(1, 60) as pool:
        for _, left in pool.map(used, ["page"] * 5):
            assert isinstance(left, float)
            assert workers.CPU_SECONDS - 1 <= left <= workers.CPU_SECONDS
