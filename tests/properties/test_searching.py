"""The search index is a function of the published copy: whatever it was brought up through, it is what a rebuild makes."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.empty import empty
from tests.properties.test_loading import captures
from tests.searches import Contents, contents, found
from tests.unit.warehouse.pages import publish_pages
from warehouse.home import Home
from warehouse.outcomes import Outcome
from warehouse.search.index import bring_up, rebuild_search

QUERIES = ("title", "tag:1 OR tag:2", "caption:caption", "budget -title:2", "*")
Answers = list[list[str]]


def answers(home: Home) -> Answers:
    return [sorted(found(home, query, limit=None)) for query in QUERIES]


def brought_up(outcomes: list[Outcome], cuts: list[int], skipped: set[int]) -> tuple[Contents, Answers]:
    """What an index holds and finds that was brought up after some of the loads; and it must be what a rebuild makes."""
    with tempfile.TemporaryDirectory() as folder:
        home = empty(Path(folder))
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(outcomes)], strict=True)):
            publish_pages(home, *outcomes[start:end])
            if number not in skipped:
                bring_up(home)
        bring_up(home)
        followed = contents(home), answers(home)
        rebuild_search(home)
        assert (contents(home), answers(home)) == followed
        return followed


@pytest.mark.slow
@settings(max_examples=3)
@given(st.lists(captures(), min_size=1, max_size=10), st.data())
def test_order_loads_and_updates_make_no_difference(outcomes: list[Outcome], data: st.DataObject) -> None:
    expected = brought_up(outcomes, [], set())
    other = data.draw(st.permutations(outcomes)) + data.draw(st.lists(st.sampled_from(outcomes), max_size=3))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(other)), max_size=4)))
    assert brought_up(other, cuts, data.draw(st.sets(st.integers(0, 4)))) == expected
