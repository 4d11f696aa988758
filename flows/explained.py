"""What the extractor did with a page, in words: each line of its block in place, and the rule that took it out."""

from collections.abc import Iterator

from articles.cuts import interleaved
from articles.model import Article, Removed
from warehouse.outcomes import Quarantined, Result

Explained = tuple[str, str]
"""What a line is, and what it says."""


def explained(name: str, result: Result) -> Iterator[Explained]:
    """All there is to say of a page."""
    yield "page", name
    if isinstance(result, Article):
        yield from facts(result)
        yield from block(result)
        yield from pictures(result)
    else:
        stage = f" while {result.stage}" if isinstance(result, Quarantined) else ""
        yield "no article", f"{result.reason}{stage}: {result.detail}"


def facts(article: Article) -> Iterator[Explained]:
    """The metadata, and where it was read."""
    published = article.published
    yield "extractor", article.extractor
    yield "title", article.title or "none"
    yield "authors", ", ".join((*article.authors, *article.agencies)) or "none"
    if published:
        zone = f"zone {published.zone or 'unknown, UTC assumed'} from {published.zone_source}"
        said = f"{published.raw!r} in {published.source}, to the {published.precision}, {zone}"
        yield "published", f"{published.at:%Y-%m-%d %H:%M:%S} UTC, {said}"
    else:
        yield "published", "none: the page states no moment that can be"
    if article.published_conflict:
        yield "conflict", "the page states two publication times over a day apart"
    yield "language", f"{article.language} from {article.language_source}"
    yield "status", f"{article.text_status}, {article.word_count} words"


def block(article: Article) -> Iterator[Explained]:
    """The article's block: text, and between it what was removed."""
    for piece in interleaved(article.text, article.removed):
        if isinstance(piece, Removed):
            yield f"- {piece.kind}, {piece.rule}", piece.text
        else:
            yield "text", piece


def pictures(article: Article) -> Iterator[Explained]:
    """The photos and their words."""
    for photo in article.photos:
        agency = f" [{photo.agency}]" if photo.agency else ""
        said = f"{photo.caption or 'no caption'} / {photo.credit or 'no credit'}{agency}"
        yield f"photo {photo.position + 1}", f"{said} {photo.url or ''}".rstrip()
