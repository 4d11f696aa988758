"""Pages whose article is known: the labelled corpus beside the project, and the invented newspapers."""

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import tldextract

from benchmarks.pages import CORPUS, FETCHED_AT, invented_page
from examples.newspapers.expected import articles

# The list of suffixes that comes with the package; nothing is fetched.
SUFFIXES = tldextract.TLDExtract(suffix_list_urls=())

Photo = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Label:
    """A page and what a careful reader finds on it; None for what nobody labelled."""

    id: str
    url: str
    html: bytes
    fetched_at: datetime
    text: str
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published_at: datetime | None = None
    photos: tuple[Photo, ...] = ()
    """Caption and credit of each."""

    @property
    def publisher(self) -> str:
        """The registrable domain, by which pages are kept apart in cross-validation."""
        return SUFFIXES(self.url).top_domain_under_public_suffix or self.url


def corpus() -> list[Label]:
    """The labelled pages of the folder beside the project; none where there is no such folder."""
    if not (CORPUS / "truth.jsonl").is_file():
        return []
    truths = {row["id"]: row for row in lines("truth.jsonl")}
    return [of_corpus(row, truths[row["id"]]) for row in lines("input.jsonl")]


def lines(name: str) -> list[dict[str, Any]]:
    """The rows of one of its files."""
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines() if line]


def of_corpus(row: dict[str, Any], truth: dict[str, Any]) -> Label:
    """A page of the corpus with its label."""
    path = CORPUS / row["page"]
    stated = truth.get("published_at")
    published = datetime.fromisoformat(stated) if stated else None
    authors = truth.get("authors")
    return Label(
        id=row["id"],
        url=row["url"],
        html=gzip.decompress(path.read_bytes()),
        fetched_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=truth["text"],
        title=truth.get("title") or None,
        authors=tuple(authors) if authors else None,
        published_at=published if published is None or published.tzinfo else published.replace(tzinfo=UTC),
        photos=tuple((photo.get("caption"), photo.get("credit")) for photo in truth.get("photos") or ()),
    )


def invented() -> list[Label]:
    """The pages of the invented newspapers."""
    return [
        Label(
            id=url,
            url=url,
            html=invented_page(url),
            fetched_at=FETCHED_AT,
            text=known.text,
            title=known.title,
            authors=known.authors or None,
            published_at=known.published,
            photos=tuple((photo.caption, photo.credit) for photo in known.photos),
        )
        for url, known in articles(edition=1).items()
    ]
