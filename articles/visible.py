"""The words of a small element, a caption or a byline, as a reader sees them: line by line."""

from collections.abc import Collection
from typing import Any

from articles.creditline import FURNITURE
from articles.photos import is_called
from articles.roles import SKIP
from articles.textform import clean_line, squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5")
CELLS = ("ul", "li", "td", "dd", "dt")
BLOCKS = frozenset({*HEADINGS, *CELLS, "p", "div", "figcaption", "br", "section", "footer", "header", "small", "cite"})
PARTS = frozenset({"span", "b", "strong"})
DEPTH = 40
CONTROLS = ("a", "button")
LONGEST_CONTROL = 40
OPEN, CLOSE = tuple("([-–—/\u00a0'’"), tuple(",.;:)")


def lines(element: Any, without: Collection[Any]) -> list[str]:
    """The lines of an element, without the elements of another role, and without controls and hidden words."""
    found: list[str] = []
    current: list[str] = []

    def end() -> None:
        if line := clean_line("".join(current)):
            found.append(line)
        current.clear()

    def visit(node: Any, depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag and tag not in SKIP and depth < DEPTH and (node is element or not is_hidden(node, without)):
            if tag in BLOCKS or is_parted(node):
                end()
            current.append(node.text or "")
            for child in node:
                visit(child, depth + 1)
                current.append(child.tail or "")
            if tag in BLOCKS:
                end()
        elif tag:
            end()

    visit(element, 0)
    end()
    return found


def is_hidden(node: Any, without: Collection[Any]) -> bool:
    """Whether an element within a caption is of another role, a control, an offer, or not to be seen."""
    if node in without or is_called("hidden", node.get("class")):
        return True
    if len(node) and node.tag not in CONTROLS:
        return False
    text = node.text_content().strip()
    if node.tag in CONTROLS:
        text = text.partition(",")[0]
    return len(text) <= LONGEST_CONTROL and squeeze(text) in FURNITURE


def is_parted(node: Any) -> bool:
    """Whether a style sheet must part an inline element from what it follows without a space."""
    if node.tag not in PARTS or not node.get("class"):
        return False
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        text = previous.tail or previous.text_content()
    else:
        text = (parent.text or "") if parent is not None else ""
    own = node.text_content()
    glued = bool(text) and bool(own) and not text[-1].isspace() and not own[0].isspace()
    return glued and not text.endswith(OPEN) and not own.startswith(CLOSE)
