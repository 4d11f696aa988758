"""Articles divided over several pages: the link to the whole, as the user's rule finds it."""

from dataclasses import dataclass
from datetime import datetime

from articles import decode, limits, siterules
from articles.errors import BadPage
from articles.model import SiteRule


@dataclass(frozen=True, slots=True)
class Part:
    """A page that may hold a part of an article; the rule of its domain says so."""

    url: str
    content: bytes
    charset: str | None
    rule: SiteRule


def part_of(
    rules: tuple[SiteRule, ...], url: str, content: bytes, charset: str | None, fetched_at: datetime
) -> Part | None:
    """What a page is to be asked, None where no rule speaks of several pages."""
    rule = siterules.rule_for(rules, url, fetched_at)
    return Part(url, content, charset, rule) if rule and rule.single_page else None


def whole_page(part: Part) -> str | None:
    """The address of the whole article, None for a page that is the whole; runs in a parser process."""
    try:
        tree = limits.tree_of(decode.decode(part.content, part.charset))
    except BadPage:
        return None
    return siterules.whole_page(tree, part.rule, part.url) if tree is not None else None
