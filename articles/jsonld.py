"""What a page says of itself in JSON-LD: every value type-checked, the work bounded whatever stands there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles import schemaorg
from articles.schemaorg import Node, types

MAX_SCRIPTS = 40
MAX_CHARACTERS = 3_000_000
"""All of a page's JSON-LD together; the largest of 230 news pages holds 0.3 million."""

MAX_NODES = 4_000
MAX_DEPTH = 12

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
    updates: tuple[tuple[str | None, str, str | None], ...] = ()
    """Headline, text and date of a live blog's entries."""
    licence: str | None = None
    listed: int = 0
    """How many entries its lists hold: many on a section page."""


def read(tree: Any, url: str) -> Linked:
    """The article among a page's JSON-LD nodes."""
    nodes = list(walk(load(tree)))
    by_id = {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    publishers = tuple(dict.fromkeys(name for node, _ in nodes for name in schemaorg.publisher_names(node, by_id)))[:8]
    listed = sum(1 for node, inside in nodes if inside)
    page_types = tuple(dict.fromkeys(name for node, inside in nodes if not inside for name in types(node)))
    article = choose([node for node, inside in nodes if not inside], url)
    if article is None:
        return Linked(publisher=publishers, page_types=page_types, listed=listed)
    return Linked(
        types=tuple(types(article)),
        headline=schemaorg.text(article.get("headline")) or schemaorg.text(article.get("name")),
        description=schemaorg.text(article.get("description")),
        authors=tuple(schemaorg.persons(article.get("author") or article.get("creator"), by_id)),
        published=schemaorg.date(article.get("datePublished"))
        or schemaorg.date(article.get("dateCreated"))
        or schemaorg.date(article.get("uploadDate")),
        modified=schemaorg.date(article.get("dateModified")),
        section=schemaorg.first(schemaorg.strings(article.get("articleSection"))),
        keywords=tuple(schemaorg.keywords(article.get("keywords"))),
        free=schemaorg.boolean(article.get("isAccessibleForFree")),
        image=schemaorg.image(article.get("image") or article.get("thumbnailUrl"), by_id),
        language=language(article.get("inLanguage")),
        licence=schemaorg.text(article.get("license")) or schemaorg.text(schemaorg.one(article.get("license"), "url")),
        body=schemaorg.body(article.get("articleBody")),
        updates=tuple(schemaorg.updates(article.get("liveBlogUpdate"))),
        publisher=publishers,
        page_types=page_types,
        listed=listed,
    )


def language(value: Any) -> str | None:
    """A language as a code or as a node with a name."""
    return schemaorg.text(value) or schemaorg.first(schemaorg.strings(schemaorg.one(value, "name")))


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
