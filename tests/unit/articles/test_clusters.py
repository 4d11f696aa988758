"""Clusters follow from the set of edges; what stands for one follows from its members."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from articles.clusters import HUGE, Candidate, UnionFind, canonical, flags

EDGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def grouped(edges: list[tuple[int, int]]) -> set[frozenset[int]]:
    return {frozenset(group) for group in UnionFind(edges).groups()}


def by_walking(edges: list[tuple[int, int]]) -> set[frozenset[int]]:
    """The same, found another way."""
    found: set[frozenset[int]] = set()
    for start, _ in edges:
        reached, grown = {start}, True
        while grown:
            more = {n for edge in edges if reached & set(edge) for n in edge} - reached
            reached, grown = reached | more, bool(more)
        found.add(frozenset(reached))
    return found


@given(EDGES, st.randoms(use_true_random=False))
def test_order_repeats_and_direction_make_no_difference(edges: list[tuple[int, int]], random: Random) -> None:
    other = [edge[::-1] if random.random() < 0.5 else edge for edge in edges + edges[:5]]
    random.shuffle(other)
    assert grouped(edges) == grouped(other) == by_walking(edges)
    sets = UnionFind(other)
    assert all(sets.find(node) == min(group) for group in by_walking(edges) for node in group)


@given(st.permutations(range(6)))
def test_the_canonical_article_is_the_same_in_any_order(order: list[int]) -> None:
    some = [
        Candidate("f", published="2026-03-01T10:00:00Z", length=900),
        Candidate("a", published="2026-03-01T10:00:00Z", length=800),
        Candidate("b", published="2026-03-01T10:00:00Z", length=900),
        Candidate("c", published="2026-03-02T10:00:00Z", length=5000),
        Candidate("d", length=9000),
        Candidate("e", agency=True, published="2026-03-09T10:00:00Z", length=10),
    ]
    shuffled = [some[n] for n in order]
    assert canonical(shuffled).id == "e"
    shuffled.remove(some[5])
    assert canonical(shuffled).id == "b"
    assert canonical([some[4], some[3]]).id == "c"


def test_a_long_chain_is_no_recursion() -> None:
    chain = UnionFind((n, n + 1) for n in range(100_000))
    assert chain.find(0) == chain.find(100_000)


def test_flags() -> None:
    assert flags(5, 4) == ()
    assert flags(40, 39) == ("thin",)
    assert flags(40, 400) == ()
    assert flags(HUGE, HUGE * HUGE // 3) == ("huge",)
