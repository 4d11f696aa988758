"""Newspapers looked at: crawl after crawl until enough is known, everything parsed in a process that can be killed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

from protego import Protego

from articles.errors import HemerotecaError
from articles.model import Article, Rejection
from articles.urls import without_user
from flows.fetching import NO_DELAYS, Answered, Unanswered, looked_at
from flows.sections import Network
from spiders.candidates import Candidate
from spiders.homepage import HomePage, Link, absolute, read_feed_list, read_home
from spiders.robots_cache import RobotsCache
from spiders.sampling import Brought, Kind, Sample, sample
from warehouse.captures import read_instant
from warehouse.home import Home
from warehouse.outcomes import Quarantined
from warehouse.pages import EXTRACTED, page_of
from warehouse.workers import Workers, lost

SECONDS = 30.0
"""By the clock, for one document."""

CPU_SECONDS = 8
"""For one document; a sitemap of 100,000 entries takes 2."""

MAX_NAMED = 50
"""Sitemaps that a robots.txt may name."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Unreadable(Exception):
    """A document that cannot be read; says why in words."""


@dataclass(frozen=True, slots=True)
class Looker:
    """How newspapers are looked at: with which settings, from which home, by which workers."""

    network: Network
    home: Home | None
    workers: Workers
    now: Callable[[], datetime]
    delays: Mapping[str, float]
    """Seconds between two requests, by registrable domain: what a newspaper asked for."""

    def at(self, urls: Iterable[str]) -> Iterator[Answered | Unanswered]:
        """Fetch addresses in one crawl."""
        wanted = list(dict.fromkeys(urls))
        return looked_at(wanted, self.network, self.home, self.delays) if wanted else iter(())

    def read(self, function: Callable[[Item], Answer], item: Item) -> Answer:
        """A function's answer from a process that can be killed; raises `Unreadable`."""
        try:
            return self.workers.submit(function, item).result()
        except HemerotecaError as error:
            raise Unreadable(str(error.args[0])) from error
        except Exception as error:  # whatever a document does to its parser costs that document alone
            if isinstance(error, BrokenExecutor):
                self.workers.stop()  # the next document gets new ones
            raise Unreadable(lost(error, CPU_SECONDS).detail) from error

    def home_page(self, found: Answered) -> HomePage:
        """A home page, read; raises `Unreadable`, like all that follow."""
        good(found)
        return self.read(home_of, (found.body, found.entry.final_url, found.entry.charset))

    def sample(self, found: Answered, kind: Kind) -> Sample:
        """A feed or sitemap, looked at."""
        return self.read(sample, self.brought(good(found), kind))

    def feed_list(self, found: Answered) -> tuple[Link, ...]:
        """The feeds that a page links to."""
        return self.read(links_of, (found.body, found.entry.final_url, found.entry.charset))

    def article(self, found: Answered) -> Article | Rejection | Quarantined:
        """A page, extracted."""
        entry = good(found).entry
        return self.read(EXTRACTED, page_of(entry, found.body, read_instant(entry.captured_at)))

    def brought(self, found: Answered, kind: Kind) -> Brought:
        """What a worker is to look at."""
        entry = found.entry
        content_type = f"{entry.media_type}; charset={entry.charset}" if entry.charset else entry.media_type
        return Brought(kind, entry.final_url, found.body, content_type, self.network.max_body, self.now())

    def robots_sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that a site's robots.txt names, as the crawl before received it."""
        if self.home is None:
            return ()
        parts = urlsplit(url)
        site = without_user(f"{parts.scheme}://{parts.netloc}")
        received = RobotsCache(self.home.work / "robots").get(site)
        if received is None or not received.text:
            return ()
        try:
            return self.read(named_in, (received.text, f"{site}/"))
        except Unreadable:
            return ()


@contextmanager
def looking(
    network: Network, home: Home, now: Callable[[], datetime], delays: Mapping[str, float] = NO_DELAYS
) -> Iterator[Looker]:
    """Look at newspapers for a while."""
    with Workers(1, SECONDS, cpu=CPU_SECONDS) as workers:
        yield Looker(network, home, workers, now, delays)


def home_of(page: tuple[bytes, str, str | None]) -> HomePage:
    """Read a home page, inside a worker."""
    return read_home(*page)


def links_of(page: tuple[bytes, str, str | None]) -> tuple[Link, ...]:
    """Read a page that may list feeds, inside a worker."""
    return read_feed_list(*page)


def named_in(robots: tuple[str, str]) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, inside a worker."""
    text, site = robots
    named: list[Any] = [url for _, url in zip(range(MAX_NAMED), Protego.parse(text).sitemaps, strict=False)]
    return tuple(dict.fromkeys(url for raw in named if (url := absolute(site, raw))))


def good(found: Answered) -> Answered:
    """An answer; raises `Unreadable` for one whose status is not 200."""
    if found.entry.status != HTTPStatus.OK:
        raise Unreadable(f"the server answers {found.entry.status}")
    return found


def asked_of(found: Sequence[Candidate]) -> dict[str, Candidate]:
    """Candidates by their addresses."""
    return {candidate.url: candidate for candidate in found}
