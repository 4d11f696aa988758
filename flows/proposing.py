"""What to visit of newspapers that only their addresses are known of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from articles.languages import language
from articles.model import Article
from articles.urls import host, registrable_domain
from flows.fetching import Answered, Unanswered
from flows.progress import Progress
from flows.survey import Looker, Unreadable, asked_of
from spiders.candidates import Candidate, Survey, wanted
from spiders.feeds import is_html
from spiders.homepage import COUNTRIES, HomePage, Said, country_of_host, region
from spiders.proposal import Choice, choose, own_domains
from spiders.sampling import Offset, Sample, minutes
from spiders.zones import ZoneGuess, guess_zone

MAX_ROUNDS = 6
"""Crawls of one survey: indexes within indexes, and pages that list feeds, end before."""

ARTICLES = 2
"""Of the newest, read for their language and their times."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A newspaper as it could be added to the settings."""

    url: str
    """Its home page, where that stands after redirects."""
    asked: str
    """The address that was given."""
    choice: Choice
    name: Said
    language: Said | None
    country: Said | None
    zone: ZoneGuess
    home_fault: str | None = None
    """Why the home page could not be read, in words."""
    unreachable: str | None = None
    """A slug: why its host gave no answer at all."""


def propose(urls: Sequence[str], looker: Looker, progress: Progress) -> list[Proposal]:
    """Look at newspapers and propose what to visit of each; `urls` are normalised."""
    progress.stage("home pages and robots.txt")
    surveys, faults = look_home(urls, looker)
    for _ in range(MAX_ROUNDS):
        asked = {url: asked_of(wanted(survey)) for url, survey in surveys.items() if url not in faults.unreachable}
        count = sum(map(len, asked.values()))
        if not count:
            break
        progress.stage("feeds and sitemaps", total=count)
        look_at(surveys, asked, looker, progress)
    choices = {url: choose(survey, looker.now()) for url, survey in surveys.items()}
    progress.stage("newest articles")
    articles = newest_articles(surveys, choices, looker)
    return [proposal(url, surveys[url], choices[url], articles[url], faults, looker.now()) for url in surveys]


@dataclass(frozen=True, slots=True)
class Faults:
    """What was wrong with home pages."""

    words: dict[str, str]
    unreachable: dict[str, str]
    """Whose hosts gave no answer at all, and a slug why: nothing else is asked of them."""


def look_home(urls: Sequence[str], looker: Looker) -> tuple[dict[str, Survey], Faults]:
    """Read the home pages, and what robots.txt names."""
    surveys = {url: Survey(root=url) for url in urls}
    words: dict[str, str] = {}
    unreachable: dict[str, str] = {}
    for found in looker.at(urls):
        url, survey = found.url, surveys[found.url]
        if isinstance(found, Unanswered):
            words[url] = f"{found.reason}: {found.detail}"
            if found.reason in ("dns", "guard", "tls", "connection", "timeout", "robots-unreachable"):
                unreachable[url] = found.reason
            continue
        try:
            stay(found, url)
            survey.home = looker.home_page(found)
            survey.root = found.entry.final_url
        except Unreadable as error:
            words[url] = str(error)
        survey.robots_sitemaps = looker.robots_sitemaps(survey.root)
    return surveys, Faults(words, unreachable)


def stay(found: Answered, url: str) -> None:
    """Raise `Unreadable` for an answer of another site than was asked, unless it has moved there for good."""
    elsewhere = registrable_domain(found.entry.final_url)
    if elsewhere != registrable_domain(url) and not found.moved:
        raise Unreadable(f"it sends readers to {elsewhere} for the time being")


def look_at(
    surveys: dict[str, Survey], asked: dict[str, dict[str, Candidate]], looker: Looker, progress: Progress
) -> None:
    """Fetch what is to be looked at in one crawl, and note what each address gave."""
    for url, candidates in asked.items():
        surveys[url].asked |= candidates
    for found in looker.at(address for candidates in asked.values() for address in candidates):
        progress.advance()
        for url, candidates in asked.items():
            if candidate := candidates.get(found.url):
                note(surveys[url], candidate, found, looker)


