"""Copies and clusters are a function of the set of captures: any order, any batching, any replay, any kill."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.model import Article
from tests.builders import NOON, article, moment, shown
from tests.empty import empty
from tests.unit.warehouse.loads import STAMP, load
from warehouse.home import Home
from warehouse.linking import shingles
from warehouse.linking.link import link
from warehouse.outcomes import Outcome
from warehouse.store import Store, opened

PLACES = ("tagblatt.example", "courier.example", "meridian.example")
WORDS = [
    "council",
    "ferry",
    "harbour",
    "lake",
    "budget",
    "mayor",
    "bridge",
    "morning",
    "letter",
    "winter",
    "answer",
    "evening",
    "paper",
    "money",
    "street",
    "garden",
    "school",
    "teacher",
    "river",
    "window",
    "market",
    "doctor",
    "forest",
    "summer",
    "kitchen",
    "soldier",
    "village",
    "engine",
    "silver",
    "blanket",
    "compass",
    "orchard",
]


def paragraph(seed: int, words: int = 30) -> str:
    """Prose of its own for each seed."""
    chance = Random(seed)
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def text(*seeds: int) -> str:
    """Paragraphs."""
    return "\n\n".join(paragraph(seed) for seed in seeds)


STORY = (1, 2, 3, 4, 5, 6)
TEXTS = (
    text(*STORY),
    text(*STORY).upper(),
    text(*STORY[:5]),
    text(*STORY, 7),
    text(8, *STORY[1:]),
    text(9, 10, 11, 12, 13, 14),
    text(9, 10, 11, 12, 13),
    text(15, 16, 17, *STORY[2:5], 18, 19),
    "The ferry is late.",
)


def found(number: int, days: int, *, dated: bool) -> Article:
    """An article whose content is a function of its numbers."""
    at = moment(NOON + timedelta(days=days)) if dated else None
    url = f"https://{PLACES[number % 3]}/{number % 4}"
    return article(url=url, text=TEXTS[number % len(TEXTS)], title=f"Title {number % 5}", published=at)


@st.composite
def captures(draw: st.DrawFn) -> Outcome:
    number = draw(st.integers(0, 35))
    days = draw(st.sampled_from((0, 20, 40, 400)))
    dated = bool(number % 2)
    return shown(found(number, days, dated=dated), NOON + timedelta(days=days, hours=number), f"{number % 10}")


def link_all(home: Home) -> None:
    with opened(home) as store:
        while link(store, STAMP, most=3).texts:
            pass


def judged(home: Home) -> str:
    """The warehouse hash, of a warehouse without a fault."""
    with opened(home) as store:
        assert [check for check, _ in store.broken_checks() if "has a source" not in check] == []
        return store.content_hash()


def linked_hash(outcomes: Sequence[Outcome], cuts: Sequence[int], *, between: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        home = empty(Path(folder))
        for start, end in zip([0, *cuts], [*cuts, len(outcomes)], strict=True):
            load(home, outcomes[start:end])
            if between:
                link_all(home)
        link_all(home)
        return judged(home)


@settings(max_examples=12)
@given(st.lists(captures(), min_size=2, max_size=14), st.data())
def test_order_batches_and_repeats_make_no_difference(outcomes: list[Outcome], data: st.DataObject) -> None:
    expected = linked_hash(outcomes, [], between=False)
    other = data.draw(st.permutations(outcomes)) + data.draw(st.lists(st.sampled_from(outcomes), max_size=3))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(other)), max_size=3)))
    assert linked_hash(other, cuts, between=True) == expected


class Killed(BaseException):
    """Stands for kill -9 between two statements: nothing after it runs, and what was not committed is gone."""


class Deadly:
    """Counts the steps that write, and dies before the one of its number."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.count = fatal, 0

    def before(self, step: Callable[..., None]) -> Callable[..., None]:
        def run(*given: Any, **named: Any) -> None:
            self.count += 1
            if self.count == self.fatal:
                raise Killed
            step(*given, **named)

        return run


def test_a_kill_before_any_step_of_linking_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = [
        shown(found(number, number % 50, dated=bool(number % 2)), NOON + timedelta(days=number), f"{number % 10}")
        for number in range(0, 36, 4)
    ]
    expected = linked_hash(outcomes, [], between=False)
    for fatal in count(1):
        deadly = Deadly(fatal)
        with tempfile.TemporaryDirectory() as folder:
            home = empty(Path(folder))
            load(home, outcomes[:5])
            link_all(home)
            load(home, outcomes[5:])
            with monkeypatch.context() as patch, suppress(Killed):
                patch.setattr(Store, "apply", deadly.before(Store.apply))
                patch.setattr(shingles, "keep", deadly.before(shingles.keep))
                link_all(home)
            link_all(home)
            assert judged(home) == expected
        if deadly.count < fatal:  # it has lived to the end
            break
    assert fatal > 8


def test_shingles_that_are_lost_or_older_are_made_anew(tmp_path: Path) -> None:
    outcomes = [shown(found(number, 0, dated=True), NOON + timedelta(hours=number), f"{number}") for number in range(9)]
    expected = linked_hash(outcomes, [], between=False)
    for damage in ("missing", "older", "garbage"):
        home = empty(tmp_path / damage)
        file = home.workshop / "shingles.duckdb"
        load(home, outcomes[:4])
        link_all(home)
        before = file.read_bytes()
        load(home, outcomes[4:6])
        link_all(home)
        if damage == "missing":
            file.unlink()
        else:
            file.write_bytes(before if damage == "older" else b"no database" * 1000)
        load(home, outcomes[6:])
        link_all(home)
        assert judged(home) == expected
