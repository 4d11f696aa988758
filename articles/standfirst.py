"""The standfirst: the paragraph between headline and text, which trafilatura leaves out where it stands in the header.

It is known by the page's own description of the article, which repeats it.
"""

from collections.abc import Iterable
from typing import Any

from articles.layout import HEAD, head_of
from articles.textform import clean_line, squeeze

TAGS = ("p", "div", "h2", "h3", "h4", "span", "strong", "em", "section", "header", "li")
FURNITURE = frozenset({"a", "nav", "aside", "footer", "button", "figcaption"})
LEAST = 30
"""Letters of a description that is worth looking for."""

LONGEST = 1_200
"""Characters; longer ones are the text itself."""


def with_standfirst(tree: Any, lines: list[str], descriptions: Iterable[str | None]) -> list[str]:
    """The lines of a block, the standfirst before them where the page shows one that is not among them."""
    said = [clean_line(text) for text in descriptions if text and len(squeeze(text)) >= LEAST]
    whole = squeeze("".join(lines))
    said = [text for text in said if squeeze(text[: 2 * HEAD]) not in whole]
    found = standfirst(tree, lines[0] if lines else "", said) if said else None
    return [found, *lines] if found and squeeze(found) not in whole else lines


def standfirst(tree: Any, first: str, said: list[str]) -> str | None:
    """The text of the smallest element before the first line that begins as a description does."""
    heads = {text[:HEAD].rstrip() for text in said}
    stop = first[:HEAD].rstrip()
    best: Any = None
    for element in tree.iter(*TAGS):
        if best is not None and not any(outer is best for outer in element.iterancestors()):
            break
        head = head_of(element)
        if head == stop and best is None and element.tag == "p":
            return None
        if head in heads:
            best = element
    if best is None or any(outer.tag in FURNITURE for outer in (best, *best.iterancestors())):
        return None
    text = clean_line(best.text_content())
    return text if len(text) <= LONGEST else None
