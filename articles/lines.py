"""Our line rules: what of the article's block is its text, what are words of its pictures, what is neither."""

from dataclasses import dataclass, field
from typing import Any

from articles import agencies, boilerplate, creditline, layout
from articles.layout import Layout, Line
from articles.metadata import Metadata, address
from articles.model import Photo, Removed, RemovedKind
from articles.photos import UNMARKED, Figure
from articles.textform import gaps, squeeze

SAFE = 25
"""Letters from which on a line equal to a caption may go wherever it stands: 1 of 488 also stood in a true body."""

STORY = 0.5
"""The share of a body that captions may make before they are its story: slide shows."""


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


@dataclass(slots=True)
class Known:
    """The words of the page's pictures, by their letters."""

    words: dict[str, list[tuple[Figure, RemovedKind]]] = field(default_factory=dict)

    def add(self, text: str | None, figure: Figure, kind: RemovedKind) -> None:
        """Remember a string of a figure."""
        key = squeeze(text or "")
        if len(key) >= 2:
            self.words.setdefault(key, []).append((figure, kind))


def read(tree: Any, block: list[str], url: str, facts: Metadata) -> tuple[str, tuple[Removed, ...], tuple[Photo, ...]]:
    """The text, the removed lines and the photos of an article's block."""
    places = layout.read(tree, block)
    cuts = decide(block, places, facts)
    text, removed, starts = apply(block, cuts, gaps(block))
    return text, with_figures(removed, places, cuts, starts, len(text)), pictures(places.figures, cuts, url)


def decide(block: list[str], places: Layout, facts: Metadata) -> list[Cut]:
    """The cuts, in the order of the lines; at most one a line."""
    known = known_words(places.figures)
    spans = neighbours(places.lines)
    cuts: list[Cut] = []
    for number, line in enumerate(places.lines):
        cut = picture_cut(number, line, known, spans[number], places) or boilerplate_cut(
            number, line, len(block), facts
        )
        if cut:
            cuts.append(cut)
    words = sum(len(cut.text) for cut in cuts if cut.kind == "caption")
    if words > STORY * sum(map(len, block)):
        cuts = [cut for cut in cuts if cut.kind != "caption"]
    return cuts


def known_words(figures: tuple[Figure, ...]) -> Known:
    """Every spelling in which the words of the figures may stand as a line."""
    known = Known()
    for figure in figures:
        known.add(figure.caption, figure, "caption")
        known.add(figure.credit, figure, "credit")
        known.add("".join(figure.words), figure, "caption")
        if figure.caption and figure.credit:
            known.add(figure.caption + figure.credit, figure, "caption")
        for word in figure.words:
            known.add(word, figure, "credit" if creditline.is_credit(word) else "caption")
    return known


