"""What one page may ask of the parsers, decided by counting and so the same on every machine.

The characters are looked at before any parser sees them: libxml2 takes a minute for a tag of 100,000 attributes,
and ends the process where it runs out of stack. The figures in brackets are the largest of 230 labelled news pages.
"""

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from articles.decode import parse
from articles.errors import BadPage

MAX_BYTES = 16 * 1024 * 1024
"""Of a page as it was fetched, and characters of it [2.2 million]."""

MAX_MARKUP = 150_000
"""Signs that open a tag [8,093]."""

MAX_ATTRIBUTES = 1_000
"""Of one tag [73]."""

LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
"""Tags that may have so many; others are too short for it."""

QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

MAX_TEXT = 1_000_000
"""Characters of one stretch of text without markup [15,309]; libxml2 drops one over ten million without a word."""

MAX_DEPTH = 200
"""Elements within elements [51]. trafilatura gives nothing for 254, libxml2 loses what is below 2,048."""

TAG = r"</?(?:%s)\b[^<>]{0,10000}>"
INLINE = "a|abbr|b|bdi|bdo|big|cite|del|em|font|i|ins|kbd|label|mark|q|s|small|span|strike|strong|sub|sup|tt|u"
WRAPPERS = "article|blockquote|center|div|form|main|section"
STRUCTURE = "aside|dd|details|dl|dt|fieldset|li|ol|pre|table|tbody|td|tfoot|th|thead|tr|ul"
LADDER = (
    (re.compile(TAG % WRAPPERS, re.IGNORECASE), re.compile(TAG % INLINE, re.IGNORECASE)),
    (re.compile(TAG % f"{WRAPPERS}|{STRUCTURE}", re.IGNORECASE), re.compile(TAG % INLINE, re.IGNORECASE)),
)
"""What a page that is too deep is parsed without: blocks become paragraphs, which never nest, and the rest goes."""

TOO_DEEP = etree.XPath("boolean(%s)" % ("/*" * (MAX_DEPTH + 1)))
LONG_TEXT = etree.XPath(
    "string-length(//text()[string-length() > $most][not(parent::script or parent::style or parent::noscript)])"
)


def check_bytes(content: bytes | str) -> None:
    """Refuse a page that is too large with `BadPage`, as all of these do."""
    if len(content) > MAX_BYTES:
        raise BadPage("bytes", f"{len(content)}, and {MAX_BYTES} is the limit")


def tree_of(text: str) -> HtmlElement | None:
    """A page's tree within all limits, None where there is no element in it; one too deep is parsed another way."""
    check_markup(text)
    tree = parse(text)
    for blocks, inline in LADDER:
        if tree is None or not TOO_DEEP(tree):
            break
        tree = parse(inline.sub("", blocks.sub("<p>", text)))
    if tree is not None:
        check_tree(tree)
    return tree


def check_markup(text: str) -> None:
    """Refuse a page that parsers would take minutes for."""
    check_bytes(text)
    if (opened := text.count("<")) > MAX_MARKUP:
        raise BadPage("elements", f"{opened} tags, and {MAX_MARKUP} is the limit")
    for tag in LONG_TAG.finditer(text):
        if (count := len(QUOTED.sub("", tag[0]).split())) > MAX_ATTRIBUTES:
            raise BadPage("attributes", f"{count} of one tag, and {MAX_ATTRIBUTES} is the limit")


def check_tree(tree: HtmlElement) -> None:
    """Refuse a tree that is too deep whatever was left out of it, or holds text that nobody wrote."""
    if TOO_DEEP(tree):
        raise BadPage("depth", f"more than {MAX_DEPTH} elements within each other")
    length: Any = LONG_TEXT(tree, most=MAX_TEXT)
    if length > MAX_TEXT:
        raise BadPage("text-node", f"{length:.0f} characters without markup, and {MAX_TEXT} is the limit")
