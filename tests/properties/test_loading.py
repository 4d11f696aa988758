"""The warehouse is a function of the set of captures: whatever the order, the batches and the repeats."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.model import Photo, Removed
from tests.builders import NOON, article, shown
from tests.empty import empty
from tests.unit.warehouse.loads import load
from warehouse.outcomes import Outcome
from warehouse.store import opened

URLS = st.sampled_from([f"https://tagblatt.example/{name}" for name in ("a", "b", "c")])


@st.composite
def captures(draw: st.DrawFn) -> Outcome:
    """A capture whose content is a function of its digest, as a payload's is."""
    url, hour = draw(URLS), draw(st.integers(0, 3))
    digest = draw(st.sampled_from("012345"))
    number = int(digest)
    found = article(
        url=url,
        title=f"Title {number % 3}",
        tags=(f"tag {number}",),
        photos=(Photo(0, "A caption", None, None, None, f"https://tagblatt.example/{number}.jpg"),),
        removed=tuple(Removed(0, "other", "rule", f"line {number}") for _ in range(number % 2)),
    )
    return shown(found, NOON + timedelta(hours=hour), digest)


def warehouse_hash(outcomes: list[Outcome], cuts: list[int]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        home = empty(Path(folder))
        for start, end in zip([0, *cuts], [*cuts, len(outcomes)], strict=True):
            load(home, outcomes[start:end])
        with opened(home) as store:
            return store.content_hash()


@settings(max_examples=15)
@given(st.lists(captures(), min_size=1, max_size=12), st.data())
def test_order_batches_and_repeats_make_no_difference(outcomes: list[Outcome], data: st.DataObject) -> None:
    expected = warehouse_hash(outcomes, [])
    other = data.draw(st.permutations(outcomes)) + data.draw(st.lists(st.sampled_from(outcomes), max_size=4))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(other)), max_size=3)))
    assert warehouse_hash(other, cuts) == expected
