"""The lines of a block that stand outside the box of the article: what a page appends to every one of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from articles.tables import table

APPENDED = re.compile("|".join(table("markup")["appended"]["names"]), re.IGNORECASE)
HEADINGS = ("h2", "h3", "h4", "h5", "h6")

SHARE = 0.8
"""The share of the prose that the article's box holds."""

LEAST = 3
"""Lines of prose from which on a box can be told."""

PROSE = 60
"""Characters that make a line prose."""


class Text(Protocol):
    """A line of a block."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def caption(self) -> bool:
        """Whether markup calls it a picture's words."""


def after(lines: Sequence[Text], elements: Mapping[int, Any]) -> dict[int, bool]:
    """The numbers of the lines after the article's box that are set as none of its paragraphs are.

    With each, whether it stands in a box of its own. `elements` are the lines' own, by their numbers.
    """
    prose = {n: len(lines[n].text) for n in elements if not lines[n].caption and len(lines[n].text) >= PROSE}
    box = box_of([(elements[n], size) for n, size in prose.items()]) if len(prose) >= LEAST else None
    if box is None:
        return {}
    inner = {n for n, element in elements.items() if box in element.iterancestors()}
    forms = {form(elements[n]) for n in prose if n in inner}
    last = max(n for n in prose if n in inner or form(elements[n]) in forms)
    rest = [n for n in range(last + 1, len(lines)) if n in elements and n not in inner]
    around = set(box.iterancestors())
    return {n: has_own_box(elements[n], around) for n in rest if form(elements[n]) not in forms}


def has_own_box(element: Any, around: set[Any]) -> bool:
    """Whether what holds a line, up to the elements around the article, has a heading or the name of furniture."""
    outer = element
    for parent in (element, *element.iterancestors()):
        if parent in around:
            break
        outer = parent
        if parent.tag in ("aside", "footer") or APPENDED.search(
            f"{parent.get('class') or ''} {parent.get('id') or ''}"
        ):
            return True
    return outer is not element and next(outer.iter(*HEADINGS), None) is not None


def box_of(prose: Sequence[tuple[Any, int]]) -> Any:
    """The smallest element that holds most of the prose, given with its characters; None for the page itself."""
    held: dict[Any, int] = {}
    depths: dict[Any, int] = {}
    for element, size in prose:
        chain = list(element.iterancestors())
        for number, outer in enumerate(chain):
            held[outer] = held.get(outer, 0) + size
            depths[outer] = len(chain) - number
    enough = SHARE * sum(size for _, size in prose)
    box = max((outer for outer, size in held.items() if size >= enough), key=depths.__getitem__, default=None)
    return None if box is None or box.tag in ("body", "html") else box


def form(element: Any) -> tuple[Any, ...]:
    """How a paragraph is set: its tag and class, and those of what it stands in, and the name of that."""
    parent = element.getparent()
    held = (parent.tag, parent.get("class"), parent.get("id")) if parent is not None else ()
    return element.tag, element.get("class"), *held
