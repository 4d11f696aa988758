"""What a page says of itself in JSON-LD: every value type-checked, the work bounded whatever stands there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

MAX_SCRIPTS = 40
MAX_CHARACTERS = 3_000_000
"""All of a page's JSON-LD together; the largest of 230 news pages holds 0.3 million."""

MAX_NODES = 4_000
MAX_DEPTH = 12
MAX_STRING = 2_000
"""Longest headline, description or name taken as one."""

ARTICLE_TYPES = re.compile(
    r"^(?:\w*News\w*Article|Article|\w*Article|\w*BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting|OpinionNewsArticle)$"
)
WEAK_TYPES = frozenset(
    {"WebPage", "ItemPage", "VideoObject", "CreativeWork", "Recipe", "PodcastEpisode", "AudioObject"}
)
DOORS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
"""Where an article may hang inside another node. What hangs under the last three belongs to a list."""

LISTS = frozenset({"hasPart", "itemListElement", "item"})
WRAPPERS = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>"), ("/*<![CDATA[*/", "/*]]>*/"))
TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """The page's own article as its JSON-LD tells it; empty where it tells nothing."""

    types: tuple[str, ...] = ()
    headline: str | None = None
    description: str | None = None
    authors: tuple[tuple[str, str], ...] = ()
    """Type (`Person`, `Organization`, empty) and name."""
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    free: bool | None = None
    image: str | None = None
    language: str | None = None
    body: str | None = None
    publisher: tuple[str, ...] = ()
    page_types: tuple[str, ...] = ()
    """The types of all its nodes."""
    listed: int = 0
    """How many entries its lists hold: many on a section page."""


def read(tree: Any, url: str) -> Linked:
    """The article among a page's JSON-LD nodes."""
    nodes = list(walk(load(tree)))
    by_id = {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    publishers = tuple(dict.fromkeys(name for node, _ in nodes for name in publisher_names(node, by_id)))[:8]
    listed = sum(1 for node, inside in nodes if inside)
    page_types = tuple(dict.fromkeys(name for node, inside in nodes if not inside for name in types(node)))
    article = choose([node for node, inside in nodes if not inside], url)
    if article is None:
        return Linked(publisher=publishers, page_types=page_types, listed=listed)
    return Linked(
        types=tuple(types(article)),
        headline=text(article.get("headline")) or text(article.get("name")),
        description=text(article.get("description")),
        authors=tuple(persons(article.get("author") or article.get("creator"), by_id)),
        published=date(article.get("datePublished"))
        or date(article.get("dateCreated"))
        or date(article.get("uploadDate")),
        modified=date(article.get("dateModified")),
        section=first(strings(article.get("articleSection"))),
        keywords=tuple(keywords(article.get("keywords"))),
        free=boolean(article.get("isAccessibleForFree")),
        image=image(article.get("image") or article.get("thumbnailUrl"), by_id),
        language=text(article.get("inLanguage")) or first(strings(one(article.get("inLanguage"), "name"))),
        body=body(article.get("articleBody")),
        publisher=publishers,
        page_types=page_types,
        listed=listed,
    )


def load(tree: Any) -> list[Any]:
    """The values of the page's JSON-LD scripts; what does not parse is left out."""
    values: list[Any] = []
    room = MAX_CHARACTERS
    scripts = tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    for script in scripts[:MAX_SCRIPTS]:
        raw = script.text or ""
        room -= len(raw)
        if room < 0:
            break
        value = parse(raw)
        if value is not None:
            values.append(value)
    return values


def parse(raw: str) -> Any:
    """One JSON value, mended where publishers break it: comments around it, commas too many."""
    raw = unwrapped(raw)
    for attempt in (raw, TRAILING_COMMA.sub(r"\1", raw)):
        try:
            return json.loads(attempt, strict=False, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            continue
    return None


def unwrapped(raw: str) -> str:
    """The text without the comment signs that hid scripts from old browsers."""
    raw = raw.strip().removesuffix(";")
    for head, tail in WRAPPERS:
        raw = raw.removeprefix(head).removesuffix(tail).strip()
    return raw


def walk(values: list[Any]) -> Iterator[tuple[Node, bool]]:
    """The nodes that may be the page's article, and whether each hangs in a list."""
    queue: list[tuple[Any, int, bool]] = [(value, 0, False) for value in values]
    for _ in range(MAX_NODES):
        if not queue:
            return
        value, depth, inside = queue.pop(0)
        if depth > MAX_DEPTH:
            continue
        if isinstance(value, list):
            queue.extend((item, depth + 1, inside) for item in value[:200])
        elif isinstance(value, dict):
            yield value, inside
            queue.extend((value[door], depth + 1, inside or door in LISTS) for door in DOORS if door in value)


def choose(nodes: list[Node], url: str) -> Node | None:
    """The node that is the page's article: of article type, about this URL, the fullest."""

    def rank(node: Node) -> tuple[bool, bool, int]:
        names = types(node)
        strong = any(ARTICLE_TYPES.match(name) for name in names)
        here = any(same_page(link, url) for link in links(node))
        filled = sum(
            1 for key in ("headline", "datePublished", "author", "articleBody", "description") if node.get(key)
        )
        return strong, here, filled

    candidates = [node for node in nodes if any(ARTICLE_TYPES.match(t) or t in WEAK_TYPES for t in types(node))]
    return max(candidates, key=rank, default=None)


def links(node: Node) -> Iterator[str]:
    """The addresses a node gives itself."""
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def same_page(link: str, url: str) -> bool:
    """Whether two addresses name one page, by their paths."""
    path = url.split("//", 1)[-1].partition("/")[2].rstrip("/")
    return bool(path) and link.split("#", maxsplit=1)[0].rstrip("/").endswith(path)


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