def note(survey: Survey, candidate: Candidate, found: Answered | Unanswered, looker: Looker) -> None:
    """Note what an address gave; a page in a feed's place may list feeds."""
    if isinstance(found, Unanswered):
        survey.failures[candidate.url] = f"{found.reason}: {found.detail}"
        return
    try:
        survey.samples[candidate.url] = looker.sample(found, candidate.kind)
    except Unreadable as error:
        survey.failures[candidate.url] = str(error)
        if candidate.kind == "feed" and is_html(found.body):
            with suppress(Unreadable):
                survey.listed[candidate.url] = looker.feed_list(found)


def newest_articles(surveys: dict[str, Survey], choices: dict[str, Choice], looker: Looker) -> dict[str, list[Article]]:
    """A few articles of each paper."""
    newest = {url: newest_pages(choice, own_domains(surveys[url])) for url, choice in choices.items()}
    articles: dict[str, list[Article]] = {url: [] for url in choices}
    for found in looker.at(page for pages in newest.values() for page in pages):
        if isinstance(found, Unanswered):
            continue
        with suppress(Unreadable):
            article = looker.article(found)
            for url, pages in newest.items():
                if found.url in pages and isinstance(article, Article):
                    articles[url].append(article)
    return articles


def newest_pages(choice: Choice, own: set[str]) -> list[str]:
    """The newest pages of the first feed or sitemap that shows any of the paper's own."""
    shown = ([url for url in offer.sample.pages if registrable_domain(url) in own] for offer in choice.offers())
    return next(filter(None, shown), [])[:ARTICLES]


def proposal(
    asked: str, survey: Survey, choice: Choice, articles: Sequence[Article], faults: Faults, now: datetime
) -> Proposal:
    """All that was found out of a paper."""
    samples = [offer.sample for offer in choice.offers()]
    spoken = spoken_language(survey.home, samples, articles)
    country = country_of(survey, samples)
    times = told(samples, articles)
    named = survey.home.name if survey.home else None
    return Proposal(
        url=asked if host(asked) == host(survey.root) else survey.root,
        asked=asked,
        choice=choice,
        name=named or Said(host(survey.root).removeprefix("www."), "its host"),
        language=spoken,
        country=country,
        zone=guess_zone(times, country.value if country else None, spoken.value if spoken else None, now),
        home_fault=faults.words.get(asked),
        unreachable=faults.unreachable.get(asked),
    )


def spoken_language(home: HomePage | None, samples: Iterable[Sample], articles: Sequence[Article]) -> Said | None:
    """The language of the newest articles, else what the home page and the feeds state, else that of the titles."""
    read = Counter(article.language for article in articles if article.language != "und")
    if read:
        return Said(read.most_common(1)[0][0], "its newest articles")
    if home and home.language:
        return home.language
    stated = [sample.language for sample in samples]
    code, source = language(" ".join(title for sample in samples for title in sample.examples), stated, None)
    return None if source == "none" else Said(code, "its feeds" if source == "markup" else "the titles in its feeds")


def country_of(survey: Survey, samples: Iterable[Sample]) -> Said | None:
    """The country that the home page states, else its feeds, else its host's name."""
    if survey.home and survey.home.country:
        return survey.home.country
    found = next((code for sample in samples if (code := COUNTRIES.get((region(sample.language) or "").lower()))), None)
    return Said(found, "the language of its feeds") if found else country_of_host(survey.root)


def told(samples: Iterable[Sample], articles: Iterable[Article]) -> list[Offset]:
    """The times that carry offsets, of those documents that do not write all of them in UTC."""
    stated = [moment for article in articles if (moment := article.published) and moment.zone_source == "page"]
    documents = [sample.offsets for sample in samples]
    documents.append(tuple(Offset(m.at, minutes(m.zone)) for m in stated if m.zone and m.precision != "day"))
    return [offset for times in documents if any(time.minutes for time in times) for offset in times]