def neighbours(lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    """For each line the places of the nearest lines before and after it that were found in the page."""
    before, after = -1, 10**9
    starts: list[int] = []
    ends: list[int] = []
    for line in lines:
        starts.append(before)
        before = max(before, line.place) if line.place is not None and not line.caption else before
    for line in reversed(lines):
        ends.append(after)
        after = min(after, line.place) if line.place is not None and not line.caption else after
    return list(zip(starts, reversed(ends), strict=True))


def picture_cut(number: int, line: Line, known: Known, span: tuple[int, int], places: Layout) -> Cut | None:
    """The line as a picture's words: by equality with them, by the alternative text, by its look beside a picture."""
    text, key = line.text, squeeze(line.text)
    for figure, kind in known.words.get(key, ()):
        if len(key) >= SAFE or line.caption or span[0] <= figure.place <= span[1]:
            return Cut(number, kind, f"{kind}-markup", text, figure=figure)
    if line.caption and len(text) <= UNMARKED and line.linked < 0.5:
        kind = "credit" if creditline.is_credit(text) else "caption"
        return Cut(number, kind, f"{kind}-markup", text)
    beside = [place for place, _ in places.alts if span[0] <= place <= span[1]]
    if line.linked < 0.5 and len(key) >= 4:
        for place, alt in places.alts:
            if key == squeeze(alt) and (place in beside or len(key) >= 2 * SAFE):
                return Cut(number, "caption", "caption-alt", text)
    if creditline.WHOLE.match(text) and creditline.is_credit(text) and len(text.split()) <= 14:
        return labelled_cut(number, text, bool(beside))
    if beside and creditline.is_agency_credit(text):
        return Cut(number, "credit", "credit-agency", text)
    return tail_cut(number, text, bool(beside))


def labelled_cut(number: int, text: str, beside: bool) -> Cut | None:
    """A line that is a label and a name: a credit, unless it only names the text's own source away from any picture."""
    if beside or not creditline.SOURCE.match(text):
        return Cut(number, "credit", "credit-label", text)
    return Cut(number, "copyright" if creditline.RIGHTS.match(text) else "other", "source-line", text)


def tail_cut(number: int, line: str, beside: bool) -> Cut | None:
    """The credit at a line's end; the whole line where it stands beside a picture and is as short as a caption."""
    found = creditline.tail(line)
    if not found or len(found["name"].split()) > 14:
        return None
    bracketed = line.rstrip(".")[-1:] in ")]）"
    start = found.start("credit")
    start -= len(line[:start]) - len(line[:start].rstrip(" ([（|–—-"))
    kept = line[:start]
    if not kept:
        return None
    if beside and len(line) < 300:
        return Cut(number, "caption", "caption-tail-credit", line)
    return Cut(number, "credit", "credit-tail", line[start:], kept) if bracketed else None


def boilerplate_cut(number: int, line: Line, total: int, facts: Metadata) -> Cut | None:
    """The line as furniture."""
    found = boilerplate.verdict(line, number, total, facts)
    return Cut(number, found[0], found[1], line.text) if found else None


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


def restored(text: str, removed: tuple[Removed, ...] | list[Removed]) -> list[str]:
    """The lines of the block as it was before the rules, out of a text and what was removed from it.

    A tail (its rule ends in `-tail`) goes back to the end of the line it was cut from, any other removed line
    before the line at its position.
    """
    lines: list[str] = []
    rows = list(removed)
    position = 0
    for line in text.splitlines(keepends=True):
        while rows and rows[0].position <= position and not rows[0].rule.endswith("-tail"):
            lines.append(rows.pop(0).text)
        bare = line.rstrip("\n")
        position += len(bare)
        if rows and rows[0].position == position and rows[0].rule.endswith("-tail"):
            bare += rows.pop(0).text
        if bare:
            lines.append(bare)
        position += len(line) - len(line.rstrip("\n"))
    return lines + [row.text for row in rows]


def with_figures(
    removed: list[Removed], places: Layout, cuts: list[Cut], starts: list[int], length: int
) -> tuple[Removed, ...]:
    """The removed lines, and the words of figures that stood beside the block, each at its place in the text."""
    said = [squeeze(cut.text) for cut in cuts if cut.kind in ("caption", "credit")]
    rows = list(removed)
    for figure in places.figures:
        after = (i for i, line in enumerate(places.lines) if line.place is not None and line.place > figure.place)
        at = next((starts[i] for i in after), length)
        words: tuple[tuple[RemovedKind, str | None], ...] = (("caption", figure.caption), ("credit", figure.credit))
        for kind, text in words:
            key = squeeze(text or "")
            if text and key and not any(key in other for other in said):
                rows.append(Removed(at, kind, f"{kind}-figure", text))
    return tuple(sorted(rows, key=lambda row: row.position))


def pictures(figures: tuple[Figure, ...], cuts: list[Cut], url: str) -> tuple[Photo, ...]:
    """The photos: those of the figures in their order, then words that stood in the text without one."""
    found: list[Photo] = []
    seen: set[tuple[str, str]] = set()

    def add(caption: str | None, credit: str | None, alt: str | None, source: str | None) -> None:
        key = squeeze(caption or ""), squeeze(credit or "")
        if key != ("", "") and key not in seen:
            seen.add(key)
            agency = agencies.agency_of(credit) if credit else None
            found.append(Photo(len(found), caption, credit, agency, alt, address(source, url)))

    for figure in figures:
        add(figure.caption, figure.credit, figure.alt, figure.source)
    for cut in cuts:
        if cut.figure is None and cut.kind in ("caption", "credit"):
            caption, credit = (
                creditline.split(cut.text) if cut.kind == "caption" else (None, creditline.clean(cut.text))
            )
            add(caption, credit, None, None)
    return tuple(found)
