"""Clusters of very many texts: each text is laid beside few of them, and the clusters are those of any order."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.builders import NOON, article, moment, shown
from tests.empty import empty
from tests.unit.warehouse.loads import STAMP, load
from warehouse.home import Home
from warehouse.linking.comparing import MOST, Candidates, apart
from warehouse.linking.link import link
from warehouse.linking.shingles import attached, candidates, new_rows
from warehouse.outcomes import Outcome
from warehouse.store import opened
from warehouse.workers import Workers

FORMS = 40
"""Of each story."""


def prose(seed: str, words: int) -> str:
    """Words of its own for each seed."""
    chance = Random(seed)
    return " ".join("".join(chance.choices("abcdefgiklmnoprstu", k=6)) for _ in range(words)).capitalize() + "."


def story(seed: int, form: int) -> str:
    """A text in one of its forms: two of its paragraphs have a sentence of its own, and the last one may be missing."""
    paragraphs = [prose(f"{seed} {number}", 30) for number in range(8)]
    for place in (form % 8, form // 8 % 8):
        paragraphs[place] += " " + prose(f"{seed} own {form}", 8)
    return "\n\n".join(paragraphs[: 8 - form % 2])


def outcomes(stories: int = 2) -> list[Outcome]:
    """All forms of some stories, each by a paper of its own; an agency signs all but the first."""
    found = []
    for number in range(stories * FORMS):
        url = f"https://paper{number}.example/story"
        told = story(number % stories, number // stories)
        signed = ("AFP",) if number % stories else ()
        one = article(url=url, text=told, title=f"Title {number}", published=moment(NOON), agencies=signed)
        found.append(shown(one, NOON, f"{number % 10}"))
    return found


def compared(home: Home, given: list[Outcome], at_once: int, workers: Workers | None = None) -> tuple[int, str]:
    """Load and link in batches of so many: pairs that were compared, and the warehouse hash."""
    pairs = 0
    for start in range(0, len(given), at_once):
        load(home, given[start : start + at_once])
        with opened(home) as store:
            while (done := link(store, STAMP, workers, most=at_once)).texts:
                pairs += done.compared
    with opened(home) as store:
        assert [check for check, _ in store.broken_checks() if "has a source" not in check] == []
        return pairs, store.content_hash()


def test_what_joins_a_crowd_is_laid_beside_two_of_it(tmp_path: Path) -> None:
    home = empty(tmp_path)
    given = outcomes()
    pairs, _ = compared(home, given, 10)
    assert pairs < FORMS * (FORMS - 1) / 2, "half of what there are"
    with opened(home) as store:
        assert store.rows("SELECT articles, domains, texts, flags FROM clusters") == [(FORMS, FORMS, FORMS, [])] * 2
        # Where an agency signs the story, each form stands beside the canonical text: `wire_copy` has every share.
        beside = """SELECT count(*) FROM article_state s JOIN article_versions v USING (version_id)
            JOIN clusters c USING (cluster_id) JOIN article_versions o ON o.article_id = c.article_id
            JOIN text_copies p ON (p.text_one, p.text_other) IN ((v.text_id, o.text_id), (o.text_id, v.text_id))
            WHERE c.agencies = ['AFP']"""
        assert store.rows(beside) == [(FORMS - 1,)]


def test_a_shingle_counts_once_however_many_days_a_text_stands_under(home: Home) -> None:
    """Two texts that share one shingle, one of them captured on two days; and two that share two."""
    days = [date(2026, 10, 1), date(2026, 10, 3), date(2026, 10, 4)]
    texts = [("a" * 32, days[0], [1, 7]), ("a" * 32, days[1], [1, 7]), ("b" * 32, days[2], [1, 8, 9])]
    texts += [("c" * 32, days[2], [5, 8, 9])]
    with opened(home) as store, attached(store, STAMP):
        assert candidates(store, *new_rows(texts)) == [("c" * 32, "b" * 32, 2, None)]


@pytest.mark.parametrize("at_once", [9, 80])
def test_the_order_makes_no_difference_to_a_crowd(tmp_path: Path, at_once: int) -> None:
    given = outcomes()
    _, expected = compared(empty(tmp_path / "one"), given, 40)
    Random(at_once).shuffle(given)
    assert compared(empty(tmp_path / "other"), given, at_once)[1] == expected


def test_workers_find_what_is_found_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = outcomes()
    _, expected = compared(empty(tmp_path / "here"), given, 40)
    monkeypatch.setattr("warehouse.linking.link.FEW", 0)
    with Workers(2, 60) as workers:
        assert compared(empty(tmp_path / "there"), given, 40, workers)[1] == expected


def test_pairs_that_hang_together_stay_together_as_far_as_a_task_holds_them() -> None:
    chain: list[Candidates] = [(f"a{n:04}", f"a{n - 1:04}", 2, None) for n in range(1, 2_000)]
    star: list[Candidates] = [("b", f"c{n:04}", 2, None) for n in range(MOST + 1)]
    few: list[Candidates] = [(f"d{n}", f"e{n}", 2, None) for n in range(3)]
    lists = list(apart([*few, *star, *chain]))
    assert sorted(pair for some in lists for pair in some) == sorted([*few, *star, *chain])
    assert all(any(set(together) <= set(some) for some in lists) for together in (chain, star))


def test_tasks_are_the_same_in_whatever_order_pairs_are_found() -> None:
    """A crowd's pairs are few of all there are, and which they are must not change from run to run."""
    found: list[Candidates] = [(f"{one}{n}", f"b{n}", 2, None) for n in range(200) for one in "ac"]
    expected = list(apart(found))
    Random(1).shuffle(found)
    assert list(apart(found)) == expected
