"""The three kinds of feed: RSS 2.0 at the Tagblatt, Atom at the Courier, JSON Feed at Meridian."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from examples.newspapers.listed import odds_in
from examples.newspapers.papers import COURIER, MERIDIAN, TAGBLATT, Paper, article_url
from examples.newspapers.stories import Story

NEWEST = 12
"""How many articles a feed shows; older ones stand in the sitemaps alone."""
TRACKED = 3
"""Every third entry carries the paper's tracking parameters."""
FRAGMENT = "#top"
"""Stands behind the first URL of the Atom feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one URL."""

    url: str
    """As listed: with tracking parameters or a fragment."""
    title: str
    summary: str
    author: str
    published: datetime
    updated: datetime


def entries(paper: Paper, feed: str, stories: Sequence[Story]) -> tuple[Entry, ...]:
    """The feed's entries, newest first, the odd ones last; `stories` come newest first."""
    shown = [_entry(paper, story, place) for place, story in enumerate(stories[:NEWEST])]
    for odd in odds_in(feed):
        when = datetime.fromisoformat(odd.listed_on)
        shown.append(Entry(odd.url, odd.title, "", "", when, when))
    return tuple(shown)


def _entry(paper: Paper, story: Story, place: int) -> Entry:
    url = article_url(paper, story)
    if paper is COURIER and place == 0:
        url += FRAGMENT
    elif place % TRACKED == 1:
        url += paper.tracking
    author = ", ".join(story.authors or story.agencies)
    return Entry(url, story.title, story.description, author, story.published, story.changed)


def feed_text(paper: Paper, feed: str, stories: Sequence[Story]) -> tuple[str, str]:
    """The feed's media type and text."""
    shown = entries(paper, feed, stories)
    if paper is TAGBLATT:
        return "application/rss+xml; charset=utf-8", rss(paper, feed, shown)
    if paper is COURIER:
        return "application/atom+xml; charset=utf-8", atom(paper, feed, shown)
    return "application/feed+json", json_feed(paper, feed, shown)


def rss(paper: Paper, feed: str, shown: Iterable[Entry]) -> str:
    """RSS 2.0 with Dublin Core's creator and an Atom `updated` of each entry."""
    items = "\n".join(
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>"
        f'<guid isPermaLink="false">{escape(entry.url.partition("?")[0])}</guid>'
        f"<description>{escape(entry.summary)}</description><dc:creator>{escape(entry.author)}</dc:creator>"
        f"<pubDate>{format_datetime(entry.published)}</pubDate>"
        f"<atom:updated>{entry.updated.isoformat()}</atom:updated></item>"
        for entry in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>'
        f"<title>{escape(paper.name)}</title><link>{paper.home}</link><language>{paper.language}</language>"
        f'<description>Alle Artikel</description><atom:link href="{feed}" rel="self"/>\n'
        f"{items}\n</channel>\n</rss>\n"
    )


def atom(paper: Paper, feed: str, shown: Sequence[Entry]) -> str:
    """Atom 1.0."""
    items = "\n".join(
        f"<entry><id>{escape(entry.url.partition('#')[0].partition('?')[0])}</id>"
        f'<title>{escape(entry.title)}</title><link rel="alternate" href="{escape(entry.url)}"/>'
        f"<published>{entry.published.isoformat()}</published><updated>{entry.updated.isoformat()}</updated>"
        f"<author><name>{escape(entry.author or paper.name)}</name></author>"
        f"<summary>{escape(entry.summary)}</summary></entry>"
        for entry in shown
    )
    updated = max(entry.updated for entry in shown).isoformat()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{feed}</id><title>{escape(paper.name)}</title><updated>{updated}</updated>"
        f'<link rel="self" href="{feed}"/><link href="{paper.home}"/>\n{items}\n</feed>\n'
    )


def json_feed(paper: Paper, feed: str, shown: Iterable[Entry]) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": entry.url.partition("&")[0],
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": entry.author}],
        }
        for entry in shown
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": MERIDIAN.name,
        "home_page_url": paper.home,
        "feed_url": feed,
    }
    return json.dumps(head | {"items": items}, ensure_ascii=False, indent=1)
