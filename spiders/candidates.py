"""Which addresses of a newspaper are worth a look, by what is known of it so far. Nothing is fetched here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin, urlsplit

from spiders.homepage import HomePage, Link
from spiders.sampling import Kind, Sample
from spiders.windows import days_in_name, series

MAX_ASKED = 40
"""Addresses of one paper that are looked at: with 5 s between two that takes three minutes."""

MAX_FEEDS = 24
"""Of them feeds."""

MAX_CHILDREN = 4
"""Sitemaps of one index that are looked at."""

MAX_DEPTH = 2

USUAL_FEEDS = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds",
    "/index.rdf",
)
USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/sitemap.xml.gz", "/sitemap.txt")
USUAL_NEWS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")

NO_ARTICLES = re.compile(
    r"(?:^|[-_.])(?:tags?|categor(?:y|ies)|taxonom(?:y|ies)|authors?|sections?|topics?|pages?|images?|photos?|videos?|misc|users?)"
    r"(?:[-_.\d]|$)",
    re.IGNORECASE,
)
"""In the names of sitemaps that list other pages than articles."""

NEWS = re.compile(r"news", re.IGNORECASE)

Found = Literal["link tag", "link on the home page", "robots.txt", "usual place", "sitemap index", "list of feeds"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address to look at."""

    url: str
    kind: Kind
    found: Found
    depth: int = 0
    """Of a sitemap within indexes."""
    parent: str | None = None
    """The index that names it."""


@dataclass(slots=True)
class Survey:
    """What is known of a newspaper so far."""

    root: str
    """Where its usual places are: `https://paper.example/`."""
    home: HomePage | None = None
    robots_sitemaps: tuple[str, ...] = ()
    asked: dict[str, Candidate] = field(default_factory=dict)
    samples: dict[str, Sample] = field(default_factory=dict)
    listed: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    """Feeds named by pages that were taken for feeds."""
    failures: dict[str, str] = field(default_factory=dict)
    """Why addresses gave nothing, in words."""


def wanted(survey: Survey) -> list[Candidate]:
    """The addresses to look at next; none when enough is known."""
    found: dict[str, Candidate] = {}
    room = MAX_ASKED - len(survey.asked)
    feeds = MAX_FEEDS - sum(1 for asked in survey.asked.values() if asked.kind == "feed")
    for candidate in candidates(survey):
        if candidate.url in survey.asked or candidate.url in found or len(found) >= room:
            continue
        if candidate.kind == "feed":
            if feeds <= 0:
                continue
            feeds -= 1
        found[candidate.url] = candidate
    return list(found.values())


def candidates(survey: Survey) -> Iterator[Candidate]:
    """All addresses worth a look by what is known, the most promising first."""
    links = survey.home.feeds if survey.home else ()
    named = [*survey.robots_sitemaps, *(survey.home.sitemaps if survey.home else ())]
    yield from (Candidate(link.url, "feed", "link tag") for link in links if link.declared)
    yield from (Candidate(url, "sitemap", "robots.txt") for url in survey.robots_sitemaps)
    yield from (Candidate(url, "sitemap", "link tag") for url in named[len(survey.robots_sitemaps) :])
    yield from (Candidate(link.url, "feed", "link on the home page") for link in links if not link.declared)
    if not any(map(NEWS.search, named)):
        yield from usual(survey, USUAL_NEWS, "sitemap")
    if not named:
        yield from usual(survey, USUAL_SITEMAPS, "sitemap")
    yield from children(survey)
    for listed in survey.listed.values():
        yield from (Candidate(link.url, "feed", "list of feeds") for link in listed)
    if not working_feeds(survey) and not untried(survey, links):
        yield from usual(survey, USUAL_FEEDS, "feed")


def untried(survey: Survey, links: Iterable[Link]) -> bool:
    """Whether feeds that the paper names have not been looked at yet."""
    named = [*links, *(link for listed in survey.listed.values() for link in listed)]
    return any(link.url not in survey.asked for link in named[:MAX_FEEDS])


def working_feeds(survey: Survey) -> bool:
    """Whether a feed was found that shows pages."""
    return any(survey.asked[url].kind == "feed" and sample.entries for url, sample in survey.samples.items())


def usual(survey: Survey, paths: Iterable[str], kind: Kind) -> Iterator[Candidate]:
    """The places where such things usually are."""
    for path in paths:
        yield Candidate(urljoin(survey.root, path), kind, "usual place")


def children(survey: Survey) -> Iterator[Candidate]:
    """The sitemaps of indexes that tell what the indexes hold."""
    for url, sample in survey.samples.items():
        parent = survey.asked[url]
        if parent.depth < MAX_DEPTH:
            for child in telling(sample):
                yield Candidate(child, "sitemap", "sitemap index", parent.depth + 1, url)


def telling(index: Sample) -> list[str]:
    """The few sitemaps of an index that are news, or undated and last changed, and the latest of a dated series."""
    dated = dated_among([child.url for child in index.children])
    undated = [c for c in index.children if c.url not in dated]
    news = {c.url: None for c in undated if NEWS.search(urlsplit(c.url).path)}
    rest = [c for c in undated if c.url not in news and not lists_no_articles(c.url)]
    rest.sort(key=lambda child: child.lastmod or "", reverse=True)
    latest = sorted(dated, key=lambda url: days_in_name(url) or (), reverse=True)[:1]
    chosen = [*list(news)[:2], *(child.url for child in rest[:2]), *latest]
    return chosen[:MAX_CHILDREN]


def dated_among(urls: Sequence[str]) -> dict[str, None]:
    """Those of some addresses that differ from others by their date alone, in order."""
    times = Counter(map(series, urls))
    return {url: None for url in urls if times[series(url)] > 1 and days_in_name(url)}


def path(url: str) -> str:
    """An address's path."""
    return urlsplit(url).path


def lists_no_articles(url: str) -> bool:
    """Whether a sitemap's name says so."""
    return NO_ARTICLES.search(path(url).rpartition("/")[2]) is not None
