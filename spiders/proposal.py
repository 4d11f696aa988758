"""What to propose of a newspaper's feeds and sitemaps that were looked at, and why not of the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.urls import registrable_domain
from spiders.candidates import Candidate, Survey, dated_among, lists_no_articles, path
from spiders.sampling import Sample

ROLLING = timedelta(days=60)
"""A sitemap whose oldest page is younger is kept current by the paper."""

SMALL = 1_000
"""Pages of a sitemap without dates that a first ingest may as well read."""

STALE = timedelta(days=90)
"""The age of a feed's newest entry from which nobody writes it any more."""

SAME = 0.9
"""The share of a feed's pages that another one shows too, if both are the same in two formats."""

COMMENTS = re.compile(
    r"/comments?(?:/|$)|comments?[-_.]?(?:feed|rss)|(?:feed|rss)[-_./]comments?|kommentare?(?:/|$)", re.IGNORECASE
)
AUTHOR = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profile|by|staff|journalists?)/[^/]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed or sitemap that is proposed."""

    candidate: Candidate
    sample: Sample
    note: str | None = None
    """What a person should know before taking it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A feed or sitemap that is not, and why."""

    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What to visit of a newspaper."""

    feeds: tuple[Offer, ...] = ()
    sitemaps: tuple[Offer, ...] = ()
    archive_sitemaps: tuple[Offer, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def offers(self) -> tuple[Offer, ...]:
        """All of them, feeds first."""
        return (*self.feeds, *self.sitemaps, *self.archive_sitemaps)


def choose(survey: Survey, now: datetime) -> Choice:
    """Decide what of everything looked at is worth visiting, and say why the rest is not."""
    own = own_domains(survey)
    left_out = [LeftOut(url, why) for url, why in survey.failures.items() if survey.asked[url].found != "usual place"]
    offers: list[Offer] = []
    for url, sample in survey.samples.items():
        candidate = survey.asked[url]
        if why := refusal(candidate, sample, own, now):
            left_out.append(LeftOut(url, why))
        else:
            offers.append(Offer(candidate, sample, f"it is broken: {sample.fault}" if sample.fault else None))
    feeds, twins = distinct([offer for offer in offers if offer.sample.kind in ("rss", "atom", "json")])
    maps, _ = unrepeated([offer for offer in offers if offer.sample.kind not in ("rss", "atom", "json")])
    sitemaps, archive = sorted_sitemaps(maps, now, alone=not feeds)
    return Choice(tuple(feeds), tuple(sitemaps), tuple(archive), (*left_out, *twins))


def own_domains(survey: Survey) -> set[str]:
    """The registrable domains whose pages are the paper's."""
    return {registrable_domain(survey.root)} | ({registrable_domain(survey.home.url)} if survey.home else set())


def refusal(candidate: Candidate, sample: Sample, own: set[str], now: datetime) -> str | None:
    """Why something that can be read is not worth visiting, None if it is."""
    if sample.kind == "sitemap-index":
        return None if sample.children else "an index without sitemaps"
    if not sample.entries:
        return "it is empty"
    where, foreign = path(candidate.url), foreign_to(sample, own)
    is_feed = sample.kind in ("rss", "atom", "json")
    reasons = {
        "it holds comments": is_feed and (bool(COMMENTS.search(where)) or sample.comments * 2 > sample.entries),
        "it is one author's": is_feed and bool(AUTHOR.search(where)),
        "it is a podcast": is_feed and sample.media * 2 > sample.entries,
        f"it leads to {foreign}": foreign is not None,
        "its newest entry is " + age(sample.newest, now): is_feed and is_stale(sample, now),
        "its name says that it lists no articles": not is_feed and lists_no_articles(candidate.url),
    }
    return next((why for why, holds in reasons.items() if holds), None)


def foreign_to(sample: Sample, own: set[str]) -> str | None:
    """The other site that most entries lead to, None where they lead to the paper's own."""
    others = [(domain, count) for domain, count in sample.domains if domain not in own]
    return others[0][0] if others and sum(count for _, count in others) * 2 > len(sample.pages) else None


def is_stale(sample: Sample, now: datetime) -> bool:
    """Whether nobody writes a feed any more."""
    return sample.newest is not None and now - sample.newest > STALE


def age(moment: datetime | None, now: datetime) -> str:
    """How long ago something was, in days."""
    days = (now - moment).days if moment else 0
    return f"{days} days old" if days != 1 else "1 day old"


def distinct(offers: list[Offer]) -> tuple[list[Offer], list[LeftOut]]:
    """Feeds of which each shows pages that none before it does; the fullest come first."""
    ranked = sorted(offers, key=lambda o: (-o.sample.dated, -o.sample.entries, o.candidate.found != "link tag"))
    kept: list[Offer] = []
    left_out: list[LeftOut] = []
    shown: set[str] = set()
    for offer in ranked:
        pages = set(offer.sample.pages)
        twin = next((k for k in kept if len(pages & set(k.sample.pages)) >= SAME * len(pages)), None)
        if twin:
            left_out.append(LeftOut(offer.candidate.url, f"it shows what {twin.candidate.url} shows"))
        elif pages <= shown:
            left_out.append(LeftOut(offer.candidate.url, "it shows nothing that the other feeds do not"))
        else:
            kept.append(offer)
            shown |= pages
    order = {id(offer): number for number, offer in enumerate(offers)}
    return sorted(kept, key=lambda offer: order[id(offer)]), left_out


def unrepeated(offers: list[Offer]) -> tuple[list[Offer], list[Offer]]:
    """Sitemaps without those that redirect to one that was looked at too."""
    kept: dict[str, Offer] = {}
    repeated = []
    for offer in offers:
        if offer.sample.url in kept:
            repeated.append(offer)
        else:
            kept[offer.sample.url] = offer
    return list(kept.values()), repeated


def sorted_sitemaps(offers: list[Offer], now: datetime, *, alone: bool) -> tuple[list[Offer], list[Offer]]:
    """Sitemaps for every visit, and those of past months; `alone` says that there is no feed beside them."""
    by_url = {offer.candidate.url: offer for offer in offers}
    current = [offer for offer in offers if is_current(offer, by_url, now)]
    held = {offer.candidate.url for offer in current}
    tops = [offer for offer in offers if offer.candidate.depth == 0]
    archive = [offer for offer in tops if offer not in current and not all_held(offer.sample, held)]
    if alone and not current and archive:
        note = "the paper has nothing newer to visit: a first ingest reads all of it"
        return [Offer(offer.candidate, offer.sample, note) for offer in archive], []
    return current, archive


def is_current(offer: Offer, by_url: Mapping[str, Offer], now: datetime) -> bool:
    """Whether a sitemap shows what is new under an address that stays the same."""
    sample, parent = offer.sample, by_url.get(offer.candidate.parent or "")
    if sample.kind == "sitemap-index":
        return False
    if parent and offer.candidate.url in dated_among([child.url for child in parent.sample.children]):
        return False
    if sample.kind == "news-sitemap":
        return True
    if sample.oldest and sample.dated * 2 > min(sample.entries, len(sample.pages)):
        return now - sample.oldest < ROLLING
    return offer.candidate.depth == 0 and sample.entries <= SMALL


def all_held(index: Sample, held: set[str]) -> bool:
    """Whether every sitemap of an index is proposed by itself."""
    return bool(index.children) and all(child.url in held for child in index.children)
