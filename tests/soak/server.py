"""The invented newspapers on loopback, by the rehearsal's clock, with a record of every request."""

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, Self

from tests.soak.clock import SharedClock
from tests.soak.world import HOUR, Paper, Story

STALL = 8.0
"""Seconds of the machine's time that a page is held back; the reader has given up by then."""

Kind = Literal["page", "list", "robots"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was answered."""

    at: float
    """Unix time, by the rehearsal's clock, when it came in."""
    host: str
    path: str
    kind: Kind
    status: int
    token: str | None = None
    """The text that was served."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent."""

    kind: Kind
    status: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    token: str | None = None
    stalls: bool = False


def reply(paper: Paper, path: str, at: datetime) -> Reply:
    """What a paper answers at a moment."""
    if path == "/robots.txt":
        delay = f"Crawl-delay: {paper.crawl_delay}\n" if paper.crawl_delay else ""
        return Reply("robots", 200, f"User-agent: *\n{delay}Disallow: /intern/\n")
    kind: Kind = "page" if path in paper.by_path else "list"
    if paper.is_out(at):
        return Reply(kind, 503, "out of order")
    if kind == "page":
        return page(paper, paper.by_path[path], path, at)
    return listing(paper, path, at)


def page(paper: Paper, story: Story, path: str, at: datetime) -> Reply:
    """An article, or what has become of it."""
    turned = at >= story.turns
    if (
        at < story.born
        or story.fate == "never"
        or (path == story.moved_path and not (story.fate == "moves" and turned))
    ):
        return Reply("page", 404, "not here")
    match story.fate:
        case "gone" if turned:
            return Reply("page", 410 if story.number % 2 else 404, "no more")
        case "moves" if turned and path == story.path:
            return Reply("page", 301, headers=(("Location", f"https://{paper.host}{story.moved_path}"),))
        case "fails" if not turned:
            return Reply("page", 503, "busy")
        case "stalls" if not turned:
            return Reply("page", 200, stalls=True)
    version = story.version(at)
    paragraphs = "".join(f"<p>{text}</p>" for text in paper.text(story, version))
    title = f"{story.slug.replace('-', ' ').capitalize()}"
    body = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - {paper.name}</title>"
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{story.born.isoformat()}"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
    return Reply("page", 200, body, token=story.token(version))


def listing(paper: Paper, path: str, at: datetime) -> Reply:
    """A feed or a sitemap."""
    match path.removesuffix(".xml").lstrip("/").split("-"):
        case ["front"]:
            return feed(paper, paper.listed("front", at), tagged=True)
        case ["ticker"]:
            return feed(paper, paper.listed("ticker", at), tagged=False)
        case ["news"]:
            return Reply("list", 200, urlset(paper, paper.listed("news", at), at))
        case ["index"]:
            children = []
            for month, stories in paper.by_month.items():
                shown = [story for story in stories if story.born <= at]
                if shown:
                    changed = max(max([s.born, *(c for c in s.changes if c <= at)]) for s in shown)
                    children.append((month, changed))
            maps = "".join(
                f"<sitemap><loc>https://{paper.host}/month-{month}.xml</loc><lastmod>{changed.isoformat()}</lastmod></sitemap>"
                for month, changed in children
            )
            return Reply("list", 200, f"<sitemapindex>{maps}</sitemapindex>")
        case ["month", year, month]:
            return Reply("list", 200, urlset(paper, paper.of_month(f"{year}-{month}", at), at))
    return Reply("list", 404, "not here")


def feed(paper: Paper, stories: Iterable[Story], *, tagged: bool) -> Reply:
    """An RSS feed; with an ETag that is true or not."""
    shown = list(stories)
    items = "".join(
        f"<item><title>{s.slug}</title><link>https://{paper.host}{s.path}</link>"
        f"<pubDate>{format_datetime(s.born)}</pubDate></item>"
        for s in shown
    )
    tag = "always" if paper.untrue_tag else f"{hash(tuple(s.number for s in shown))}"
    headers = (("ETag", f'"{tag}"'),) if tagged else ()
    return Reply(
        "list", 200, f"<rss version='2.0'><channel><title>{paper.name}</title>{items}</channel></rss>", headers
    )


def urlset(paper: Paper, stories: Iterable[Story], at: datetime) -> str:
    """A sitemap."""
    urls = "".join(
        f"<url><loc>https://{paper.host}{s.path}</loc><lastmod>{paper.modified(s, at).isoformat()}</lastmod></url>"
        for s in stories
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


class Newspapers:
    """Serves the papers while the context is open, and writes each request down."""

    def __init__(self, papers: Iterable[Paper], clock: SharedClock, record: Path) -> None:
        self.papers = {paper.host: paper for paper in papers}
        self.clock = clock
        self.asked: list[Asked] = []
        self._record = record.open("w", encoding="utf-8", buffering=1)
        self._writing = threading.Lock()
        self._http = _Listener(("127.0.0.1", 0), _Handler)
        self._http.newspapers = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def hosts(self) -> dict[str, str]:
        """Where each paper is served."""
        return dict.fromkeys(self.papers, f"127.0.0.1:{self._http.server_address[1]}")

    def note(self, asked: Asked) -> None:
        """Write a request down."""
        with self._writing:
            self.asked.append(asked)
            self._record.write(json.dumps(asdict(asked)) + "\n")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._record.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    newspapers: Newspapers

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader that hung up: a killed crawl does."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        """Answer."""
        newspapers = self.server.newspapers
        at = newspapers.clock.now()
        host = self.headers.get("Host", "").partition(":")[0]
        found = reply(newspapers.papers[host], self.path, at)
        known = dict(found.headers).get("ETag")
        status = 304 if known and known == self.headers.get("If-None-Match") else found.status
        newspapers.note(Asked(at.timestamp(), host, self.path, found.kind, status, found.token))
        if found.stalls:
            time.sleep(STALL)
            return
        body = b"" if status == 304 else found.body.encode()
        self.send_response(status)
        for name, value in found.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if found.kind == "page" else "application/xml")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""


def day_of(at: float) -> int:
    """The number of a day."""
    return int(at // (24 * HOUR.total_seconds()))
