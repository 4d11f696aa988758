"""Values of schema.org's nodes as pages write them: every one type-checked, and bounded."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

MAX_STRING = 2_000
"""Longest headline, description or name taken as one."""
MAX_UPDATES = 500
MAX_UPDATE = 20_000
"""Characters of one entry of a live blog."""
BREAKS = re.compile(r"<br\s{0,4}/?>|</(?:p|div|li|h[1-6]|blockquote)>", re.IGNORECASE)
"""Where a paragraph ends."""

MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")

Node = dict[str, Any]


def types(node: Node) -> list[str]:
    """A node's types, as plain names."""
    return [name.rpartition("/")[2] for name in strings(node.get("@type"))]


def one(value: Any, key: str) -> Any:
    """A key of what may be a node."""
    return value.get(key) if isinstance(value, dict) else None


def first(values: list[str]) -> str | None:
    """The first of a list, None for an empty one."""
    return values[0] if values else None


def text(value: Any) -> str | None:
    """A string of some use: entities read, spaces folded; None for any other type."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or not value.strip():
        return None
    clean = " ".join(unescape(unescape(value[: MAX_STRING * 2])).split())
    return clean[:MAX_STRING] or None


def date(value: Any) -> str | None:
    """A date as written; numbers are seconds or milliseconds since 1970."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**14:
        return str(value)
    return value.strip()[:100] or None if isinstance(value, str) else None


def strings(value: Any) -> list[str]:
    """The strings in a string or a list."""
    values = value if isinstance(value, list) else [value]
    return [clean for item in values[:50] if isinstance(item, str) and (clean := text(item))]


def keywords(value: Any) -> list[str]:
    """Tags, from a list or from one string with commas."""
    names = strings(value)
    if len(names) == 1:
        names = [name.strip() for name in names[0].split(",")]
    return [name for name in dict.fromkeys(names) if 1 < len(name) <= 80 and ":" not in name[:12]][:40]


def boolean(value: Any) -> bool | None:
    """True or False in the spellings that pages use."""
    if isinstance(value, bool):
        return value
    word = value.strip().casefold().rpartition("/")[2] if isinstance(value, str) else ""
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)


def body(value: Any) -> str | None:
    """The article's text as the page tells it to machines: only an alarm for a cut body."""
    return value[:500_000] if isinstance(value, str) and len(value) > 100 else None


def updates(value: Any) -> Iterator[tuple[str | None, str, str | None]]:
    """The entries of a live blog that say something."""
    for node in (value if isinstance(value, list) else [value])[:MAX_UPDATES]:
        said = one(node, "articleBody") or one(node, "text") or one(node, "description")
        headline = text(one(node, "headline")) or text(one(node, "name"))
        if isinstance(said, str) and (bare := MARKUP.sub(" ", BREAKS.sub("\n", unescape(said[:MAX_UPDATE]))).strip()):
            yield headline, bare, date(one(node, "datePublished")) or date(one(node, "dateModified"))


def persons(value: Any, by_id: dict[str, Node], depth: int = 0) -> Iterator[tuple[str, str]]:
    """Type and name of each author."""
    if isinstance(value, list) and depth < 4:
        for item in value[:60]:
            yield from persons(item, by_id, depth + 1)
    elif isinstance(value, str):
        if name := text(value):
            yield "", name
    elif isinstance(value, dict):
        node = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        kind = first(types(node)) or ""
        for name in strings(node.get("name")) or joined_name(node):
            yield kind, name


def joined_name(node: Node) -> list[str]:
    """A name given in parts."""
    parts = [text(node.get("givenName")), text(node.get("familyName"))]
    return [" ".join(part for part in parts if part)] if all(parts) else []


def publisher_names(node: Node, by_id: dict[str, Node]) -> list[str]:
    """The names of the newspaper in a node: its publisher's, or its own where it is the site."""
    found = [name for _, name in persons(node.get("publisher"), by_id)]
    own = {"WebSite", "NewsMediaOrganization", "Organization"} & set(types(node))
    return found + (strings(node.get("name")) + strings(node.get("alternateName")) if own else [])


def image(value: Any, by_id: dict[str, Node]) -> str | None:
    """The first address of an image."""
    for item in (value if isinstance(value, list) else [value])[:10]:
        node = by_id.get(str(one(item, "@id")), item) if isinstance(item, dict) else item
        for link in (node, one(node, "url"), one(node, "contentUrl"), one(node, "@id")):
            if isinstance(link, str) and 5 < len(link) < MAX_STRING:
                return link
    return None
