"""What one page may ask of the parsers, decided by counting and so the same on every machine.

The characters are looked at before any parser sees them: libxml2 takes a minute for a tag of 100,000 attributes,
and ends the process where it runs out of stack. The figures in brackets are the largest of 230 labelled news pages.
"""

import re
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from articles.decode import parse
from articles.errors import BadPage

MAX_BYTES = 16 * 1024 * 1024
"""Of a page as it was fetched, and characters of it [2.2 million]."""

MAX_MARKUP = 60_000
"""Signs that open a tag [8,093]; each takes trafilatura up to 0.1 ms."""

MAX_ATTRIBUTES = 1_000
"""Of one tag [73]; libxml2 takes time in the square of them."""

MAX_ALL_ATTRIBUTES = 200_000
"""Of all tags [6,807]; two million take 700 MB."""

MAX_CLASSES = 500_000
"""Characters of all classes and ids [149,656], in each of which trafilatura looks for hundreds of words."""

LARGE = 400_000
"""Characters below which a page cannot hold so many attributes, or classes: there they are not counted."""

MAX_TEXT = 1_000_000
"""Characters of one stretch of text without markup [15,309]; libxml2 drops one over ten million without a word."""

MAX_DEPTH = 200
"""Elements within elements [51]. trafilatura gives nothing for 254, libxml2 loses what is below 2,048."""

MAX_WEIGHT = 4_000_000
"""Signs that open a tag times levels [0.4 million]: trafilatura reads an element's text once for each around it."""

ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?+)?+"
ATTRIBUTES = re.compile(ATTRIBUTE)
OPENED = rf"[a-z][^\s/>]*+(?P<attributes>(?:{ATTRIBUTE})*+)"
TAG_OPENED = re.compile(OPENED, re.IGNORECASE)
TAGS = re.compile(
    r"<(?:!--(?:[^-]++|-(?!->))*+|(?:script|style)\b[^>]*+>(?:[^<]++|<(?!/(?:script|style)))*+"
    rf"|{OPENED})",
    re.IGNORECASE,
)
"""Tags as browsers read them, and the comments and scripts in which nothing is one; no character is read twice."""

TAG = r"</?(?:%s)\b[^<>]{0,10000}>"
INLINE = "a|abbr|b|bdi|bdo|big|cite|del|em|font|i|ins|kbd|label|mark|q|s|small|span|strike|strong|sub|sup|tt|u"
WRAPPERS = "article|blockquote|center|div|form|main|section"
STRUCTURE = "aside|dd|details|dl|dt|fieldset|li|ol|pre|table|tbody|td|tfoot|th|thead|tr|ul"
LADDER = (
    (re.compile(TAG % WRAPPERS, re.IGNORECASE), re.compile(TAG % INLINE, re.IGNORECASE)),
    (re.compile(TAG % f"{WRAPPERS}|{STRUCTURE}", re.IGNORECASE), re.compile(TAG % INLINE, re.IGNORECASE)),
)
"""What a page that is too deep is parsed without: blocks become paragraphs, which never nest, and the rest goes."""

LONG_TEXT = etree.XPath(
    "string-length(//text()[string-length() > $most][not(parent::script or parent::style or parent::noscript)])"
)
COUNT_ATTRIBUTES = etree.XPath("count(//@*)")
CLASSES = etree.XPath("//@*[name() = 'class' or name() = 'id']", smart_strings=False)


def check_bytes(content: bytes | str) -> None:
    """Refuse a page that is too large with `BadPage`, as all of these do."""
    if len(content) > MAX_BYTES:
        raise BadPage("bytes", f"{len(content)}, and {MAX_BYTES} is the limit")


def tree_of(text: str) -> HtmlElement | None:
    """A page's tree within all limits, None where there is no element in it; one too deep is parsed another way."""
    check_markup(text)
    tree = parse(text)
    most = depth_for(text)
    for blocks, inline in LADDER:
        if tree is None or not deeper_than(most)(tree):
            break
        tree = parse(inline.sub("", blocks.sub("<p>", text)))
    if tree is not None:
        check_depth(tree, most)
        if len(text) > MAX_TEXT:
            check_text(tree)
        if len(text) > LARGE:
            check_attributes(tree)
    return tree


def check_markup(text: str) -> None:
    """Refuse a page that parsers would take minutes for."""
    check_bytes(text)
    if (opened := text.count("<")) > MAX_MARKUP:
        raise BadPage("elements", f"{opened} tags, and {MAX_MARKUP} is the limit")
    if not any(map(may_be_crowded, [piece for piece in text.split("<") if len(piece) > MAX_ATTRIBUTES])):
        return
    for tag in TAGS.finditer(text):
        if (count := attributes_in(tag)) > MAX_ATTRIBUTES:
            raise BadPage("attributes", f"{count} of one tag, and {MAX_ATTRIBUTES} is the limit")


def may_be_crowded(piece: str) -> bool:
    """Whether what follows a `<` is long enough for too many attributes, and reads as a tag that has them.

    A script may read so as well: then the page is read as browsers read it, which takes longer.
    """
    return (tag := TAG_OPENED.match(piece)) is not None and attributes_in(tag) > MAX_ATTRIBUTES


def attributes_in(tag: re.Match[str]) -> int:
    """How many attributes a tag has, 0 where it is too short for too many."""
    start, end = tag.span("attributes")
    return len(ATTRIBUTES.findall(tag.string, start, end)) if end - start > MAX_ATTRIBUTES else 0


def depth_for(text: str) -> int:
    """How deep a page may be: the less, the more tags it has."""
    return min(MAX_DEPTH, MAX_WEIGHT // max(1, text.count("<")))


@lru_cache
def deeper_than(most: int) -> etree.XPath:
    """The question whether a tree has more levels."""
    return etree.XPath("boolean(%s)" % ("/*" * (most + 1)))


def check_depth(tree: HtmlElement, most: int) -> None:
    """Refuse a tree that is too deep whatever was left out of it."""
    if deeper_than(most)(tree):
        raise BadPage("depth", f"more than {most} elements within each other")


def check_text(tree: HtmlElement) -> None:
    """Refuse a tree that holds text that nobody wrote."""
    length: Any = LONG_TEXT(tree, most=MAX_TEXT)
    if length > MAX_TEXT:
        raise BadPage("text-node", f"{length:.0f} characters without markup, and {MAX_TEXT} is the limit")


def check_attributes(tree: HtmlElement) -> None:
    """Refuse a tree with more attributes than markup needs."""
    count: Any = COUNT_ATTRIBUTES(tree)
    if count > MAX_ALL_ATTRIBUTES:
        raise BadPage("attributes", f"{count:.0f} in all, and {MAX_ALL_ATTRIBUTES} is the limit")
    names: Any = CLASSES(tree)
    if (length := sum(map(len, names))) > MAX_CLASSES:
        raise BadPage("attributes", f"{length} characters of classes and ids, and {MAX_CLASSES} is the limit")
