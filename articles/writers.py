"""Who a page names as the author of its article, and where: JSON-LD, meta elements, links and labels in sight."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from articles import authors, heads, jsonld, visible
from articles.tables import table
from articles.textform import clean_line

MARKUP = table("markup")
AUTHOR_META: tuple[str, ...] = tuple(MARKUP["meta"]["author"])
AUTHOR_MARKUP: tuple[str, ...] = tuple(MARKUP["author"]["paths"])
AUTHOR_CLASSES = tuple(re.compile(words) for words in MARKUP["author"]["classes"])
CLASSED = "//*[contains(@class, 'author') or contains(@class, 'byline')]"
UNDER_HEADLINE: str = MARKUP["author"]["last"]
UNDER_LESSER: str = MARKUP["author"]["without_h1"]
FACTS = "//*[self::strong or self::b or self::dt or self::th or self::span][string-length(normalize-space(.)) < 20]"
MAX_BYLINE = 200
MAX_LINES = 8
WHOLE = frozenset({"html", "body", "main", "article"})
"""Elements whose class says that readers may comment, not that they do."""


def read(
    tree: Any, host: str, linked: jsonld.Linked, head: heads.Head, sites: tuple[str, ...]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Persons, and agencies with their names in the byline, from the first place that names any.

    A place that names the page's host names the newspaper.
    """
    agencies: dict[str, str] = {}
    for names, strict in author_sources(tree, host, linked, head):
        persons, wires = authors.people(names, sites, strict=strict)
        agencies = wires | agencies
        if persons:
            return persons, agencies
    return (), agencies


def author_sources(
    tree: Any, host: str, linked: jsonld.Linked, head: heads.Head
) -> Iterable[tuple[list[tuple[str, str]], bool]]:
    """Lists of (type, name), the most trusted first, and whether only the place in the page speaks for them."""
    yield list(linked.authors), False
    for name in AUTHOR_META:
        yield [("", value) for value in head.all(name) if "://" not in value and not (host and host in value)], False
    yield (
        [("", head.get(f"twitter:data{n}") or "") for n in (1, 2) if authors.is_label(head.get(f"twitter:label{n}"))],
        False,
    )
    for elements in author_elements(tree):
        named = [element for element in elements[:8] if element.tag != "meta" and not in_comments(element)]
        found = [line for element in named for line in lines_of(element)]
        yield [("", text) for text in dict.fromkeys(map(clean_line, found)) if 0 < len(text) <= MAX_BYLINE], True
    labelled = [after(element) for element in tree.xpath(FACTS) if authors.is_label(element.text_content())]
    yield [("", text) for text in labelled[:1] if 0 < len(text) <= MAX_BYLINE], True


def author_elements(tree: Any) -> Iterator[list[Any]]:
    """Elements that name authors, the surest first; each question walks the page, and is asked only when needed."""
    for path in AUTHOR_MARKUP:
        yield tree.xpath(path)
    if classed := tree.xpath(CLASSED):
        for words in AUTHOR_CLASSES:
            yield [element for element in classed if words.search(element.get("class"))]
        yield tree.xpath(UNDER_HEADLINE) or ([] if tree.find(".//h1") is not None else tree.xpath(UNDER_LESSER))


def lines_of(element: Any) -> list[str]:
    """The lines of an element that names authors: those with a `by`, else the first that looks like a name, else all.

    Names and roles in boxes of their own are not one name.
    """
    lines = visible.lines(element, ())
    if not 1 < len(lines) <= MAX_LINES:
        return [" ".join(lines)]
    by = [line for line in lines if authors.BYLINE.match(line)]
    return by or [line for line in lines if authors.looks_like_name(line)][:1] or [" ".join(lines)]


def in_comments(element: Any) -> bool:
    """Whether an element is a part of what readers wrote."""
    around = (node for node in (element, *element.iterancestors()) if node.tag not in WHOLE)
    return any("comment" in f"{node.get('class', '')} {node.get('id', '')}" for node in around)


def after(element: Any) -> str:
    """What stands right after an element: the text there, or the next element."""
    following = element.getnext()
    return clean_line(element.tail or "") or (clean_line(following.text_content()) if following is not None else "")
