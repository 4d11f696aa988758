"""The article's block: trafilatura called cheaply first, with its second opinions where that is short."""

import logging
import re
from copy import copy
from html import unescape
from typing import Any

from lxml.etree import Element, strip_elements
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from articles.textform import HEADINGS, SENTENCE_END, body_lines, clean_line, squeeze

# It reports every page it gives up on; what became of a page is said by our own outcome.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

FAST = Extractor(fast=True, precision=True, comments=False)
CAREFUL = Extractor(precision=True, comments=False)
GENEROUS = Extractor(fast=True, recall=True, comments=False)

SHORT = 450
"""Below this many characters a second opinion is asked: on 230 pages it is 11 times."""

SHARE = 0.4
"""The share of what the page holds in one place, or tells machines, below which a body counts as cut."""

LONGER = 1.3
"""How much longer a second opinion must be to be believed over the first."""

WHOLE = 0.8
"""The share of a text in one line that the page's paragraphs must make to be taken in its place."""

PARAGRAPH = 80
"""Characters that make a paragraph count as prose."""

SIBLING = 200
"""Characters of prose that make a container count as a part of the article."""

BEGINNING = 60
"""Characters by which a line is known again in what the page tells machines."""

MARKUP = re.compile(r"<[^<>]{1,200}>")
PART_MARK = "data-part-of-article"
NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "datalist",
    "nav",
    "textarea",
    "canvas",
    "audio",
    "dialog",
    "link",
    "meta",
)


CUT_WHERE_EMPTY = ("article", "blockquote", "dd", "div", "dt", *HEADINGS, "li", "main", "p", "pre", "q", "section")
CUT_WITHIN_LINES = ("b", "em", "i", "span", "strong")
"""Empty elements that trafilatura cuts with the text behind them."""


def block(tree: Any, said: str | None) -> list[str]:
    """The lines of the article's block; `said` is the page's own `articleBody`, an alarm for a cut body.

    Takes scripts, styles and the like out of the tree, which nobody needs after the metadata.
    """
    strip_elements(tree, *NO_TEXT, with_tail=False)
    free_tails(tree)
    groups = prose_groups(tree)
    lines = lines_by(tree, FAST)
    expected = max(max(groups.values(), default=0), 0 if said is None else len(said))
    if parts := split_parts(groups, lines):
        whole = lines_by(joined_parts(tree, parts), FAST)
        lines = max(lines, whole, key=mass)
    for options in (CAREFUL, GENEROUS):
        if mass(lines) >= max(SHORT, SHARE * expected) or (
            options is GENEROUS and mass(lines) > SHORT / 2 > SHARE * expected
        ):
            break
        other = lines_by(tree, options)
        if mass(other) > LONGER * mass(lines):
            lines = other
    return lines if len(lines) > 1 else max(lines, paragraphs(tree, lines), key=len)


def free_tails(tree: Any) -> None:
    """Part the text behind a box from what stands before it, and take empty elements away from before their text."""
    behind = [e for e in tree.iter(*CUT_WHERE_EMPTY, *CUT_WITHIN_LINES) if (tail := e.tail) and not tail.isspace()]
    for element in behind:
        within = element.tag in CUT_WITHIN_LINES
        if element.text or any(isinstance(inner.tag, str) or (inner.tail and inner.tail.strip()) for inner in element):
            if not within:
                broken = Element("br")
                broken.tail, element.tail = element.tail, None
                element.addnext(broken)
        elif within and not is_break(element):
            element.drop_tree()
        else:
            element.clear(keep_tail=True)
            element.tag = "br"


def is_break(element: Any) -> bool:
    """Whether an empty element parts two sentences that would else stand without a space between."""
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    after = element.tail[0]
    return text.endswith(SENTENCE_END) and not (after.isspace() or after.isdigit() or after.islower())


def told(shown: list[str], said: str) -> list[str]:
    """The lines of the page's own `articleBody` where the page shows the beginning of it alone, else none.

    Such a page is put together by the reader's browser; nobody locks what stands in it.
    """
    lines = [line for part in said.splitlines() if (line := clean_line(MARKUP.sub(" ", unescape(part))))]
    if mass(shown) >= SHARE * mass(lines) or mass(lines) < SHORT:
        return []
    whole = squeeze("".join(lines))
    return lines if all(squeeze(line[:BEGINNING]) in whole for line in shown[-1:]) else []


def lines_by(tree: Any, options: Extractor) -> list[str]:
    """The lines that one setting of trafilatura finds; none where it fails."""
    try:
        document = bare_extraction(tree, options=options)
    except Exception:  # noqa: BLE001 - its parts raise what lxml raises on odd trees
        return []
    body = getattr(document, "body", None)
    return body_lines(body) if body is not None else []


def paragraphs(tree: Any, lines: list[str]) -> list[str]:
    """The page's paragraphs that stand in a text which came as one line: its breaks are given back."""
    whole = "".join(lines)
    found = [line for element in tree.iter("p", "li", "h2", "h3") if (line := clean_line(element.text_content()))]
    found = [line for line in dict.fromkeys(found) if line in whole]
    return found if len(found) > 1 and mass(found) > WHOLE * len(whole) else lines


def mass(lines: list[str]) -> int:
    """The characters of some lines."""
    return sum(map(len, lines))


def prose_groups(tree: Any) -> dict[Any, int]:
    """The containers of prose paragraphs, each with the characters of its own paragraphs, links left out."""
    groups: dict[Any, int] = {}
    for paragraph in tree.iter("p"):
        length = len(paragraph.text_content().strip())
        if length >= PARAGRAPH:
            parent = paragraph.getparent()
            length -= sum(len(link.text_content()) for link in paragraph.iter("a"))
            groups[parent] = groups.get(parent, 0) + max(0, length)
    return groups


def split_parts(groups: dict[Any, int], lines: list[str]) -> list[Any]:
    """The containers over which one article is split: alike in tag, class and depth, under one `h1`."""
    largest = max(groups, key=lambda group: groups[group], default=None)
    if largest is None or not mass(lines):
        return []
    alike = [group for group, size in groups.items() if size >= SIBLING and signature(group) == signature(largest)]
    if not 2 <= len(alike) <= 30 or sum(groups[group] for group in alike) <= mass(lines):
        return []
    outer = [
        ancestor for ancestor in largest.iterancestors() if all(ancestor in part.iterancestors() for part in alike)
    ]
    if not outer or outer[0].tag in ("body", "html") or sum(1 for _ in outer[0].iter("h1")) > 1:
        return []
    return alike if len({next(part.iterancestors("article"), None) for part in alike}) == 1 else []


def signature(group: Any) -> tuple[Any, ...]:
    """What the parts of one article share: tag and first class of a container and its parent, and its depth."""
    parent = group.getparent()
    classes = [(element.get("class") or "").split()[:1] if element is not None else [] for element in (group, parent)]
    return group.tag, *map(tuple, classes), sum(1 for _ in group.iterancestors())


def joined_parts(tree: Any, parts: list[Any]) -> Any:
    """A copy of the tree in which the parts of an article are one container."""
    for part in parts:
        part.set(PART_MARK, "")
    whole = copy(tree)
    first, *rest = whole.xpath(f"//*[@{PART_MARK}]")
    for part in rest:
        first.extend(list(part))
    return whole
