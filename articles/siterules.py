"""Rules that a user adds for a newspaper's pages, as CSS or XPath: where its text, title, authors and date stand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from articles import authors, dates, daylines
from articles.errors import BadSettings, BadUrl
from articles.metadata import Metadata, address
from articles.model import Moment, SiteRule
from articles.textform import HTML_BREAKS, body_lines, clean_line
from articles.urls import host, normalise

PATHS = ("/", "(", "./")
"""What an XPath begins with, and no CSS selector does."""

VALUES = ("datetime", "content", "href")
"""Attributes that say more exactly what an element shows."""


def rule_for(rules: Iterable[SiteRule], url: str, fetched_at: datetime) -> SiteRule | None:
    """The rule of the narrowest domain that covers a page, and of these the one that ended first."""
    known = [rule for rule in rules if covers(rule, url, fetched_at)]
    return min(known, key=lambda rule: (-len(rule.domain), rule.valid_until or date.max), default=None)


def covers(rule: SiteRule, url: str, fetched_at: datetime) -> bool:
    """Whether a page of that day is one of the domain's."""
    name = host(url) if url.startswith("http") else ""
    inside = name == rule.domain or name.endswith(f".{rule.domain}")
    return inside and (rule.valid_until is None or fetched_at.date() <= rule.valid_until)


@lru_cache(maxsize=1_000)
def compiled(selector: str) -> etree.XPath:
    """A selector made ready; raises `BadSettings` for what is neither CSS nor XPath."""
    try:
        path = selector if selector.startswith(PATHS) else HTMLTranslator().css_to_xpath(selector)
        return etree.XPath(path)
    except (SelectorError, etree.XPathSyntaxError, AssertionError) as error:
        raise BadSettings(f"{selector!r} is no CSS selector and no XPath: {error}") from error


def found(tree: Any, selector: str) -> list[Any]:
    """Elements and strings that a selector finds; a path that counts or asks finds none."""
    values = compiled(selector)(tree)
    return values if isinstance(values, list) else [values] if isinstance(values, str) else []


def strings(tree: Any, selector: str) -> Iterator[str]:
    """What the found elements say: the exact attribute first, then the words."""
    for value in found(tree, selector):
        said = [value] if isinstance(value, str) else [*(value.get(name) for name in VALUES), value.text_content()]
        yield from (line for text in said if text and (line := clean_line(text[:10_000])))


def strip(tree: Any, rule: SiteRule | None) -> None:
    """Take out what the rule strips; what stands after it stays."""
    for selector in rule.strip if rule else ():
        for element in found(tree, selector):
            if not isinstance(element, str) and element.getparent() is not None:
                element.drop_tree()


def stated(tree: Any, rule: SiteRule | None, facts: Metadata, fetched_at: datetime, zone: str | None) -> Metadata:
    """The metadata with what the rule finds in place of what the page says elsewhere."""
    if rule is None:
        return facts
    title = next(strings(tree, rule.title), None) if rule.title else None
    names = [("", name) for name in strings(tree, rule.author)] if rule.author else []
    persons, wires = authors.people(names, facts.sites)
    moment = published(strings(tree, rule.published), fetched_at, zone) if rule.published else None
    return replace(
        facts,
        title=title or facts.title,
        authors=authors.signatories(persons, wires, facts.authors),
        agencies=tuple(wires) if persons or wires else facts.agencies,
        published=moment or facts.published,
        published_conflict=facts.published_conflict and moment is None,
    )


def published(said: Iterable[str], fetched_at: datetime, zone: str | None) -> Moment | None:
    """The first moment that one of the strings states, whole or within it."""
    for text in said:
        for raw in (text, daylines.found_in(text[:200])):
            if raw and (moment := dates.moment(raw, "rule", fetched_at, zone)):
                return moment
    return None


def block(tree: Any, rule: SiteRule | None) -> list[str]:
    """The lines of the elements that the rule calls the body; none where it finds none."""
    if rule is None or rule.body is None:
        return []
    homes = [element for element in found(tree, rule.body) if not isinstance(element, str)]
    outermost = [home for home in homes if not any(other in homes for other in home.iterancestors())]
    return [line for home in outermost for line in body_lines(home, HTML_BREAKS)]


def whole_page(tree: Any, rule: SiteRule | None, url: str) -> str | None:
    """The address of the whole article, where the rule finds a link to it on a page that is not it."""
    if rule is None or rule.single_page is None:
        return None
    link = address(next(strings(tree, rule.single_page), None), url)
    try:
        full = normalise(link) if link else None
        return full if full and full != normalise(url) and host(full) == host(url) else None
    except BadUrl:
        return None
