"""Pictures in an article's stretch that are not the article's: its author, a button, the page's opening, a quote."""

import re
from typing import Any

from articles import creditline
from articles.authors import BYLINE
from articles.daylines import found_in
from articles.photos import Figure
from articles.tables import table
from articles.textform import WIDE, squeeze

CONTROLS = tuple(table("labels")["controls"])
PERSON_SOURCE = re.compile(
    r"gravatar|avatar|[/_-](?:authors?|autor(?:en|es)?|profiles?|bylines?|headshots?)[/_.-]", re.IGNORECASE
)
DRAWN = re.compile(r"\.svg(?:$|[?#])", re.IGNORECASE)

LEAST_WORDS = 4
"""Words without markup, credit or picture text that say so much are a caption; fewer are a button's."""

LEAST_TITLE = 20
"""Letters of a title that is known again among a picture's words."""

BYLINE_WORDS = 14
HOUR = 8
"""Letters and digits of an hour and its zone behind a day."""


def is_apart(figure: Figure, authors: frozenset[str], titles: tuple[str, ...]) -> bool:
    """Whether the words beside a picture are about something else than what it shows."""
    if is_author(figure, authors):
        return True
    if figure.complete:
        return False
    return is_portrait(figure, authors) or is_control(figure) or (not figure.marked and holds_title(figure, titles))


def is_author(figure: Figure, authors: frozenset[str]) -> bool:
    """Whether the only name beside a picture, or its alternative text, is that of who wrote the article."""
    caption, credit, alt = squeeze(figure.caption or ""), squeeze(figure.credit or ""), squeeze(figure.alt or "")
    if caption in authors and not credit:
        return True
    return alt in authors and (not credit or credit in authors or credit.startswith(alt))


def is_portrait(figure: Figure, authors: frozenset[str]) -> bool:
    """Whether a picture shows who wrote the article: its words are a byline, or say again who is in it."""
    caption, credit, alt = figure.caption or "", squeeze(figure.credit or ""), squeeze(figure.alt or "")
    if PERSON_SOURCE.search(figure.source or "") or signs(caption, authors):
        return True
    if caption and BYLINE.match(caption) and len(caption.split()) <= BYLINE_WORDS and not credit:
        return True
    if not caption and credit and (credit in authors or (len(credit) > 5 and alt.startswith(credit))):
        return True
    named = bool(alt) and len((figure.alt or "").split()) in (2, 3, 4) and creditline.is_name(figure.alt or "")
    return named and not figure.marked and not credit and alt in squeeze(caption) and alt != squeeze(caption)


def signs(caption: str, authors: frozenset[str]) -> bool:
    """Whether a caption is an author's name, a byline's first word and the day of publication, and little else."""
    bare, day = BYLINE.sub("", caption), found_in(caption)
    if len(caption.split()) > BYLINE_WORDS or (bare == caption and not day):
        return False
    left = len(squeeze(bare)) - len(squeeze(day or ""))
    return any(author and squeeze(bare).startswith(author) and left - len(author) <= HOUR for author in authors)


def is_control(figure: Figure) -> bool:
    """Whether a picture is a button or an ornament."""
    alt = (figure.alt or "").casefold()
    if alt.startswith(CONTROLS) or DRAWN.search(figure.source or ""):
        return True
    few = len((figure.caption or "").split()) < LEAST_WORDS and not WIDE.search(figure.caption or "")
    return few and not figure.marked and not figure.credit


def holds_title(figure: Figure, titles: tuple[str, ...]) -> bool:
    """Whether the article's title stands among a picture's words: then they are the opening of the page."""
    words = squeeze("".join(figure.words))
    return any(len(title) >= LEAST_TITLE and title in words for title in titles)


def is_quote(element: Any) -> bool:
    """Whether a figure holds words, code or a table and no picture."""
    return element.find(".//img") is None and any(
        element.find(f".//{tag}") is not None for tag in ("blockquote", "q", "table", "pre")
    )
