"""Two texts paragraph by paragraph, as a person reads what changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.wording import Piece, difference, is_spaceless, readable, steps, words

PassageKind = Literal["same", "changed", "removed", "added", "moved"]

ALIKE = 0.4
"""The share of words in common from which a paragraph counts as the other one rewritten."""

MOST = 40_000
"""Paragraphs of one side times those of the other, between which pairs are looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and what became of it."""

    kind: PassageKind
    """`moved`: word for word the same, at another place than before."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as it reads now; as it read where it was removed."""
        gone = "added" if self.kind == "removed" else "removed"
        return "".join(piece.text for piece in self.pieces if piece.kind != gone)


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """Every paragraph of both texts once, in the order of the new one, each removed one where it stood."""
    before, after = paragraphs(old), paragraphs(new)
    path = list(steps(before, after))
    gone = Counter(line for kind, a, b, _, _ in path if kind == "removed" for line in before[a:b])
    come = Counter(line for kind, _, _, c, d in path if kind == "added" for line in after[c:d])
    moved = gone & come
    leaving, arriving = moved.copy(), moved.copy()
    found: list[Passage] = []
    lost: list[str] = []
    written: list[tuple[str, bool]] = []
    for kind, a, b, c, d in [*path, ("same", 0, 0, 0, 0)]:
        if kind == "removed":
            lost += [line for line in before[a:b] if not taken(leaving, line)]
        elif kind == "added":
            written += [(line, taken(arriving, line)) for line in after[c:d]]
        else:
            found += rewritten(lost, written)
            lost, written = [], []
            found += [whole("same", line) for line in after[c:d]]
    return tuple(found)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; none of an empty one."""
    return [line for line in text.split("\n\n") if line]


def taken(left: Counter[str], line: str) -> bool:
    """Take one of a line out of those that are left."""
    left[line] -= 1
    return left[line] >= 0


def whole(kind: PassageKind, line: str) -> Passage:
    """A paragraph of which nothing but its place changed, or all."""
    return Passage(kind, (Piece(kind if kind in ("added", "removed") else "same", line),))


def rewritten(lost: Sequence[str], written: Sequence[tuple[str, bool]]) -> list[Passage]:
    """The paragraphs between two that did not change: each with the one that it was before, if there is one."""
    fresh = [line for line, was_moved in written if not was_moved]
    matched = pairs(lost, fresh)
    partner = {fresh_at: lost_at for lost_at, fresh_at in matched}
    found: list[Passage] = []
    told = number = 0
    for line, was_moved in written:
        # What went stands before what came in its place.
        until = next((lost_at for lost_at, fresh_at in matched if fresh_at >= number), len(lost))
        found += [whole("removed", gone) for gone in lost[told:until]]
        told = max(told, until)
        if was_moved:
            found.append(whole("moved", line))
            continue
        at = partner.get(number)
        number += 1
        if at is None:
            found.append(whole("added", line))
        else:
            told = at + 1
            found.append(Passage("changed", readable(difference(lost[at], line))))
    return found + [whole("removed", gone) for gone in lost[told:]]


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs are one, rewritten: the choice in order with most in common."""
    if not old or not new or len(old) * len(new) > MOST:
        return []
    left, right = ([features(line) for line in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            share = alike(left[i], right[j])
            together = best[i + 1][j + 1] + share if share >= ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def features(line: str) -> Counter[str]:
    """The words of a paragraph; characters by twos, of which any two texts of a script share many."""
    found = words(line)
    return Counter(
        word + (found[place + 1] if place + 1 < len(found) else "") if is_spaceless(word) else word
        for place, word in enumerate(found)
    )


def alike(a: Counter[str], b: Counter[str]) -> float:
    """The share of words that two paragraphs have in common, 0 to 1."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
