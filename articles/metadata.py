"""What a page says about its article: JSON-LD first, then OpenGraph and other meta elements, then visible markup.

Every value is taken only where it has the right type and can be true; what nobody says stays None.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from articles import authors, dates, daylines, heads, jsonld, liveblog, rights, schemaorg, times, titles, writers
from articles.model import Hints, LiveUpdate, Moment
from articles.tables import table
from articles.textform import INVISIBLE, capped, clean_line, squeeze

MARKUP = table("markup")
PUBLISHED_META: tuple[str, ...] = tuple(MARKUP["meta"]["published"])
MODIFIED_META: tuple[str, ...] = tuple(MARKUP["meta"]["modified"])
SECTION_META: tuple[str, ...] = tuple(MARKUP["meta"]["section"])
DATE_MARKUP = (
    "//*[self::p or self::span or self::div or self::time or self::li]"
    "[contains(@class, 'date') or contains(@class, 'Date') or contains(@class, 'datum')"
    " or contains(@class, 'publish') or contains(@class, 'time') or contains(@class, 'fecha')]"
)
MAX_DATE_ELEMENTS = 40
HOST_WORDS = re.compile(r"^(?:www\d?|m|mobile|amp|news|en|de|fr|es)\.")
URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)")
HIDDEN = re.compile(f"{INVISIBLE.pattern}|[\x09-\x0d\x1c-\x1f\x85\u2028\u2029]")
MAX_LABEL = 200
"""Characters of a section; the longest on 230 news pages has 46."""

OPENING, CLOSING = 4, 2
"""Lines at the head and the foot of the block among which a byline may stand."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """An article without its text and photos."""

    title: str | None = None
    description: str | None = None
    descriptions: tuple[str, ...] = ()
    """What all places of the page say of it."""
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    newsroom: tuple[str, ...] = ()
    """Who stands as author where no person does: agencies as the byline has them, or the paper's desk."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    published: Moment | None = None
    published_conflict: bool = False
    modified_at: datetime | None = None
    free_access: bool | None = None
    image_url: str | None = None
    rights: tuple[str, ...] = ()
    licence: str | None = None
    canonical_claim: str | None = None
    languages: tuple[str | None, ...] = ()
    sites: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    page_types: tuple[str, ...] = ()
    og_type: str | None = None
    body: str | None = None
    updates: tuple[LiveUpdate, ...] = ()
    listed: int = 0
    title_keys: tuple[str, ...] = ()
    """The letters of the title in all its spellings on the page."""


def read(tree: Any, url: str, fetched_at: datetime, hints: Hints) -> Metadata:
    """All that the page says, from its untouched tree."""
    linked, head = jsonld.read(tree, url), heads.read(tree)
    sites = site_names(linked, head, url, hints)
    who, wires = writers.read(tree, bare_host(url), linked, head, sites)
    published, conflict = publication(tree, url, linked, head, fetched_at, hints)
    spellings = (head.get("og:title", "twitter:title"), linked.headline, first_heading(tree), head.title)
    title = titles.title(*spellings, sites)
    return Metadata(
        title=title,
        description=description(linked, head),
        descriptions=descriptions(linked, head),
        authors=who,
        agencies=tuple(wires),
        newsroom=authors.signatories((), wires, authors.newsroom(linked.authors)),
        section=capped(linked.section, MAX_LABEL) or capped(head.get(*SECTION_META), MAX_LABEL),
        tags=tags(linked, head),
        published=published,
        published_conflict=conflict,
        modified_at=modification(linked, head, published, fetched_at, hints),
        free_access=free(linked, head),
        image_url=address(linked.image or head.get("og:image:secure_url", "og:image", "twitter:image"), url),
        rights=rights.reserved(head.all("robots"), head.all("tdm-reservation")),
        licence=rights.licence(head.licence, linked.licence),
        canonical_claim=claim(head, url),
        languages=(
            tree_language(head),
            linked.language,
            head.get("og:locale", "content-language", "language", "dc.language"),
        ),
        sites=sites,
        types=linked.types,
        page_types=linked.page_types,
        og_type=head.get("og:type"),
        body=linked.body,
        updates=liveblog.read(tree, linked, title, fetched_at, hints.source_zone),
        listed=linked.listed,
        title_keys=tuple({key for text in (title, *spellings) if (key := squeeze(titles.tidy(text)))}),
    )


def site_names(linked: jsonld.Linked, head: heads.Head, url: str, hints: Hints) -> tuple[str, ...]:
    """The newspaper's names, as it and its settings write them, and its host."""
    host = bare_host(url)
    names = [hints.source_name, head.get("og:site_name"), head.get("application-name"), *linked.publisher, host]
    names += [host.split(".")[0] if host.count(".") else None, head.get("twitter:site")]
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= 80))


def bare_host(url: str) -> str:
    """The host of an address without `www` and the like."""
    return HOST_WORDS.sub("", urlsplit(url).hostname or "")


def first_heading(tree: Any) -> str | None:
    """The page's `h1`; the longest of the first few where it has more than one."""
    found = [clean_line(h1.text_content()[:10_000]) for _, h1 in zip(range(4), tree.iter("h1"), strict=False)]
    return max(found, key=lambda text: len(text) if len(text) < 300 else 0, default=None)


def descriptions(linked: jsonld.Linked, head: heads.Head) -> tuple[str, ...]:
    """All summaries that the page gives, each once."""
    said = [head.get(name) for name in ("og:description", "description", "twitter:description")]
    return tuple(dict.fromkeys(text for text in (*said, linked.description) if text))


