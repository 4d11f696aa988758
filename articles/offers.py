"""Small boxes with a button, a form or a field within an article: what they say is an offer to the reader."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

CONTROLS = ("button", "form", "input", "textarea")
BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)

LONGEST = 320
"""Characters of a box; a larger one may hold the text."""

SHARE = 0.25
"""The share of the text that an offer is at most."""

NO_BOX = frozenset(
    {"p", "li", "figure", "figcaption", "td", "blockquote", "details", "summary", "video", "audio", "header", "hgroup"}
)
"""Elements in which a control explains a word, opens a picture, plays a sound or shares the article."""


def offered(elements: Mapping[int, Any], root: Any, length: int) -> set[int]:
    """The numbers of the lines, given with their elements, that stand in such a box; `length` is the whole text's."""
    most = min(LONGEST, int(SHARE * length))
    boxes = {box for control in controls(root) if (box := box_of(control, root, most)) is not None}
    return {n for n, element in elements.items() if boxes and not boxes.isdisjoint((element, *element.iterancestors()))}


def controls(root: Any) -> Iterable[Any]:
    """The controls in an element, and the links that look like buttons."""
    for element in root.iter("a", *CONTROLS):
        if element.tag != "a" or BUTTON.search(element.get("class") or ""):
            yield element


def box_of(control: Any, root: Any, most: int) -> Any:
    """The largest element around a control that has few words; None where it stands in a line of text.

    A box with a headline or a time in it is the article's own head, where buttons share it.
    """
    best = control if control.tag == "form" else None
    for outer in control.iterancestors():
        if outer.tag in NO_BOX:
            return None
        if (
            outer is root
            or len(outer.text_content().strip()) > most
            or next(outer.iter("h1", "time"), None) is not None
        ):
            return best
        best = outer
    return best
