"""The three newspapers as one pure function: host, path and edition in, answer out."""

import binascii
import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from examples.newspapers.feeds import feed_text
from examples.newspapers.houses import article_page, front_page
from examples.newspapers.listed import ODDS, Odd
from examples.newspapers.papers import HOSTS, PAPERS, Paper, article_url, section_url
from examples.newspapers.sitemaps import sitemap_files
from examples.newspapers.stories import Story, load

__all__ = ["HOSTS", "PAPERS", "Paper", "Response", "respond"]

EDITIONS = (1, 2)
STYLE = b"body { font-family: serif; max-width: 42rem; margin: auto; }\n"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, before the connection adds its own headers."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def respond(host: str, path: str, edition: int) -> Response:
    """What the paper of this host answers to a GET of this path (with its query) in this edition."""
    paper = next((paper for paper in PAPERS if paper.host == host.partition(":")[0].lower()), None)
    if paper is None:
        return _text(421, "No such newspaper here.\n")
    answers = _site(paper.source, edition)
    found = answers.get(_key(path))
    if found is not None:
        return found
    if urlsplit(path).path.startswith("/img/"):
        return Response(200, (("Content-Type", "image/png"),), _pixel())
    return _page(404, f"<h1>404</h1><p>{paper.name}: no such page.</p>")


def _key(url: str) -> str:
    """Path and query of a URL, without the tracking parameters that a server does not look at."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return parts.path + ("?" + urlencode(query) if query else "")


@cache
def _site(source: str, edition: int) -> dict[str, Response]:
    """Every answer of a paper's edition but its pictures, by path and query."""
    if edition not in EDITIONS:
        raise ValueError(f"There is no edition {edition}, only {EDITIONS}.")
    paper = next(paper for paper in PAPERS if paper.source == source)
    stories = load(source, edition)
    answers = {
        "/robots.txt": _text(200, _robots(paper)),
        "/style.css": Response(200, _type("text/css"), STYLE),
    }
    answers |= _fronts(paper, stories) | _listings(paper, stories)
    for story in stories:
        page = article_page(paper, story, stories).encode(story.charset)
        answers[_key(article_url(paper, story))] = Response(200, _type(f"text/html; charset={story.charset}"), page)
    for odd in ODDS:
        if odd.paper is paper and odd.outcome != "section":
            answers[_key(odd.url)] = _odd_answer(odd)
    return answers


def _fronts(paper: Paper, stories: tuple[Story, ...]) -> dict[str, Response]:
    """The paper's front and those of its sections."""
    names = {section_url(paper, story): story.section for story in stories}
    answers = {"/": _page(200, front_page(paper, paper.name, stories[:20]))}
    for url, name in names.items():
        inside = [story for story in stories if section_url(paper, story) == url]
        answers[_key(url)] = _page(200, front_page(paper, name, inside))
    return answers


def _listings(paper: Paper, stories: tuple[Story, ...]) -> dict[str, Response]:
    """Feeds and sitemaps, with the validators of conditional requests."""
    changed = max(story.changed for story in stories)
    answers: dict[str, Response] = {}
    for feed in paper.feeds:
        media_type, text = feed_text(paper, feed, stories)
        answers[_key(feed)] = _validated(media_type, text.encode(), changed)
    for url, (media_type, content) in sitemap_files(paper, stories).items():
        answers[_key(url)] = _validated(media_type, content, changed)
    return answers


def _validated(media_type: str, content: bytes, changed: datetime) -> Response:
    tag = hashlib.sha256(content).hexdigest()[:16]
    when = format_datetime(changed.astimezone(UTC), usegmt=True)
    return Response(200, (*_type(media_type), ("ETag", f'"{tag}"'), ("Last-Modified", when)), content)


def _odd_answer(odd: Odd) -> Response:
    """The answer under a listed URL that is no article."""
    answers: dict[str, Callable[[], Response]] = {
        "redirect": lambda: Response(301, (*_type("text/html"), ("Location", odd.target or "/")), b""),
        "not_found": lambda: _page(404, "<h1>404</h1><p>Diese Seite gibt es nicht.</p>"),
        "gone": lambda: _page(410, "<h1>Gone</h1><p>This page has been withdrawn.</p>"),
        "robots": lambda: _page(200, f"<h1>{odd.title}</h1><p>For members of the Meridian circle only.</p>"),
    }
    return answers[odd.outcome]()


def _robots(paper: Paper) -> str:
    sitemaps = "".join(f"Sitemap: {url}\n" for url in paper.sitemaps)
    return f"User-agent: *\nDisallow: /members/\nDisallow: /intern/\n\n{sitemaps}"


def _type(media_type: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", media_type),)


def _text(status: int, text: str) -> Response:
    return Response(status, _type("text/plain; charset=utf-8"), text.encode())


def _page(status: int, html: str) -> Response:
    return Response(status, _type("text/html; charset=utf-8"), html.encode())


@cache
def _pixel() -> bytes:
    """A grey picture of one pixel, as PNG."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", binascii.crc32(kind + content))
