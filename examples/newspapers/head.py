"""The head of an article page: what a paper tells machines about it, from everything to nothing."""

import json
from datetime import UTC
from html import escape
from typing import Any

from examples.newspapers.papers import MERIDIAN, Paper, article_url
from examples.newspapers.stories import Story

SUFFIX = {"tagblatt": " | Tagblatt Lindenau", "courier": " - The Harbour Courier", "meridian": " — Meridian"}


def head(paper: Paper, story: Story) -> str:
    """Everything between `<head>` and `</head>`."""
    lines = [
        f'<meta charset="{story.charset}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(story.title + SUFFIX[paper.source], quote=False)}</title>",
    ]
    if story.data != "markup":
        lines += _open_graph(paper, story)
    if "meta" in story.times:
        lines.append(_property("article:published_time", f"{story.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"))
    if story.data == "json-ld":
        lines.append(f'<script type="application/ld+json">{_script(json_ld(paper, story))}</script>')
    lines.append('<link rel="stylesheet" href="/style.css">')
    return "\n".join(lines)


def json_ld(paper: Paper, story: Story) -> dict[str, Any]:
    """The article as schema.org has it; Meridian wraps it in a graph."""
    url = article_url(paper, story)
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": story.title,
        "description": story.description,
        "articleSection": story.section,
        "keywords": list(story.tags),
        "inLanguage": story.language,
        "author": _authors(story),
        "publisher": {"@type": "NewsMediaOrganization", "name": paper.name, "url": paper.home},
    }
    if "json-ld" in story.times:
        article["datePublished"] = story.published.isoformat()
        article["dateModified"] = story.changed.isoformat()
    if story.free is not None:
        article["isAccessibleForFree"] = story.free
    if story.photos:
        article["image"] = [f"{paper.home}img/{photo.name}.png" for photo in story.photos]
    if paper is not MERIDIAN:
        return {"@context": "https://schema.org"} | article
    page = {"@type": "WebPage", "@id": url, "name": story.title + SUFFIX[paper.source]}
    return {"@context": "https://schema.org", "@graph": [page, article]}


def _authors(story: Story) -> object:
    people: list[dict[str, str]] = [{"@type": "Person", "name": name} for name in story.authors]
    people += [{"@type": "Organization", "name": name} for name in story.agencies]
    if story.authors_as == "string":
        return ", ".join((*story.authors, *story.agencies))
    return people[0] if story.authors_as == "dict" else people


def _script(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("</", "<\\/")


def _open_graph(paper: Paper, story: Story) -> list[str]:
    url = article_url(paper, story)
    lines = [
        f'<meta name="description" content="{escape(story.description)}">',
        f'<link rel="canonical" href="{escape(url)}">',
        _property("og:type", "article"),
        _property("og:site_name", paper.name),
        _property("og:title", story.title),
        _property("og:description", story.description),
        _property("og:url", url),
    ]
    if story.photos:
        lines.append(_property("og:image", f"{paper.home}img/{story.photos[0].name}.png"))
    if story.authors:
        lines.append(f'<meta name="author" content="{escape(", ".join(story.authors))}">')
    if "meta" in story.times and story.modified:
        lines.append(_property("article:modified_time", f"{story.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"))
    lines.append(_property("article:section", story.section))
    return lines + [_property("article:tag", tag) for tag in story.tags]


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'
