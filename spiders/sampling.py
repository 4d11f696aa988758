"""A feed or sitemap looked at once: how much it shows, how new, in which zone, and whose pages; runs in a worker."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from articles import dates
from articles.cleaning import cleaned
from articles.errors import BadInput, BadUrl
from articles.model import Moment
from articles.textform import capped
from articles.urls import normalise, registrable_domain
from spiders.feeds import parse_feed
from spiders.sitemaps import SitemapEntry, parse_sitemap

Kind = Literal["feed", "sitemap"]

MOST = 4_000
"""Entries whose dates and addresses are read: the first half and the last of a longer sitemap."""

MAX_CHILDREN = 5_000
OFFSETS = 60
"""Dates that are kept as evidence of a time zone."""

FAR = timedelta(days=3_650)
"""Dates are read so far into the future, to be told; the extractor believes none of them."""

AHEAD = dates.LATEST
"""What counts as in the future: what the extractor would not believe."""

COMMENT = ("#comment", "#respond", "comment-page-")
MEDIA = (".mp3", ".m4a", ".mp4", ".ogg", ".opus")


@dataclass(frozen=True, slots=True)
class Brought:
    """The bytes of what may be a feed or a sitemap."""

    kind: Kind
    """What it was taken for."""
    url: str
    """Where it stands, after redirects."""
    body: bytes
    content_type: str
    max_body: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Offset:
    """A time as a paper writes it."""

    at: datetime
    """UTC."""
    minutes: int
    """East of UTC."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a feed or sitemap shows."""

    url: str
    """Where it stands, after redirects."""
    kind: str
    """`rss`, `atom`, `json`, `news-sitemap`, `sitemap` or `sitemap-index`."""
    entries: int
    dated: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None
    """Both UTC, of dates that are not in the future."""
    examples: tuple[str, ...] = ()
    """Titles of two entries, or their addresses."""
    pages: tuple[str, ...] = ()
    """Normalised addresses, newest first."""
    domains: tuple[tuple[str, int], ...] = ()
    """The registrable domains that entries lead to, and how many do."""
    offsets: tuple[Offset, ...] = ()
    without_zone: int = 0
    """Entries with a time of day that names no zone."""
    future: int = 0
    comments: int = 0
    media: int = 0
    """Entries that lead to recordings."""
    title: str | None = None
    language: str | None = None
    children: tuple[SitemapEntry, ...] = ()
    """An index's sitemaps."""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry, of a feed or a sitemap."""

    url: str
    """As written."""
    title: str | None
    date: str | None


def sample(brought: Brought) -> Sample:
    """Look at a document as what it was taken for, else as the other.

    Raises `BadInput`, saying why, for what is neither.
    """
    readers = (sample_feed, sample_sitemap) if brought.kind == "feed" else (sample_sitemap, sample_feed)
    try:
        return cleaned(readers[0](brought))
    except BadInput as first:
        try:
            return cleaned(readers[1](brought))
        except BadInput:
            raise first from None


def sample_feed(brought: Brought) -> Sample:
    """Look at a feed."""
    feed = parse_feed(brought.body, brought.url, brought.content_type)
    shown = [Shown(e.url, e.title, e.published or e.modified) for e in feed.entries]
    return summed(brought, feed.kind, shown, feed.fault, capped(feed.title, 200), capped(feed.language, 20))


def sample_sitemap(brought: Brought) -> Sample:
    """Look at a sitemap; one of news tells when its pages were published."""
    found = parse_sitemap(brought.body, brought.url, brought.max_body)
    if found.kind == "sitemap-index":
        children = found.entries[:MAX_CHILDREN]
        return Sample(brought.url, found.kind, len(found.entries), children=children, fault=found.fault)
    news = sum(1 for entry in found.entries if entry.published)
    kind = "news-sitemap" if news * 2 > len(found.entries) else "sitemap"
    shown = [Shown(e.url, None, e.published or e.lastmod) for e in found.entries]
    return summed(brought, kind, shown, found.fault)


def summed(
    brought: Brought,
    kind: str,
    shown: Sequence[Shown],
    fault: str | None,
    title: str | None = None,
    language: str | None = None,
) -> Sample:
    """Entries summed up."""
    read = [*shown[: MOST // 2], *shown[MOST // 2 :][-MOST // 2 :]]
    moments = [dates.moment(one.date, "feed", brought.now + FAR, None) if one.date else None for one in read]
    known = [m.at for m in moments if m and m.at <= brought.now + AHEAD]
    # Undated entries go last, in their order: a feed's first is mostly its newest.
    order = sorted(range(len(read)), key=lambda n: -moment.at.timestamp() if (moment := moments[n]) else 0.0)
    newest = [read[n] for n in order]
    pages = tuple(dict.fromkeys(pages_of(newest)))
    return Sample(
        url=brought.url,
        kind=kind,
        entries=len(shown),
        dated=sum(1 for moment in moments if moment),
        newest=max(known, default=None),
        oldest=min(known, default=None),
        examples=tuple(capped(one.title, 120) or one.url[:200] for one in newest[:2]),
        pages=pages,
        domains=tuple(Counter(map(registrable_domain, pages)).most_common(5)),
        offsets=tuple(offsets([m for m in moments if m and m.at <= brought.now + AHEAD])),
        without_zone=sum(1 for m in moments if m and m.zone_source == "none" and m.precision != "day"),
        future=sum(1 for m in moments if m and m.at > brought.now + AHEAD),
        comments=sum(1 for one in read if any(sign in one.url for sign in COMMENT)),
        media=sum(1 for one in read if urlsplit_path(one.url).endswith(MEDIA)),
        title=title,
        language=language,
        fault=fault,
    )


def pages_of(shown: Sequence[Shown]) -> Iterator[str]:
    """The normalised addresses; what is no page's is passed over."""
    for one in shown:
        try:
            yield normalise(one.url)
        except BadUrl:
            continue


def urlsplit_path(url: str) -> str:
    """An address's path in lower case, empty for what is no address."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def offsets(moments: Sequence[Moment]) -> Iterator[Offset]:
    """The offsets that times of day carry, spread evenly over the entries."""
    stated = [m for m in moments if m.zone_source == "page" and m.precision != "day" and m.zone]
    for moment in stated[:: max(1, len(stated) // OFFSETS)][:OFFSETS]:
        yield Offset(moment.at, minutes(moment.zone or "UTC"))


def minutes(zone: str) -> int:
    """Minutes east of UTC of a fixed zone's name: `UTC`, `+02:00`."""
    if zone == "UTC":
        return 0
    hours, _, rest = zone[1:].partition(":")
    return (-1 if zone[0] == "-" else 1) * (60 * int(hours) + int(rest or 0))
