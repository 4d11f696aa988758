"""The sitemaps: an index of gzip files by month, a news sitemap, and plain urlsets."""

import gzip
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from examples.newspapers.listed import odds_in
from examples.newspapers.papers import COURIER, TAGBLATT, Paper, article_url
from examples.newspapers.stories import Story

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWEST = 8
"""How many articles the news sitemap shows."""


def sitemap_files(paper: Paper, stories: Sequence[Story]) -> dict[str, tuple[str, bytes]]:
    """Media type and content of every sitemap of the paper, by URL."""
    if paper is TAGBLATT:
        return _by_month(paper, stories)
    plain = f"{paper.home}sitemap.xml"
    files = {plain: ("application/xml", urlset(_located(paper, stories, plain)).encode())}
    if paper is COURIER:
        files[f"{paper.home}news-sitemap.xml"] = ("application/xml", news(paper, stories[:NEWEST]).encode())
    return files


def monthly_url(paper: Paper, month: str) -> str:
    """The sitemap of a month written `2026-08`."""
    return f"{paper.home}sitemaps/{month}.xml.gz"


def urlset(located: Iterable[tuple[str, datetime]]) -> str:
    """A plain sitemap of URLs and the days of their last change."""
    rows = "\n".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{when.isoformat()}</lastmod></url>" for url, when in located
    )
    return f'{XML}<urlset xmlns="{XMLNS}">\n{rows}\n</urlset>\n'


def index(located: Iterable[tuple[str, datetime]]) -> str:
    """A sitemap of sitemaps."""
    rows = "\n".join(
        f"<sitemap><loc>{escape(url)}</loc><lastmod>{when.isoformat()}</lastmod></sitemap>" for url, when in located
    )
    return f'{XML}<sitemapindex xmlns="{XMLNS}">\n{rows}\n</sitemapindex>\n'


def news(paper: Paper, stories: Iterable[Story]) -> str:
    """A news sitemap: language, publication date and title of each article."""
    rows = "\n".join(
        f"<url><loc>{escape(article_url(paper, story))}</loc><lastmod>{story.changed.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(paper.name)}</news:name>"
        f"<news:language>{story.language}</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories
    )
    return f'{XML}<urlset xmlns="{XMLNS}" xmlns:news="{NEWS}">\n{rows}\n</urlset>\n'


def _located(paper: Paper, stories: Iterable[Story], sitemap: str) -> list[tuple[str, datetime]]:
    rows = [(article_url(paper, story), story.changed) for story in stories]
    return rows + [(odd.url, datetime.fromisoformat(odd.listed_on)) for odd in odds_in(sitemap)]


def _by_month(paper: Paper, stories: Sequence[Story]) -> dict[str, tuple[str, bytes]]:
    """The index and its children; a month is that of publication, its lastmod that of its newest change."""
    files: dict[str, tuple[str, bytes]] = {}
    children: list[tuple[str, datetime]] = []
    for month in sorted({f"{story.published:%Y-%m}" for story in stories}):
        url = monthly_url(paper, month)
        rows = _located(paper, [story for story in stories if f"{story.published:%Y-%m}" == month], url)
        files[url] = ("application/gzip", gzip.compress(urlset(rows).encode(), mtime=0))
        children.append((url, max(when for _, when in rows)))
    files[f"{paper.home}sitemap-index.xml"] = ("application/xml", index(children).encode())
    return files
