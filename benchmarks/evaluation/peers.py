"""The extractors of the field, called as their documentation has it, and ours."""

from collections.abc import Callable
from datetime import UTC, datetime

import lxml.html
import trafilatura
from goose3 import Goose
from newspaper import Article as Newspaper
from readability import Document
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding

from articles.extract import extract
from articles.model import Article, Page
from benchmarks.evaluation.labels import Label
from benchmarks.evaluation.measures import NAMES, Extraction

TIMES = {"extensive_search": True, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}
"""Asks trafilatura for the time of day, and for the first publication."""

Tool = Callable[[Label], Extraction]


def hemeroteca(label: Label) -> Extraction:
    """Ours: text, photos, removed lines and metadata."""
    found = extract(Page(label.url, label.html, label.fetched_at))
    if not isinstance(found, Article):
        return Extraction()
    return Extraction(
        text=found.text,
        title=found.title,
        authors=found.authors,
        published_at=found.published.at if found.published else None,
        photos=tuple((photo.caption, photo.credit) for photo in found.photos),
    )


def by_trafilatura(label: Label, *, precision: bool) -> Extraction:
    """Trafilatura with metadata; comments are off where precision is asked for."""
    found = trafilatura.bare_extraction(
        label.html,
        url=label.url,
        with_metadata=True,
        favor_precision=precision,
        include_comments=not precision,
        date_extraction_params=TIMES,
    )
    if found is None or isinstance(found, dict):
        return Extraction()
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Extraction(text=found.text or "", title=found.title, authors=authors, published_at=instant(found.date))


def newspaper4k(label: Label) -> Extraction:
    """Text, title, authors and date."""
    found = Newspaper(label.url, fetch_images=False)
    found.download(input_html=decoded(label.html))
    found.parse()
    return Extraction(
        text=found.text, title=found.title, authors=tuple(found.authors), published_at=found.publish_date or None
    )


def readability(label: Label) -> Extraction:
    """Text and title."""
    found = Document(decoded(label.html))
    tree = lxml.html.fromstring(found.summary())
    return Extraction(text="\n".join(tree.itertext()), title=found.short_title())


def resiliparse(label: Label) -> Extraction:
    """Text alone: its main content."""
    return Extraction(text=extract_plain_text(decoded(label.html), main_content=True, alt_texts=False))


def goose3(label: Label) -> Extraction:
    """Text, title, authors and date."""
    with Goose({"enable_image_fetching": False, "parser_class": "lxml"}) as goose:
        found = goose.extract(url=label.url, raw_html=decoded(label.html))
    return Extraction(
        text=found.cleaned_text or "",
        title=found.title,
        authors=tuple(name for author in found.authors or () for name in NAMES.split(str(author))),
        published_at=found.publish_datetime_utc,
    )


def decoded(html: bytes) -> str:
    """A page as text, for the tools that take no bytes."""
    return html.decode(detect_encoding(html, html5_compatible=True), "replace")


def instant(raw: str | None) -> datetime | None:
    """A moment as trafilatura gives it; UTC where it has no zone."""
    try:
        found = datetime.fromisoformat(raw) if raw else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


TOOLS: dict[str, Tool] = {
    "hemeroteca": hemeroteca,
    "trafilatura, precision": lambda label: by_trafilatura(label, precision=True),
    "trafilatura, default": lambda label: by_trafilatura(label, precision=False),
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
    "goose3": goose3,
}
