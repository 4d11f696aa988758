"""What is wrong with a source, from what its addresses gave: in words, with what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Literal

from articles.model import Article, Rejection
from spiders.proposal import age, foreign_to
from spiders.sampling import Sample

STALE_FEED = timedelta(days=14)
"""The age of a feed's newest entry from which something is likely to be wrong."""

STALE_SITEMAP = timedelta(days=45)

Role = Literal["home page", "feed", "sitemap", "article"]
Came = Literal["html", "nothing", "other"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a source."""

    kind: str
    """A slug to count by."""
    url: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An address of a source, and what became of the look at it."""

    url: str
    role: Role
    status: int | None = None
    """None where there was no answer."""
    reason: str | None = None
    """A slug: why there was none."""
    detail: str | None = None
    moved: str | None = None
    """Where it has gone for good."""
    sample: Sample | None = None
    unread: str | None = None
    """Why what came could not be read, in words."""
    came: Came = "other"
    """What came in its place."""
    archive: bool = False
    """Whether it is of past months, and may be old."""
    article: Article | Rejection | None = None


UNANSWERED: dict[str, tuple[str, str]] = {
    "dns": ("its name does not resolve", "check the spelling; the paper may have a new domain"),
    "robots": ("robots.txt forbids it to us", "leave it out of the settings, or ask the publisher for leave"),
    "robots-unreachable": (
        "robots.txt cannot be had, so nothing may be asked for",
        "nothing for now: it is asked again by itself; if it lasts, write to the publisher",
    ),
    "guard": (
        "it is no public web address",
        "name the paper's public address; a server of your own gets a name in [network.hosts] of hemeroteca.toml",
    ),
    "tls": ("no encrypted connection comes about", "try http:// in its place; else write to the publisher"),
    "timeout": ("it does not answer in time", "try again later; network.timeout can be raised"),
    "connection": ("the connection breaks", "try again later; the server may turn our address away"),
    "too-large": (
        "it is larger than network.max_body, or does not end",
        "name a smaller feed, or raise network.max_body",
    ),
    "redirects": ("it redirects without end", "open it in a browser and name the address where it ends"),
    "encoding": ("it is not packed the way its headers say", "write to the publisher"),
}
TRY_AGAIN = "try again later"

STATUSES: dict[int, tuple[str, str]] = {
    401: ("asks for a password", "name an address that is open to everybody"),
    402: ("asks for payment", "name an address that is open to everybody"),
    403: (
        "turns our user agent away",
        "ask the publisher for leave, and set network.contact so that they can reach you",
    ),
    404: ("is not there", "find what there is now: hemeroteca source add {home} --no-prompt"),
    410: (
        "is gone for good",
        "take it out of the settings; find what there is now: hemeroteca source add {home} --no-prompt",
    ),
    429: ("says that we ask too often", "raise the source's delay"),
    451: ("is blocked for legal reasons where we are", "take it out of the settings"),
}


def faults(home: str, looked: Sequence[Looked], own: set[str], zone: str | None, now: datetime) -> list[Fault]:
    """Everything that is wrong with a source; `home` is its home page, `own` its registrable domains."""
    found: list[Fault] = []
    articles = [one for one in looked if one.role == "article"]
    answered = any(one.status == HTTPStatus.OK for one in articles)
    for one in looked:
        if one.role != "article" or (one is articles[0] and not answered):
            found += of_answer(one, home)
        if one.sample:
            found += of_sample(one, one.sample, own, zone, now)
    return [*found, *of_articles([one.article for one in articles if one.article])]


def of_answer(one: Looked, home: str) -> Iterator[Fault]:
    """What is wrong with how an address answered."""
    what = one.role
    if one.reason:
        says, do = UNANSWERED.get(one.reason, ("it gives no answer", TRY_AGAIN))
        yield Fault(one.reason, one.url, f"{what}: {says} ({one.detail})", do)
    elif one.status != 200:
        yield of_status(one, what, home)
    elif one.unread:
        yield of_unread(one, what, home)
    if one.moved and one.role != "article":
        yield Fault(
            "moved", one.url, f"{what}: has moved for good to {one.moved}", "write the new address into the settings"
        )


def of_status(one: Looked, what: str, home: str) -> Fault:
    """An answer that is not 200."""
    status = one.status or 0
    says, do = STATUSES.get(status, ("fails" if status >= 500 else "is not given", TRY_AGAIN))
    return Fault(f"http {status}", one.url, f"{what}: {says} (HTTP status {status})", do.format(home=home))


def of_unread(one: Looked, what: str, home: str) -> Fault:
    """An answer that is not what it should be."""
    find = f"find its feeds: hemeroteca source add {home} --no-prompt"
    if one.came == "html":
        return Fault("html", one.url, f"{what}: an HTML page comes in its place", find)
    if one.came == "nothing":
        return Fault("empty", one.url, f"{what}: nothing comes, not even markup", find)
    return Fault(
        "unreadable",
        one.url,
        f"{what}: {one.unread}",
        "open it in a browser; if it is broken, write to the publisher",
    )


def of_sample(one: Looked, sample: Sample, own: set[str], zone: str | None, now: datetime) -> Iterator[Fault]:
    """What is wrong with what a feed or sitemap shows."""
    what, url = one.role, one.url
    if sample.fault:
        told = "is cut short or broken" if sample.kind in ("rss", "atom", "json") else "is broken"
        yield Fault(
            "broken", url, f"{what}: {told}, {sample.entries} entries could be read ({sample.fault})",
            "nothing if it passes; if it lasts, write to the publisher",
        )  # fmt: skip
    if sample.kind == "sitemap-index":
        if not sample.children:
            yield Fault("empty", url, f"{what}: an index without sitemaps", "take it out of the settings")
        return
    if not sample.entries:
        yield Fault("empty", url, f"{what}: it has no entries", "watch it for a day; then look for another feed")
        return
    if foreign := foreign_to(sample, own):
        yield Fault(
            "foreign", url, f"{what}: its entries lead to {foreign}, and would be refused",
            f"if {foreign} is the paper's own, make it the source's url; else take the {what} out of the settings",
        )  # fmt: skip
    yield from of_dates(one, sample, zone, now)


def of_dates(one: Looked, sample: Sample, zone: str | None, now: datetime) -> Iterator[Fault]:
    """What is wrong with an entry's dates."""
    what, url = one.role, one.url
    limit = STALE_FEED if sample.kind in ("rss", "atom", "json", "news-sitemap") else STALE_SITEMAP
    if sample.newest and now - sample.newest > limit and not one.archive:
        yield Fault(
            "stale", url, f"{what}: its newest entry is {age(sample.newest, now)}",
            "see whether the paper still publishes; it may have a new feed",
        )  # fmt: skip
    if sample.future:
        yield Fault(
            "future", url, f"{what}: {sample.future} of {sample.entries} entries are dated in the future",
            "nothing: such dates are not believed, those of the pages are; tell the publisher",
        )  # fmt: skip
    if sample.without_zone and not zone:
        yield Fault(
            "no-zone", url, f"{what}: {sample.without_zone} times name no time zone, and the source has none",
            "set zone, like zone = \"Europe/Berlin\"",
        )  # fmt: skip


def of_articles(pages: Sequence[Article | Rejection]) -> Iterator[Fault]:
    """What is wrong with the newest articles, where it is wrong with all of them."""
    none = [page for page in pages if isinstance(page, Rejection)]
    if pages and len(none) == len(pages):
        reasons = ", ".join(sorted({f"{page.reason}: {page.detail}" for page in none}))
        yield Fault(
            "no-articles", none[0].url, f"articles: the newest {len(none)} pages are none ({reasons})",
            "open one in a browser: a consent page or a login may stand before it, or the paper needs a rule",
        )  # fmt: skip
    locked = [page for page in pages if isinstance(page, Article) and page.text_status == "teaser"]
    if pages and len(locked) == len(pages):
        yield Fault(
            "paywall", locked[0].url, f"articles: of the newest {len(locked)} only the beginning is free",
            "nothing: text_status tells such articles apart; or name feeds of free articles",
        )  # fmt: skip
