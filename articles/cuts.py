"""Taking lines out of a block so that they can be put back: what is cut, what is left, and where each piece stood."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.model import Removed, RemovedKind
from articles.photos import Figure, Image


@dataclass(frozen=True, slots=True)
class Cut:
    """A line, or the tail of one, that is not text."""

    line: int
    kind: RemovedKind
    rule: str
    text: str
    kept: str = ""
    """What is left of the line."""
    figure: Figure | None = None
    image: Image | None = None


def apply(block: list[str], cuts: list[Cut], gaps: list[str]) -> tuple[str, list[Removed], list[int]]:
    """The text that is left, the removed lines in their places, and the offset in the text of each line of the block.

    `gaps[i]` is what parts line i from the one before it; where lines went, the widest gap stays.
    """
    by_line = {cut.line: cut for cut in cuts}
    parts: list[str] = []
    offsets: list[int] = []
    removed: list[tuple[int, Cut]] = []
    length, wide = 0, ""
    for number, line in enumerate(block):
        cut = by_line.get(number)
        kept = cut.kept if cut else line
        wide = max(wide, gaps[number], key=len)
        if kept:
            lead = wide if parts else ""
            parts.append(lead + kept)
            offsets.append(length + len(lead))
            length, wide = length + len(lead) + len(kept), ""
        else:
            offsets.append(-1)
        if cut:
            removed.append((number if kept else -number - 1, cut))
    starts = next_offsets(offsets, length)
    rows = [Removed(tail_place(starts, number, cut), cut.kind, cut.rule, cut.text) for number, cut in removed]
    return "".join(parts), rows, starts


def next_offsets(offsets: list[int], length: int) -> list[int]:
    """For each line where it stands in the text; for a removed one, where the next kept line does."""
    starts: list[int] = []
    after = length
    for offset in reversed(offsets):
        after = offset if offset >= 0 else after
        starts.append(after)
    return starts[::-1]


def tail_place(starts: list[int], number: int, cut: Cut) -> int:
    """Where a removed line or tail stood: a tail after what is left of its line."""
    return starts[number] + len(cut.kept) if number >= 0 else starts[-number - 1]


def interleaved(text: str, removed: Iterable[Removed]) -> Iterator[str | Removed]:
    """The lines of a text and what was removed from it, in the order of the block.

    A tail (its rule ends in `-tail`) follows the line it was cut from, any other removed line stands before the line
    at its position.
    """
    rows = deque(removed)
    position = 0
    for line in text.splitlines(keepends=True):
        while rows and rows[0].position <= position and not is_tail(rows[0]):
            yield rows.popleft()
        bare = line.rstrip("\n")
        position += len(bare)
        if bare:
            yield bare
        if rows and rows[0].position == position and is_tail(rows[0]):
            yield rows.popleft()
        position += len(line) - len(bare)
    yield from rows


def is_tail(row: Removed) -> bool:
    """Whether a removed piece was the end of a line."""
    return row.rule.endswith("-tail")


def restored(text: str, removed: Iterable[Removed]) -> list[str]:
    """The lines of the block as it was before the rules, out of a text and what was removed from it."""
    lines: list[str] = []
    for piece in interleaved(text, removed):
        if isinstance(piece, Removed) and is_tail(piece) and lines:
            lines[-1] += piece.text
        else:
            lines.append(piece.text if isinstance(piece, Removed) else piece)
    return lines
