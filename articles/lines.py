"""Our line rules: what of the article's block is its text, what are words of its pictures, what is neither."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from articles import boilerplate, captionline, creditline, layout, margins, pictures, runs
from articles.cuts import Cut, apply
from articles.layout import Layout, Line
from articles.metadata import Metadata
from articles.model import Photo, Removed, RemovedKind
from articles.photos import UNMARKED, Figure, Image
from articles.textform import gaps, squeeze

SAFE = 25
"""Letters from which on a line equal to a caption may go wherever it stands: 1 of 488 also stood in a true body."""

STORY = 0.5
"""The share of a body that captions may make before they are its story: slide shows."""


BRACKETS = re.compile(r"[()\[\]（）]")
SPREAD = 4
"""Characters of a line for each of its letters, at most: spaces and signs are not more."""


@dataclass(slots=True)
class Known:
    """The words of the page's pictures, by their letters."""

    words: dict[str, list[tuple[Figure, RemovedKind]]] = field(default_factory=dict)
    alts: dict[str, list[Image]] = field(default_factory=dict)
    """The pictures by the letters of their alternative text."""

    longest: int = 0
    """Characters beyond which no line can be one of them."""

    def add(self, text: str | None, figure: Figure, kind: RemovedKind) -> None:
        """Remember a string of a figure."""
        key = squeeze(text or "")
        if len(key) >= 2:
            self.words.setdefault(key, []).append((figure, kind))
            self.longest = max(self.longest, SPREAD * len(key))

    def owned_by(self, credit: str, span: tuple[int, int]) -> Figure | None:
        """The figure between two places in the page whose credit a labelled line says once more."""
        near = self.words.get(squeeze(creditline.clean(credit) or ""), ())
        return next((figure for figure, kind in near if kind == "credit" and span[0] <= figure.place <= span[1]), None)


def read(tree: Any, block: list[str], url: str, facts: Metadata) -> tuple[str, tuple[Removed, ...], tuple[Photo, ...]]:
    """The text, the removed lines and the photos of an article's block."""
    places = layout.read(tree, block, facts)
    cuts = decide(block, places, facts)
    text, removed, starts = apply(block, cuts, gaps(block))
    return text, with_figures(removed, places, cuts, starts, text), pictures.photos_of(places, cuts, url)


def decide(block: list[str], places: Layout, facts: Metadata) -> list[Cut]:
    """The cuts, in the order of the lines; at most one a line."""
    known = known_words(places)
    keys = [squeeze(line.text) if len(line.text) <= known.longest else "" for line in places.lines]
    own = frozenset(number for number, key in enumerate(keys) if key in known.words)
    spans = neighbours(places.lines, own)
    cuts: list[Cut] = []
    left = 1
    for number, line in reversed(list(enumerate(places.lines))):
        cut = picture_cut(number, line, keys[number], known, spans[number], places)
        if cut is None:
            before = places.lines[number - 1].text if number else ""
            found = boilerplate.verdict(line, number, number + left, facts, before)
            cut = Cut(number, found[0], found[1], line.text) if found else None
        if cut:
            cuts.append(cut)
        if not cut or cut.kept:
            left += 1
    taken = {cut.line for cut in cuts}
    cuts += [cut for cut in runs.cuts(places.lines) if cut.line not in taken]
    cuts.sort(key=lambda cut: cut.line)
    words = sum(len(cut.text) for cut in cuts if cut.kind == "caption")
    if words > STORY * sum(map(len, block)):
        cuts = [cut for cut in cuts if cut.kind != "caption"]
    return cuts


def known_words(places: Layout) -> Known:
    """Every spelling in which the words of the pictures may stand as a line."""
    known = Known()
    for image in places.images:
        known.alts.setdefault(key := squeeze(image.alt), []).append(image)
        known.longest = max(known.longest, SPREAD * len(key))
    for figure in places.figures:
        known.add(figure.caption, figure, "caption")
        known.add(figure.credit, figure, "credit")
        known.add("".join(figure.words), figure, "caption")
        if figure.caption and figure.credit:
            known.add(figure.caption + figure.credit, figure, "caption")
        for word in figure.words:
            known.add(word, figure, "credit" if creditline.is_credit(word) else "caption")
    return known


def neighbours(lines: tuple[Line, ...], own: frozenset[int]) -> list[tuple[int, int]]:
    """For each line the places of the nearest lines before and after it that were found in the page.

    `own` are the lines that say a picture's words; as those that markup calls captions they are passed over.
    """
    found = {line.place for number, line in enumerate(lines) if not line.caption and number not in own}
    before, after = -1, 10**9
    starts: list[int] = []
    ends: list[int] = []
    for line in lines:
        starts.append(before)
        before = max(before, line.place) if line.place is not None and line.place in found else before
    for line in reversed(lines):
        ends.append(after)
        after = min(after, line.place) if line.place is not None and line.place in found else after
    return list(zip(starts, reversed(ends), strict=True))


