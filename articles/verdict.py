"""What is no article: fronts, walls, error pages, pages without a text.

An article says so of itself in one of four ways (JSON-LD, OpenGraph, a publication date, an author): of 230 labelled
articles all but a few do, and those few have prose. A page is refused only where it does neither.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from articles.jsonld import ARTICLE_TYPES
from articles.metadata import Metadata
from articles.model import RejectionReason
from articles.tables import table

WORDS = table("verdicts")
ERROR = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in WORDS["error_titles"]), re.IGNORECASE)
CONSENT = re.compile("|".join(map(re.escape, WORDS["consent"])), re.IGNORECASE)
LISTS = frozenset(WORDS["lists"])

LEAST = 60
"""Characters below which there is no text: the shortest of 230 articles has 369."""

WALL = 1_500
"""The longest text of an error page or of a consent wall."""

TEASERS = 8
"""Linked headlines from which on a page without prose is a front."""

PROSE = 140
"""Characters that make a line prose; teasers are shorter."""

Refusal = tuple[RejectionReason, str]


def refusal(tree: Any, facts: Metadata, block: list[str], url: str) -> Refusal | None:
    """The reason why a page is no article, in a word and for a person; None for an article."""
    size = sum(map(len, block))
    if size < LEAST:
        return (
            ("section", "a list of headlines without a text")
            if is_front(tree, facts, block, url)
            else ("no_text", f"{size} characters of text")
        )
    if size < WALL and (wall := wall_of(facts, block)):
        return wall
    if is_front(tree, facts, block, url):
        return "section", "a list of headlines"
    return None


def wall_of(facts: Metadata, block: list[str]) -> Refusal | None:
    """An error page or a consent wall, by its title and its few words."""
    if claims(facts) < 2 and facts.title and ERROR.search(facts.title):
        return "error_page", f"titled {facts.title[:80]!r}"
    if claims(facts) < 2 and len(CONSENT.findall(" ".join(block))) >= 2:
        return "consent", "asks for consent and says nothing else"
    return None


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
