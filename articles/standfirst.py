"""The standfirst: the paragraph between headline and text, which trafilatura leaves out where it stands in the header.

It is known by the page's own description of the article, which repeats it.
"""

from collections.abc import Iterable
from typing import Any

from articles.layout import HEAD, head_of
from articles.textform import clean_line, squeeze

TAGS = ("p", "div", "h2", "h3", "h4", "span", "strong", "b", "em", "section", "header", "li", "td")
INLINE = frozenset({"span", "strong", "b", "em"})
FURNITURE = frozenset({"a", "nav", "aside", "footer", "button", "figcaption"})
GLANCE = 5
"""Characters by which most elements are seen not to begin as a description does."""

LEAST = 30
"""Letters of a description that is worth looking for."""

LONGEST = 1_200
"""Characters; longer ones are the text itself."""


def with_standfirst(tree: Any, lines: list[str], descriptions: Iterable[str | None]) -> list[str]:
    """The lines of a block, the standfirst before them where the page shows one that is not among them."""
    said = [clean_line(text) for text in descriptions if text and len(squeeze(text)) >= LEAST]
    if not said or not lines:
        return lines
    whole = squeeze("".join(lines))
    missing = [text for text in said if squeeze(text[: 2 * HEAD]) not in whole]
    found = standfirst(tree, lines[0], missing) if missing else None
    return [found, *lines] if found and squeeze(found) not in whole else lines


def standfirst(tree: Any, first: str, said: list[str]) -> str | None:
    """The text of the first element before the first line that begins as a description does."""
    starts = {text[:HEAD].rstrip() for text in said}
    stop = first[:HEAD].rstrip()
    glances = {start[:GLANCE] for start in (*starts, stop)}
    for element in tree.iter(*TAGS):
        if not element.text or element.text.lstrip()[:GLANCE] not in glances:
            continue
        home = block_of(element)
        head = head_of(home)
        if head == stop:
            return None
        if head in starts and not any(outer.tag in FURNITURE for outer in (home, *home.iterancestors())):
            text = clean_line(home.text_content())
            return text if len(text) <= LONGEST else None
    return None


def block_of(element: Any) -> Any:
    """The block in which an element stands, itself where it is one."""
    while element.tag in INLINE and element.getparent() is not None and element.getparent().tag in TAGS:
        element = element.getparent()
    return element
