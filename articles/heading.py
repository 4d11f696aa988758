"""The lines between a headline and the text: where a page without metadata says who wrote it, and when."""

from collections.abc import Iterator
from typing import Any

from articles.textform import clean_line, squeeze

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
    """The lines after the headline, given by its letters, and before the first line of prose."""
    headline = next((h for h in tree.iter(*HEADLINES) if squeeze(h.text_content()[:600]) in titles), None)
    if headline is None:
        return []
    prose = [squeeze(line)[:KNOWN] for line in block if len(line) >= PROSE and squeeze(line) not in titles]
    stops = prose[:2]
    found: list[str] = []
    for line in grouped(headline):
        begins = squeeze(line)[:KNOWN]
        if len(stops) == 2 and begins == stops[0]:
            del stops[0]  # a standfirst may be followed by the byline, the text by its next line
            continue
        if len(line) > LONGEST or len(found) == MOST or begins in stops:
            break
        found.append(line)
    return found


def grouped(headline: Any) -> Iterator[str]:
    """The pieces of text after an element, those of one block together."""
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
            yield clean_line(" ".join(pieces))
            pieces = []
        pieces.append(str(piece))
        box = home
    if pieces:
        yield clean_line(" ".join(pieces))
