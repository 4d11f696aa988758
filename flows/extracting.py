"""Extraction without an archive: pages in files to rows in files, in the input's order for any number of workers."""

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.errors import BadInput
from articles.model import Article, Page, SiteRule
from articles.siterules import rule_for
from warehouse.imports.files import captures_in, files_in, reader_of
from warehouse.imports.jsonl import Row, from_jsonl, rows
from warehouse.imports.options import Options, Unreadable
from warehouse.outcomes import Quarantined, Result
from warehouse.pages import EXTRACTED, page_of
from warehouse.workers import Workers


@dataclass(frozen=True, slots=True)
class Document:
    """A page to extract, under the name its file gives it."""

    id: str
    page: Page


@dataclass(frozen=True, slots=True)
class Shard:
    """Every `count`-th document from the `index`-th on, counted from 1."""

    index: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Read `2/8`."""
        index, _, count = text.partition("/")
        if not (index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count)):
            raise BadInput(f"no shard {text!r}: it would look like 1/4, the first of four")
        return cls(int(index), int(count))


def documents(pattern: str) -> Iterator[Document | Unreadable]:
    """The documents of a file, a folder or a glob of them."""
    for path in files_of(pattern):
        if reader_of(path) is from_jsonl:
            for row in rows(path):
                yield row if isinstance(row, Unreadable) else document_of(row)
            continue
        for capture in captures_in(path, Options()):
            if isinstance(capture, Unreadable):
                yield capture
            else:
                yield Document(capture.url, page_of(capture, capture.body, capture.captured_at))


def files_of(pattern: str) -> Iterator[Path]:
    """The files that a name or a glob stands for."""
    matching = glob.glob(pattern, recursive=True)  # noqa: PTH207 - a pattern may be absolute, which Path.glob refuses
    return files_in(map(Path, sorted(matching) or [pattern]))


def document_of(row: Row) -> Document:
    """A row of JSON lines as a document."""
    return Document(row.id, Page(url=row.url, content=row.body, fetched_at=row.fetched_at, media_type=row.media_type))


def extracted(
    found: Iterable[Document | Unreadable], workers: Workers, shard: Shard, rules: Sequence[SiteRule] = ()
) -> Iterator[tuple[str, Result]]:
    """A document's name and what became of it, in order; a line that gave no document is among them."""
    mine = (item for number, item in enumerate(found) if number % shard.count == shard.index - 1)
    for item, result in workers.map(extract_found, (ruled(item, rules) for item in mine)):
        yield name_of(item), result


def ruled(item: Document | Unreadable, rules: Sequence[SiteRule]) -> Document | Unreadable:
    """A document with the user's rule for its page."""
    if isinstance(item, Unreadable) or not rules:
        return item
    return replace(item, page=replace(item.page, rule=rule_for(rules, item.page.url, item.page.fetched_at)))


def extract_found(item: Document | Unreadable) -> Result:
    """Extract what is a document; runs inside a worker."""
    if isinstance(item, Unreadable):
        return Quarantined("read", item.reason, item.detail)
    return EXTRACTED(item.page)


def name_of(item: Document | Unreadable) -> str:
    """A document's own name, or where the unreadable one stands."""
    return item.id if isinstance(item, Document) else f"{item.path.name} {item.place}".strip()


def result_row(name: str, result: Result) -> dict[str, Any]:
    """What became of a document."""
    if not isinstance(result, Article):
        return {"id": name, "rejected": result.reason, "detail": result.detail}
    published = result.published
    return {
        "id": name,
        "url": result.url,
        "title": result.title,
        "description": result.description,
        "authors": list(result.authors),
        "agencies": list(result.agencies),
        "published_at": iso(published.at if published else None),
        "published_date": str(published.day) if published else None,
        "published_precision": published.precision if published else None,
        "modified_at": iso(result.modified_at),
        "language": result.language,
        "section": result.section,
        "tags": list(result.tags),
        "text_status": result.text_status,
        "word_count": result.word_count,
        "image_url": result.image_url,
        "text": result.text,
        "photos": [
            {"caption": p.caption, "credit": p.credit, "agency": p.agency, "alt": p.alt, "url": p.url}
            for p in result.photos
        ],
        "removed_text": [
            {"position": r.position, "kind": r.kind, "rule": r.rule, "text": r.text} for r in result.removed
        ],
        "live_updates": [
            {"published_at": iso(u.published.at if u.published else None), "title": u.title, "text": u.text}
            for u in result.updates
        ],
        "extractor": result.extractor,
    }


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None
