"""robots.txt as RFC 9309 has it: asked once a site and day, obeyed for pages, feeds and sitemaps alike.

No robots.txt (any 4xx but 429) allows everything. Where one cannot be had (429, 5xx, a time-out, a reset) the rules
known from before hold, and without any everything is forbidden; it is asked for again soon. A chain of redirects
without end counts as no robots.txt, as the RFC proposes.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response

from articles.rights import reserved
from articles.urls import host, without_user
from spiders.gate import MAX_PAUSE, Stopping
from spiders.guard import Forbidden
from spiders.middlewares import OfCrawler, TooManyRedirects
from spiders.parsers import Unparsed
from spiders.robots_cache import Received
from warehouse.clock import lasting, now

MAX_BYTES = 512 * 1024
"""What is read of a robots.txt; RFC 9309 asks for 500 KiB at least."""


UNRESOLVED = 60.0
"""Seconds for which a name that was not found fails all pages of its site."""

PLAIN = 64 * 1024
"""Characters of a robots.txt parsed at once; starting a process for it would take a hundred times as long."""

WILDCARDS = 4
"""In a rule: more make expressions that may take for ever."""

TRAINERS = ("GPTBot", "CCBot", "Google-Extended")
"""Robots that collect for the training of AI: a site that lets all others in and none of these reserves it."""


class RobotsForbidden(IgnoreRequest):
    """robots.txt does not want this page to be asked for."""


class RobotsUnreachable(IgnoreRequest):
    """There may be a robots.txt, but it cannot be had now."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says."""

    parsed: Protego | None = None
    """None where there is no robots.txt."""
    unreachable: str | None = None
    """Why it could not be had, in words."""
    rights: tuple[str, ...] = ()
    """What it reserves for every page of the site."""

    @property
    def verdict(self) -> str:
        """How a page that may be asked for got leave, as it is kept with its capture."""
        return "allowed" if self.parsed else "no robots.txt"


class RobotsMiddleware(OfCrawler):
    """Asks for each site's robots.txt before its first page, unless it is known from less than a day ago."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def process_request(self, request: Request) -> None:
        """Raise unless the page may be asked for."""
        if request.meta.get("is_robots"):
            return
        rules = await self._rules_for(request)
        if rules.unreachable is not None:
            raise RobotsUnreachable(rules.unreachable)
        if rules.parsed and not rules.parsed.can_fetch(request.url, self.token):
            raise RobotsForbidden(f"robots.txt of {host(request.url)} forbids it")
        request.meta["robots"] = rules.verdict
        request.meta["rights"] = rules.rights

    @property
    def token(self) -> str:
        """The product's name in our user agent: the one that robots.txt files address."""
        agent: str = self.spider.job.network.user_agent
        return agent.partition(" ")[0].partition("/")[0]

    async def _rules_for(self, request: Request) -> Rules:
        parts = urlsplit(request.url)
        site = without_user(f"{parts.scheme}://{parts.netloc}")
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read(site, request.meta))
            self._rules[site].add_done_callback(partial(self._forget, site))
        # One waiter's end must not end the others' task.
        return await asyncio.shield(self._rules[site])

    def _forget(self, site: str, task: asyncio.Task[Rules]) -> None:
        """Have a site asked again whose name was not found: that may pass, but not from one page to the next."""
        if not task.cancelled() and isinstance(task.exception(), CannotResolveHostError):
            asyncio.get_running_loop().call_later(lasting(UNRESOLVED), self._rules.pop, site, None)

    async def _read(self, site: str, meta: dict[str, object]) -> Rules:
        received = held = self.spider.robots.get(site)
        if received is None or not received.fresh(now()):
            received = await self._ask(site, meta)
            if received.unreachable and held:
                received = held.instead(received)
            self.spider.robots.put(received)
        if received.text is None:
            return Rules(unreachable=received.unreachable)
        try:
            parsed = await self._parsed(received.text)
        except Unparsed as error:
            return Rules(unreachable=f"robots.txt cannot be read: {error}")
        if delay := parsed.crawl_delay(self.token):
            self.spider.gate.slow_down(host(site), min(delay, MAX_PAUSE))
        return Rules(parsed=parsed, rights=reserved_by(parsed, site, received.text))

    async def _parsed(self, text: str) -> Protego:
        """The rules; a file that may take long is parsed where it can be killed."""
        return Protego.parse(text) if is_plain(text) else await self.spider.parsers.call(Protego.parse, text)

    async def _ask(self, site: str, meta: dict[str, object]) -> Received:
        request = Request(f"{site}/robots.txt", meta={"is_robots": True, "pause": meta.get("pause", 0.0)})
        try:
            response = await self.crawler.engine.download_async(request)
        except (Stopping, Forbidden, CannotResolveHostError):
            raise
        except TooManyRedirects:
            return Received(site=site, at=now())
        except Exception as error:  # noqa: BLE001  whatever hinders the answer, there may be rules in it
            return Received(site=site, at=now(), unreachable=f"robots.txt: {type(error).__name__}: {error}")
        return received_of(site, response)


def is_plain(text: str) -> bool:
    """Whether a robots.txt is as short and simple as nearly all are: it takes milliseconds."""
    return len(text) <= PLAIN and not any(line.count("*") > WILDCARDS for line in text.splitlines())


def reserved_by(parsed: Protego, site: str, text: str) -> tuple[str, ...]:
    """What a robots.txt reserves beyond crawling: training, by a signal or by keeping those out who crawl for it."""
    kept_out = all(not parsed.can_fetch(f"{site}/", robot) for robot in TRAINERS) and parsed.can_fetch(f"{site}/", "*")
    return ("ai-train",) if kept_out or reserved((), usage=[text]) else ()


def received_of(site: str, response: Response) -> Received:
    """What an answer to a request for robots.txt means."""
    if response.status == 429 or response.status >= 500:
        return Received(site=site, at=now(), unreachable=f"robots.txt: HTTP status {response.status}")
    if response.status >= 300:
        return Received(site=site, at=now())
    return Received(site=site, at=now(), text=response.body[:MAX_BYTES].decode("utf-8-sig", "replace"))
