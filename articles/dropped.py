"""Paragraphs and headings amid an article that the engine took for something else, mostly for a link in them."""

from collections import Counter
from typing import Any

from articles.beginnings import Beginnings
from articles.textform import SENTENCE_END, clean_line

ANCHORS = ("p", "h2", "h3", "h4", "li", "blockquote")
HEADINGS = frozenset({"h2", "h3", "h4"})
LONGEST_HEADING = 150
OUTSIDE_LINKS = 3
"""Letters that a paragraph must have outside its links."""

ALIKE = 2
"""Paragraphs of the text that must be set as one is that comes back."""

Form = tuple[str | None, str, str | None]


def with_dropped(tree: Any, lines: list[str]) -> list[str]:
    """The lines with those paragraphs back that stand between two of them in the page, in the form of the others.

    Form is the class of a paragraph, and tag and class of what holds it: what stands amid an article and is set as its
    paragraphs are is one of them.
    """
    places = {text.removeprefix("- ").replace(" ", ""): number for number, text in enumerate(lines)}
    beginnings = Beginnings(text.removeprefix("- ") for text in lines)
    forms: Counter[Form] = Counter()
    between: dict[int, list[tuple[Form, str]]] = {}
    last, waiting = -1, list[tuple[Form, str]]()
    for element in tree.iter(*ANCHORS):
        if (last < 0 or not may_return(element)) and beginnings.rule_out(element):
            continue
        text = clean_line(element.text_content())
        number = places.get(text.replace(" ", ""))
        if number is None:
            if last >= 0 and element.tag == "p" and is_prose(element, text):
                waiting.append((form(element), text))
            elif last >= 0 and is_subheading(element, text):
                waiting.append((form(paragraph_after(element)), text))
            continue
        if element.tag == "p":
            forms[form(element)] += 1
        if waiting and number == last + 1:
            between[last] = waiting
        if number == len(lines) - 1:
            break
        last, waiting = number, []
    kept: list[str] = []
    for number, line in enumerate(lines):
        kept.append(line)
        kept += dict.fromkeys(text for shape, text in between.get(number, ()) if forms[shape] >= ALIKE)
    return kept


def form(paragraph: Any) -> Form:
    """How a paragraph is set."""
    parent = paragraph.getparent()
    return paragraph.get("class"), parent.tag, parent.get("class")


def may_return(element: Any) -> bool:
    """Whether an element is a paragraph, or a heading right before one."""
    return element.tag == "p" or (element.tag in HEADINGS and paragraph_after(element) is not None)


def paragraph_after(heading: Any) -> Any:
    """The paragraph right behind a heading, or behind the header that holds it: that of a live blog's entry."""
    after, holder = heading.getnext(), heading.getparent()
    if holder is not None and holder.tag == "header":
        body = holder.getnext()
        after = next(body.iter("p"), None) if body is not None and isinstance(body.tag, str) else None
    return after if after is not None and after.tag == "p" else None


def is_subheading(element: Any, text: str) -> bool:
    """Whether an element is a heading right before a paragraph that leads nowhere; it is set as that is."""
    short = element.tag in HEADINGS and 0 < len(text) <= LONGEST_HEADING
    return short and may_return(element) and element.find(".//a") is None


def is_prose(paragraph: Any, text: str) -> bool:
    """Whether a paragraph is a sentence, and more than a link."""
    if not text.endswith(SENTENCE_END):
        return False
    linked = sum(len(link.text_content().strip()) for link in paragraph.iter("a"))
    return len(text) - linked >= OUTSIDE_LINKS
