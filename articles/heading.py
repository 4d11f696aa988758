"""The lines between a headline and the text: where a page without metadata says who wrote it, and when."""

from collections.abc import Iterator
from typing import Any

from articles.authors import BYLINE
from articles.daylines import beside_day
from articles.margins import DAY_ALONE
from articles.textform import HEADINGS, clean_line, squeeze

HEADLINES = ("h1", "h2", "h3")
BOXES = ("address", "article", "blockquote", "div", "header", "main", "section", "p", "time", "h1", "h2", "h3", "h4")
CELLS = ("dd", "dl", "dt", "li", "ul", "table", "td", "tr")
BLOCKS = frozenset({*BOXES, *CELLS})
APART = frozenset({"figure", "figcaption", "nav", "aside", "script", "style", "button", "footer"})

PROSE = 60
"""Characters of a line that is the text's first."""

KNOWN = 25
"""Letters by which that line is known again in the page."""

MOST, LONGEST, PIECES = 14, 160, 60
"""Lines that are looked at, characters of one, and pieces of text in all of them."""


def lines(tree: Any, block: list[str], titles: tuple[str, ...]) -> list[str]:
    """The lines after the headline, given by its letters, and before the first line of prose.

    Behind that line bylines and days count as well where it is set otherwise than the next one: it is a standfirst.
    """
    headline = next((h for h in tree.iter(*HEADLINES) if squeeze(h.text_content()[:600]) in titles), None)
    if headline is None:
        return []
    prose = [squeeze(line)[:KNOWN] for line in block if len(line) >= PROSE and squeeze(line) not in titles]
    stops = list(dict.fromkeys(prose))[:2]
    before: list[str] = []
    behind: list[str] = []
    standfirst = None
    for line, box in grouped(headline):
        begins = squeeze(line)[:KNOWN]
        if begins in stops:
            if standfirst is None and begins == stops[0]:
                standfirst = box
                continue
            return before + (behind if form(box) != form(standfirst) else [])
        if len(line) > LONGEST or len(before) + len(behind) == MOST:
            break
        if standfirst is None:
            before.append(line)
        elif box is not None and box.tag not in HEADINGS and signs_or_dates(line):
            behind.append(line)
    return before


def signs_or_dates(line: str) -> bool:
    """Whether a line is a byline, or a day and little else."""
    beside = beside_day(line.rstrip("."))  # `7:15 a.m.`
    return BYLINE.match(line) is not None or (beside is not None and beside <= DAY_ALONE)


def form(box: Any) -> tuple[Any, ...]:
    """How a block is set: its tag and class, and those of what holds it."""
    if box is None:
        return ()
    outer = box.getparent()
    return box.tag, box.get("class"), *((outer.tag, outer.get("class")) if outer is not None else ())


def grouped(headline: Any) -> Iterator[tuple[str, Any]]:
    """The pieces of text after an element, those of one block together, each with that."""
    pieces: list[str] = []
    box = None
    for piece in headline.xpath(f"following::text()[normalize-space()][position() <= {PIECES}]"):
        holder = piece.getparent()
        broken = piece.is_tail and holder.tag == "br"
        holder = holder.getparent() if piece.is_tail else holder
        if any(outer.tag in APART for outer in (holder, *holder.iterancestors())):
            continue
        home = next((outer for outer in (holder, *holder.iterancestors()) if outer.tag in BLOCKS), None)
        if pieces and (broken or home is not box):
            yield clean_line(" ".join(pieces)), box
            pieces = []
        pieces.append(str(piece))
        box = home
    if pieces:
        yield clean_line(" ".join(pieces)), box
