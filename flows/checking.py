"""Configured sources looked at: what each address gives, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from articles.model import Article, Rejection
from articles.urls import registrable_domain, without_user
from flows.fetching import Answered, Unanswered
from flows.progress import Progress
from flows.sections import SourceSettings
from flows.sources import own_domains
from flows.survey import Looker, Unreadable
from spiders.candidates import telling
from spiders.faults import Came, Fault, Looked, faults
from spiders.feeds import is_html

ARTICLES = 2
"""Of the newest of each source."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A source and what was found of it."""

    source: str
    looked: tuple[Looked, ...]
    faults: tuple[Fault, ...]


def check(sources: Mapping[str, SourceSettings], looker: Looker, progress: Progress) -> list[Checked]:
    """Look at sources: home page, feeds and sitemaps, a sitemap of each index, the newest articles."""
    asked = {name: addresses(source) for name, source in sources.items()}
    progress.stage("home pages, feeds, sitemaps", total=sum(map(len, asked.values())))
    found = look(asked, looker, progress)
    progress.stage("sitemaps of indexes")
    below = {name: children(looks) for name, looks in found.items()}
    for name, looks in look(below, looker, progress).items():
        found[name] += looks
    progress.stage("newest articles")
    newest = {name: newest_pages(sources[name], looks) for name, looks in found.items()}
    for name, looks in look(newest, looker, progress).items():
        found[name] += looks
    return [judged(name, source, found[name], looker) for name, source in sources.items()]


def addresses(source: SourceSettings) -> list[Looked]:
    """What the settings of a source name."""
    named = [Looked(source.url, "home page")]
    named += [Looked(without_user(url), "feed") for url in source.feeds]
    named += [Looked(without_user(url), "sitemap") for url in source.sitemaps]
    named += [Looked(without_user(url), "sitemap", archive=True) for url in source.archive_sitemaps]
    return named


def children(looked: Iterable[Looked]) -> list[Looked]:
    """One sitemap of each index, which stands for all."""
    telltale = [(one, telling(one.sample)[:1]) for one in looked if one.sample and one.sample.children]
    return [Looked(url, "sitemap", archive=True) for _, urls in telltale for url in urls]


def newest_pages(source: SourceSettings, looked: Iterable[Looked]) -> list[Looked]:
    """The newest pages of the first feed or sitemap that shows any of the source's own."""
    own = own_domains(source)
    shown = ([url for url in one.sample.pages if registrable_domain(url) in own] for one in looked if one.sample)
    return [Looked(url, "article") for url in next(filter(None, shown), [])[:ARTICLES]]


def look(asked: Mapping[str, list[Looked]], looker: Looker, progress: Progress) -> dict[str, list[Looked]]:
    """Fetch addresses of many sources in one crawl; each is there with what became of it, in its order."""
    wanted: defaultdict[str, list[tuple[str, Looked]]] = defaultdict(list)
    for name, looks in asked.items():
        for one in looks:
            wanted[one.url].append((name, one))
    became: dict[tuple[str, Looked], Looked] = {}
    for found in looker.at(wanted):
        progress.advance()
        for name, one in wanted[found.url]:
            became[name, one] = seen(one, found, looker)
    return {name: [became.get((name, one)) or unseen(one) for one in looks] for name, looks in asked.items()}


def unseen(one: Looked) -> Looked:
    """An address whose turn did not come."""
    return replace(one, reason="error", detail="the crawl ended before its turn")


def seen(one: Looked, found: Answered | Unanswered, looker: Looker) -> Looked:
    """What became of the look at an address."""
    if isinstance(found, Unanswered):
        return replace(one, reason=found.reason, detail=found.detail)
    answered = replace(one, status=found.entry.status, moved=found.moved)
    if found.entry.status != HTTPStatus.OK or one.role == "home page":
        return answered
    try:
        if one.role != "article":
            return replace(answered, sample=looker.sample(found, one.role))
        article = looker.article(found)
        return replace(answered, article=article if isinstance(article, Article | Rejection) else None)
    except Unreadable as error:
        came: Came = "html" if is_html(found.body) else "other" if found.body.strip() else "nothing"
        return replace(answered, unread=str(error), came=came)


def judged(name: str, source: SourceSettings, looked: list[Looked], looker: Looker) -> Checked:
    """The faults of a source."""
    found = faults(source.url, looked, own_domains(source), source.zone, looker.now())
    return Checked(name, tuple(looked), tuple(found))
