"""What differs between two texts, word by word; character by character in scripts that write no spaces.

The alignment is the longest common subsequence of tokens, found between the paragraphs that both texts share. It is a
function of the two texts alone, and bounded: a stretch too long to be aligned counts as replaced whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import regex
from rapidfuzz.distance import Indel

PieceKind = Literal["same", "removed", "added"]

SPACELESS = (
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Javanese}\p{Yi}]"
)
"""Scripts in which a run of letters is a sentence, not a word."""

TOKEN = regex.compile(
    rf"(?V1)\p{{N}}+(?:[.,:]\p{{N}}+)+"
    rf"|{SPACELESS}\p{{M}}*"
    rf"|[[\p{{L}}\p{{M}}\p{{N}}]--{SPACELESS}]+(?:['’ʼ][[\p{{L}}\p{{M}}]--{SPACELESS}]+)*"
    r"|\s+|.",
    regex.DOTALL,
)
SIGN = regex.compile(SPACELESS)
WORD = regex.compile(r"[\p{L}\p{N}]")
PARAGRAPH = regex.compile(r".+?(?:\n\n+|\Z)", regex.DOTALL)

MOST = 400_000_000
"""Tokens of one text times those of the other: 20,000 each, aligned in 50 MB and half a second."""

PASSES = 8
"""How often islands are looked for: each pass may make a new one."""

LONGEST_ISLAND = 60
"""Characters; what is longer is never one."""

SAME: PieceKind = "same"
CHANGES: tuple[PieceKind, ...] = ("removed", "added")

SWALLOWED = 2
"""Words in common that are no island between two longer changes: marked one by one they are hard to read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both have, that only the old one has, or only the new one."""

    kind: PieceKind
    text: str


def tokens(text: str) -> list[str]:
    """Words, numbers, runs of white space and single signs; joined they are the text."""
    return TOKEN.findall(text)  # type: ignore[no-any-return]


def words(text: str) -> list[str]:
    """The tokens that say something, case folded: of a script without spaces each character."""
    return [token.casefold() for token in tokens(text) if WORD.search(token)]


def is_spaceless(token: str) -> bool:
    """Whether a token is a character of a script that writes no spaces."""
    return SIGN.match(token) is not None


def steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[PieceKind, int, int, int, int]]:
    """How one sequence becomes the other: kind, and the places in both from and to which it goes."""
    start = common(old, new)
    end = common(old[start:][::-1], new[start:][::-1])
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield "same", 0, start, 0, start
    if len(a) * len(b) > MOST:
        yield "removed", start, start + len(a), start, start
        yield "added", start + len(a), start + len(a), start, start + len(b)
    else:
        numbers: dict[str, int] = {}
        numbered = [[numbers.setdefault(token, len(numbers)) for token in side] for side in (a, b)]
        kinds: dict[str, PieceKind] = {"equal": "same", "delete": "removed", "insert": "added"}
        for step in Indel.opcodes(*numbered):
            yield (
                kinds[step.tag],
                start + step.src_start,
                start + step.src_end,
                start + step.dest_start,
                start + step.dest_end,
            )
    if end:
        yield "same", len(old) - end, len(old), len(new) - end, len(new)


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many elements two sequences begin with alike."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in order: same and removed ones make up the old text, same and added ones the new one."""
    if old == new:
        return (Piece("same", old),) if old else ()
    found: list[Piece] = []
    before, after = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    gap: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in steps(before, after):
        if kind == "same":
            found += between("".join(gap[0]), "".join(gap[1]))
            found.append(Piece("same", "".join(before[a:b])))
            gap = ([], [])
        else:
            gap[0].extend(before[a:b])
            gap[1].extend(after[c:d])
    found += between("".join(gap[0]), "".join(gap[1]))
    return joined(found)


def between(old: str, new: str) -> list[Piece]:
    """The pieces of a stretch without a paragraph in common."""
    a, b = tokens(old), tokens(new)
    return [
        Piece(kind, "".join(b[start:end] if kind == "added" else a[first:last]))
        for kind, first, last, start, end in steps(a, b)
    ]


def joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same, what was removed before what was added in its place, and no two neighbours of one kind."""
    found: list[Piece] = []
    for together, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        parts = list(run)
        for kind in (SAME,) if together else CHANGES:
            text = "".join(piece.text for piece in parts if piece.kind == kind)
            if text:
                found.append(Piece(kind, text))
    return tuple(found)


def readable(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same difference with fewer, longer marks: a word or two left over within a rewrite are part of it."""
    current = joined(pieces)
    for _ in range(PASSES):
        merged = joined([part for place in range(len(current)) for part in kept(current, place)])
        if merged == current:
            break
        current = merged
    return current


def kept(pieces: Sequence[Piece], place: int) -> tuple[Piece, ...]:
    """A piece, or in its place the mark that it was removed and written again."""
    piece = pieces[place]
    if piece.kind != "same" or place in (0, len(pieces) - 1) or not is_island(pieces, place):
        return (piece,)
    return (Piece("removed", piece.text), Piece("added", piece.text))


def is_island(pieces: Sequence[Piece], place: int) -> bool:
    """Whether what both have is small beside the changes around it."""
    text = pieces[place].text
    if len(text) > LONGEST_ISLAND:
        return False
    many = sum(1 for token in tokens(text) if WORD.search(token))
    before, after = pieces[max(0, place - 2) : place], pieces[place + 1 : place + 3]
    around = min(max(len(piece.text) for piece in side if piece.kind != "same") for side in (before, after))
    return many == 0 or (many <= SWALLOWED and len(text) < around)


def changed_characters(pieces: Sequence[Piece]) -> tuple[int, int]:
    """How many code points were added, and how many removed."""
    added = sum(len(piece.text) for piece in pieces if piece.kind == "added")
    return added, sum(len(piece.text) for piece in pieces if piece.kind == "removed")
