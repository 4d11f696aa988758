"""Small boxes with a button, a form or a field within an article: what they say is an offer to the reader."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from articles.photos import is_called
from articles.textform import HEADINGS, squeeze

CONTROLS = ("button", "form", "input", "textarea")
UNSEEN_INPUTS = frozenset({"hidden", "checkbox", "search"})

LONGEST = 320
"""Characters of a box; a larger one may hold the text."""

CHOICE = 70
"""Characters of an answer to be chosen in a poll; what a list of facts says is longer."""

SHARE = 0.25
"""The share of the text that an offer is at most."""

MAX_CONTROLS = 300

NO_BOX = frozenset(
    {"p", "li", "figure", "figcaption", "td", "blockquote", "details", "summary", "video", "audio", "header", "hgroup"}
)
"""Elements in which a control explains a word, opens a picture, plays a sound or shares the article."""


def offered(elements: Mapping[int, Any], root: Any, length: int, own: Collection[str]) -> set[int]:
    """The numbers of the lines, given with their elements, that stand in such a box.

    `length` is the whole text's, `own` are the letters of the article's titles and of its standfirst.
    """
    most = min(LONGEST, int(SHARE * length))
    first = islice(controls(root), MAX_CONTROLS)
    boxes = {box for control in first if (box := box_of(control, root, most)) is not None}
    boxes = {box for box in boxes if not is_own(box, own)}
    return {n for n, element in elements.items() if boxes and not boxes.isdisjoint((element, *element.iterancestors()))}


def controls(root: Any) -> Iterator[Any]:
    """The controls in an element, and links that look like buttons, but for those that unfold what a heading says."""
    for element in root.iter("a", *CONTROLS):
        if element.tag == "a" and not is_called("button", element.get("class")):
            continue
        if element.tag == "input" and (element.get("type") or "").lower() in UNSEEN_INPUTS:
            continue
        if (around := element.getparent()) is not None and around.tag not in HEADINGS:
            yield element


def box_of(control: Any, root: Any, most: int) -> Any:
    """The largest element around a control that has few words; None where it stands in a line of text."""
    best = None
    for outer in (control, *control.iterancestors()):
        if outer.tag in NO_BOX:
            return None
        if outer is root or len(outer.text_content().strip()) > most:
            return best
        best = outer
    return best


def is_own(box: Any, own: Collection[str]) -> bool:
    """Whether a box is the article's: its head, where buttons share it, or a list of facts that a button unfolds."""
    if next(box.iter("h1", "time", "table"), None) is not None:
        return True
    if any(len(item.text_content().strip()) > CHOICE for item in box.iter("li")):
        return True
    return any(squeeze(heading.text_content()) in own for heading in box.iter(*HEADINGS, "p"))