def picture_cut(number: int, line: Line, key: str, known: Known, span: tuple[int, int], places: Layout) -> Cut | None:
    """The line as a picture's words: by equality with them, by the alternative text, by its look beside a picture."""
    text = line.text
    for figure, kind in known.words.get(key, ()):
        if len(key) >= SAFE or line.caption or span[0] <= figure.place <= span[1]:
            return Cut(number, kind, f"{kind}-markup", text, figure=figure)
    if line.caption and len(text) <= UNMARKED and line.linked < 0.5:
        kind = "credit" if creditline.is_credit(text) else "caption"
        return Cut(number, kind, f"{kind}-markup", text)
    if line.linked < 0.5 and len(key) >= 4:
        for image in known.alts.get(key, ()):
            near = span[0] <= image.place <= span[1]
            if near or len(key) >= 2 * SAFE:
                return Cut(number, "caption", "caption-alt", text, image=image)
    beside = any(span[0] <= image.place <= span[1] for image in places.images)
    if creditline.WHOLE.match(text) and creditline.is_credit(text) and len(text.split()) <= 14:
        named = labelled_cut(number, text, beside=beside, foot=number >= len(places.lines) - margins.CLOSING)
        return replace(named, figure=known.owned_by(text, span)) if named.kind == "credit" else named
    if beside and creditline.is_agency_credit(text):
        return Cut(number, "credit", "credit-agency", text)
    return tail_cut(number, text, beside)


def labelled_cut(number: int, text: str, *, beside: bool, foot: bool) -> Cut:
    """A line that is a label and a name: a credit, unless it only names the text's own source away from any picture."""
    if foot and creditline.RIGHTS.match(text):
        return Cut(number, "copyright", "source-line", text)
    if beside or not creditline.SOURCE.match(text):
        return Cut(number, "credit", "credit-label", text)
    return Cut(number, "copyright" if creditline.RIGHTS.match(text) else "other", "source-line", text)


def tail_cut(number: int, line: str, beside: bool) -> Cut | None:
    """The credit at a line's end; the whole line where it stands beside a picture and is as short as a caption."""
    found = creditline.tail(line)
    if not found or len(found["name"].split()) > 14 or is_said(found["name"]):
        return None
    bracketed = line.rstrip(".")[-1:] in ")]）"
    start = found.start("credit")
    start -= len(line[:start]) - len(line[:start].rstrip(" ([（|–—-"))
    opened = line.rfind("(", 0, start)
    if bracketed and opened > line.rfind(")", 0, start):
        start = len(line[:opened].rstrip())  # the label stands within: `(AP Photo/Jane Doe)`
    kept = line[:start]
    if not kept or creditline.is_of_the_text(found, kept, beside=beside):
        return None
    around = line[0] in "([（" and bracketed and not BRACKETS.search(line[1:].rstrip(".")[:-1])
    counted = captionline.COUNTER.match(line) is not None
    if around or counted or (beside and len(line) < 300):
        return Cut(number, "caption", "caption-tail-credit", line)
    return Cut(number, "credit", "credit-tail", line[start:], kept) if bracketed else None


def is_said(name: str) -> bool:
    """Whether what stands behind a label is a sentence of the text."""
    return name.rstrip().endswith(("?", "!")) or bool(creditline.SENTENCE.search(name))


def with_figures(
    removed: list[Removed], places: Layout, cuts: list[Cut], starts: list[int], text_kept: str
) -> tuple[Removed, ...]:
    """The removed lines, and the words of figures that stood beside the block, each at its place in the text."""
    rows = list(removed)
    if not places.figures:
        return tuple(rows)
    said = [squeeze(cut.text) for cut in cuts if cut.kind in ("caption", "credit")]
    kept = squeeze(text_kept)
    for figure in places.figures:
        after = (i for i, line in enumerate(places.lines) if line.place is not None and line.place > figure.place)
        at = next((starts[i] for i in after), len(text_kept))
        words: tuple[tuple[RemovedKind, str | None], ...] = (("caption", figure.caption), ("credit", figure.credit))
        for kind, text in words:
            key = squeeze(text or "")
            if text and key and not any(key in other for other in said) and key not in kept:
                rows.append(Removed(at, kind, f"{kind}-figure", text))
    return tuple(sorted(rows, key=lambda row: row.position))
