"""Clusters of copies: what a set of edges joins, whatever the order they come in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Node = TypeVar("Node", int, str)

NEAR = frozenset({"exact", "near"})
"""Kinds of copies that make one cluster."""

CROWD = 20
"""Texts; of a cluster of more (the view `crowds` knows them) not every pair is compared: pairs are its square."""

HUGE = 200
"""Members; a text that more papers print is rarer than a template that slipped through."""

THIN_FROM = 10
"""Members from which on a cluster can be thin."""

THIN = 2.0
"""Edges a member: clusters held together by few edges for their size are chains rather than copies of one text."""


class UnionFind(Generic[Node]):
    """Disjoint sets of nodes. The sets follow from the edges alone, not from their order."""

    def __init__(self, edges: Iterable[tuple[Node, Node]] = ()) -> None:
        self._parent: dict[Node, Node] = {}
        for one, other in edges:
            self.join(one, other)

    def find(self, node: Node) -> Node:
        """The smallest node of a node's set."""
        root = node
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while node != root:
            self._parent[node], node = root, self._parent.get(node, node)
        return root

    def join(self, one: Node, other: Node) -> None:
        """Put two nodes into one set."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent.setdefault(a, a)
        self._parent.setdefault(b, a)
        if a != b:
            self._parent[b] = a

    def nodes(self) -> Iterator[Node]:
        """All nodes that stand in an edge, in no order."""
        return iter(list(self._parent))

    def groups(self) -> list[list[Node]]:
        """The sets of all nodes that stand in an edge, in no order."""
        found: dict[Node, list[Node]] = {}
        for node in self._parent:
            found.setdefault(self.find(node), []).append(node)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides which article stands for its cluster."""

    id: str
    agency: bool = False
    """Whether it is the agency's own, on the agency's own site."""
    published: str | None = None
    """A trusted time of publication, ISO 8601 in UTC; None where there is none."""
    length: int = 0
    """Characters of its text."""


def canonical(candidates: Iterable[Candidate]) -> Candidate:
    """The one that stands for all: the agency's own, then the earliest, the longest, the smallest id."""
    return min(candidates, key=rank)


def rank(candidate: Candidate) -> tuple[bool, bool, str, int, str]:
    """A total order: two candidates of different ids are never equal."""
    return (
        not candidate.agency,
        candidate.published is None,
        candidate.published or "",
        -candidate.length,
        candidate.id,
    )


def flags(members: int, edges: int) -> tuple[str, ...]:
    """What a person should look at: `huge`, or `thin` where few edges hold many members together."""
    found = []
    if members >= HUGE:
        found.append("huge")
    if members >= THIN_FROM and edges < THIN * members:
        found.append("thin")
    return tuple(found)