def description(linked: jsonld.Linked, head: heads.Head) -> str | None:
    """The article's summary as the page gives it."""
    text = head.get("og:description", "description", "twitter:description", "dc.description") or linked.description
    return titles.TAGS.sub("", clean_line(text[:10_000]))[:2_000].rstrip() or None if text else None


def tags(linked: jsonld.Linked, head: heads.Head) -> tuple[str, ...]:
    """Keywords in the page's order."""
    found = (
        list(linked.keywords)
        or head.all("article:tag")
        or schemaorg.keywords(head.get("news_keywords", "keywords", "parsely-tags"))
    )
    return tuple(dict.fromkeys(name for tag in found[:40] if len(tag) <= 80 and (name := clean_line(tag))))


def is_sparse(facts: Metadata) -> bool:
    """Whether the page says nowhere who wrote the article, or when but in its address."""
    return not (facts.authors or facts.agencies) or facts.published is None or facts.published.source == "url"


def dated(facts: Metadata, heading: list[str], fetched_at: datetime, zone: str | None) -> Metadata:
    """The metadata with the date under the headline, where the page tells no other, or only its day in the address."""
    raw = next(filter(None, map(daylines.found_in, heading)), None)
    found = dates.moment(raw, "text", fetched_at, zone) if raw else None
    held = facts.published
    if found is None or (held and (held.source != "url" or held.day != found.day)):
        return facts
    return replace(facts, published=found)


def signed(facts: Metadata, heading: list[str], block: list[str]) -> Metadata:
    """The metadata with the names under the headline or in the block, where the page names nobody elsewhere.

    Where they stand nowhere, the agency or the newsroom that the page names is the author.
    """
    if facts.authors:
        return facts
    if facts.agencies:
        return replace(facts, authors=facts.newsroom)
    names = authors.signed(heading) or authors.signed(block[:OPENING]) or authors.closing(block[OPENING:][-CLOSING:])
    persons, wires = authors.people([("", name) for name in names], facts.sites, strict=True)
    return replace(facts, authors=authors.signatories(persons, wires, facts.newsroom), agencies=tuple(wires))


def publication(
    tree: Any, url: str, linked: jsonld.Linked, head: heads.Head, fetched_at: datetime, hints: Hints
) -> tuple[Moment | None, bool]:
    """When the article was published, and whether the page contradicts itself."""

    def stated(raw: str | None, source: str) -> Moment | None:
        return dates.moment(raw, source, fetched_at, hints.source_zone) if raw else None

    linked_moment = stated(linked.published, "json-ld")
    metas = [
        stated(head.get(name), "opengraph" if ":" in name else "meta") for name in PUBLISHED_META if head.get(name)
    ]
    claims = [linked_moment, *metas]
    conflict = dates.conflicting([linked_moment, *metas[:1]])
    if best := dates.best(claims):
        return best, conflict
    near, stray = times.stated(tree)
    # Of `updated` and `published` under one headline the earlier.
    at_head = min(filter(None, (stated(raw, "time") for raw in near)), key=lambda moment: moment.at, default=None)
    if best := at_head or stated(hints.feed_published, "feed"):
        return best, conflict
    last = guessed(tree, url, fetched_at, hints)
    if last is None or last.source == "url":
        last = next(filter(None, (stated(raw, "time") for raw in stray)), last)
    return last, conflict


def guessed(tree: Any, url: str, fetched_at: datetime, hints: Hints) -> Moment | None:
    """The last resort: a date in an element that is there for dates, or the day in the address."""
    for element in tree.xpath(DATE_MARKUP)[:MAX_DATE_ELEMENTS]:
        text = clean_line(element.text_content()[:200])
        if 6 <= len(text) <= 80 and (found := daylines.found_in(text)):
            return dates.moment(found, "text", fetched_at, hints.source_zone)
    day = URL_DAY.search(urlsplit(url).path)
    return dates.moment("-".join(day.groups()), "url", fetched_at, hints.source_zone) if day else None


def modification(
    linked: jsonld.Linked, head: heads.Head, published: Moment | None, fetched_at: datetime, hints: Hints
) -> datetime | None:
    """When the page says it was last changed, never before it was published."""
    for raw in (linked.modified, head.get(*MODIFIED_META)):
        found = dates.moment(raw, "meta", fetched_at, hints.source_zone) if raw else None
        if found and (published is None or found.at >= published.at):
            return found.at
    return None


def free(linked: jsonld.Linked, head: heads.Head) -> bool | None:
    """Whether the page says that it may be read without paying."""
    if linked.free is not None:
        return linked.free
    tier = (head.get("article:content_tier", "og:article:content_tier") or "").casefold()
    return {"free": True, "locked": False, "metered": False, "paid": False, "premium": False}.get(tier)


def address(link: str | None, url: str) -> str | None:
    """An absolute web address, None for anything else; what is invisible in it is percent-encoded."""
    if not link or len(link) > 2_000:
        return None
    try:
        full = urljoin(url if url.startswith("http") else "", link.strip())
        full = HIDDEN.sub(lambda found: quote(found[0]), full)
    except ValueError:  # brackets that are no IPv6 address, half a surrogate pair
        return None
    return full if full.startswith(("http://", "https://")) else None


def claim(head: heads.Head, url: str) -> str | None:
    """The canonical address where it is not the page's own."""
    full = address(head.canonical, url)
    return full if full and full.split("#")[0].rstrip("/") != url.rstrip("/") else None


def tree_language(head: heads.Head) -> str | None:
    """`<html lang>`."""
    return head.language
