"""Invented home pages, each with its feeds and sitemaps somewhere else; dates count back from now."""

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

from tests.integration.spiders.site import Answer, Route, Site

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
NOW = datetime.now(UTC)


class Hosts:
    """Several sites behind one server, told apart by the host asked."""

    def __init__(self) -> None:
        self.pages: dict[str, dict[str, Route]] = {}

    def add(self, host: str, pages: dict[str, Route | bytes | str]) -> None:
        """Serve pages under a host."""
        served = self.pages.setdefault(host, {})
        for path, page in pages.items():
            served[path] = served_as(path, page)

    def route(self, handler: BaseHTTPRequestHandler) -> Answer | None:
        """What a host has at a path."""
        host = (handler.headers.get("Host") or "").partition(":")[0]
        found = self.pages.get(host, {}).get(handler.path, Answer(b"not here", 404))
        return found(handler) if callable(found) else found

    def serve(self, site: Site) -> dict[str, str]:
        """Let a server answer for all hosts; the map of `[network] hosts`."""
        site.answer_all = self.route
        return dict.fromkeys(self.pages, site.address)


def served_as(path: str, page: Route | bytes | str) -> Route:
    """A page's bytes with the type that its name says."""
    if not isinstance(page, bytes | str):
        return page
    kind = XML if path.endswith((".xml", ".rss", ".atom")) or "feed" in path or "rss" in path else HTML
    return Answer(page if isinstance(page, bytes) else page.encode(), 200, kind)


def moment(hours: float, east: int = 0) -> datetime:
    """So many hours ago, in a zone so many hours east."""
    return (NOW - timedelta(hours=hours)).astimezone(timezone(timedelta(hours=east))).replace(microsecond=0)


def links(host: str, names: Iterable[str]) -> list[str]:
    """Addresses of articles."""
    return [f"https://{host}/{name}" for name in names]


def numbered(count: int, start: int = 0) -> list[str]:
    """Names of articles."""
    return [f"article-{n}" for n in range(start, start + count)]


def rss(
    host: str, names: Iterable[str], *, east: int = 0, age: float = 1, title: str = "Paper", language: str = ""
) -> bytes:
    """An RSS feed, an article an hour, the newest `age` hours old."""
    items = "".join(
        f"<item><title>Title of {link.rpartition('/')[2]}</title><link>{link}</link>"
        f"<pubDate>{format_datetime(moment(n + age, east))}</pubDate></item>"
        for n, link in enumerate(links(host, names))
    )
    told = f"<language>{language}</language>" if language else ""
    return f'<rss version="2.0"><channel><title>{title}</title>{told}{items}</channel></rss>'.encode()


def atom(host: str, names: Iterable[str], *, east: int = 0) -> bytes:
    """The same as Atom."""
    entries = "".join(
        f'<entry><title>Title of {link.rpartition("/")[2]}</title><link rel="alternate" href="{link}"/>'
        f"<published>{moment(n + 1, east).isoformat()}</published></entry>"
        for n, link in enumerate(links(host, names))
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>{entries}</feed>'.encode()


def json_feed(host: str, names: Iterable[str], *, east: int = 0) -> Answer:
    """The same as a JSON Feed."""
    items = [
        {"url": link, "title": f"Title of {link.rpartition('/')[2]}", "date_published": moment(n + 1, east).isoformat()}
        for n, link in enumerate(links(host, names))
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": items}
    return Answer(json.dumps(feed).encode(), 200, {"Content-Type": "application/feed+json"})


def urlset(host: str, names: Iterable[str], *, step: float = 1, news: bool = False, dated: bool = True) -> bytes:
    """A sitemap, its pages `step` hours apart."""
    urls = []
    for n, link in enumerate(links(host, names)):
        at = moment(n * step + 1).isoformat()
        told = f"<lastmod>{at}</lastmod>" if dated else ""
        if news:
            told = f"<n:news><n:publication_date>{at}</n:publication_date><n:title>T</n:title></n:news>"
        urls.append(f"<url><loc>{link}</loc>{told}</url>")
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{"".join(urls)}</urlset>'
    ).encode()


def index(host: str, paths: Iterable[str]) -> bytes:
    """An index of sitemaps."""
    maps = "".join(f"<sitemap><loc>https://{host}{path}</loc></sitemap>" for path in paths)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()


def page(head: str = "", body: str = "", lang: str = "en") -> str:
    """A home page."""
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}<p>Today in the paper</p></body></html>'


def link(href: str, kind: str = "application/rss+xml") -> str:
    """A link tag that declares a feed."""
    return f'<link rel="alternate" type="{kind}" href="{href}">'


def to(location: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(b"", status, {"Location": location})


def zipped(body: bytes) -> Answer:
    """A gzipped file."""
    return Answer(gzip.compress(body), 200, {"Content-Type": "application/gzip"})


def article(language: str, published: datetime | None, words: str) -> str:
    """An article's page."""
    dated = f'<meta property="article:published_time" content="{published.isoformat()}">' if published else ""
    body = "".join(f"<p>{words} {n}.</p>" for n in range(12))
    return (
        f'<!doctype html><html lang="{language}"><head><title>A title</title><meta property="og:type" content="article">'
        f"{dated}</head><body><article><h1>A title</h1>{body}</article></body></html>"
    )
