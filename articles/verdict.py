"""What is no article: fronts, walls, logins, searches, videos, error pages, pages without a text.

An article says so of itself in one of four ways (JSON-LD, OpenGraph, a publication date, an author): of 230 labelled
articles all but a few do, and those few have prose. A page is refused only where it does neither.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from articles.jsonld import ARTICLE_TYPES
from articles.metadata import Metadata
from articles.model import RejectionReason
from articles.tables import table

WORDS = table("verdicts")
ERROR = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in WORDS["error_titles"]), re.IGNORECASE)
LOGIN = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in WORDS["logins"]), re.IGNORECASE)
CONSENT = re.compile("|".join(map(re.escape, WORDS["consent"])), re.IGNORECASE)
LISTS = frozenset(WORDS["lists"])

LEAST = 60
"""Characters below which there is no text: the shortest of 230 articles has 369."""

WALL = 1_500
"""The longest text of an error page or of a consent wall."""

VIDEO = 600
"""The longest text beside a video that is no article of its own."""

SEARCH_TYPE = "SearchResultsPage"
SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|query|search|suche|keywords?|buscar|recherche|texto)=[^&]+", re.IGNORECASE)
PASSWORD = etree.XPath("boolean(//input[@type='password'])")

TEASERS = 8
"""Linked headlines from which on a page without prose is a front."""

PROSE = 140
"""Characters that make a line prose; teasers are shorter."""

Refusal = tuple[RejectionReason, str]


def refusal(tree: Any, facts: Metadata, block: list[str], url: str) -> Refusal | None:
    """The reason why a page is no article, in a word and for a person; None for an article."""
    size = sum(map(len, block))
    if size < LEAST:
        if wall := wall_of(tree, facts, block, url):
            return wall
        return (
            ("section", "a list of headlines without a text")
            if is_front(tree, facts, block, url)
            else ("no_text", f"{size} characters of text")
        )
    if size < WALL and (wall := wall_of(tree, facts, block, url)):
        return wall
    if is_front(tree, facts, block, url):
        return "section", "a list of headlines"
    return None


def wall_of(tree: Any, facts: Metadata, block: list[str], url: str) -> Refusal | None:
    """A page with few words that is there for something else, None for one that says twice that it is an article."""
    if claims(facts) >= 2:
        return None
    title = facts.title or ""
    size = sum(map(len, block))
    walls: dict[Refusal, Callable[[], object]] = {
        ("error_page", f"titled {title[:80]!r}"): lambda: ERROR.search(title),
        ("consent", "asks for consent and says nothing else"): lambda: len(CONSENT.findall(" ".join(block))) >= 2,
        ("login", f"titled {title[:80]!r}, and asks for a password"): lambda: LOGIN.search(title) and PASSWORD(tree),
        ("search", "the results of a search"): lambda: is_search(facts, url),
        ("video", f"a video with {size} characters beside it"): lambda: size < VIDEO and is_video(facts),
    }
    return next((wall for wall, holds in walls.items() if holds()), None)


def is_search(facts: Metadata, url: str) -> bool:
    """Whether a page calls itself the results of a search, or its address asks for something."""
    parts = urlsplit(url)
    asked = SEARCH_QUERY.search(parts.query) or (parts.path in ("", "/") and parts.query.startswith("s="))
    return SEARCH_TYPE in facts.page_types or bool(asked)


def is_video(facts: Metadata) -> bool:
    """Whether a page calls itself a video, and no article."""
    said = (facts.og_type or "").startswith("video") or "VideoObject" in facts.page_types
    return said and not any(ARTICLE_TYPES.match(name) for name in facts.page_types)


def claims(facts: Metadata) -> int:
    """In how many ways the page says that it is an article."""
    typed = any(ARTICLE_TYPES.match(name) for name in facts.types)
    dated = facts.published is not None and facts.published.source in ("json-ld", "opengraph", "meta")
    return sum((typed, facts.og_type == "article", dated, bool(facts.authors or facts.agencies)))


def is_front(tree: Any, facts: Metadata, block: list[str], url: str) -> bool:
    """Whether a page lists articles: it claims to be none, and holds many linked headlines and little prose."""
    said = claims(facts)
    prose = sum(len(line) for line in block if len(line) >= PROSE)
    home = urlsplit(url).path in ("", "/") and not urlsplit(url).query
    if said >= 2 and not home:
        return False
    lists = bool(LISTS & set(facts.page_types)) and not any(ARTICLE_TYPES.match(name) for name in facts.page_types)
    if home or (said == 0 and (lists or not prose)):
        return linked_headlines(tree) >= TEASERS / 2
    share = prose / max(1, sum(map(len, block)))
    return share < (0.5 if said == 0 else 0.2) and linked_headlines(tree) >= TEASERS


def linked_headlines(tree: Any) -> int:
    """How many headlines lead to other pages."""
    return int(
        tree.xpath(
            "count(//*[(self::h2 or self::h3) and (.//a[@href] or ancestor::a)"
            " or self::a[ancestor::article][string-length(normalize-space(.)) > 25]])"
        )
    )
