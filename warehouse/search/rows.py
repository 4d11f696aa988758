"""Hits as rows: those that SQL joins, and those that somebody reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from warehouse.search.analysis import code_of
from warehouse.search.parsing import Sought
from warehouse.search.snippets import marked, snippet

HITS = pa.schema(
    [
        ("place", pa.int32()),
        ("article_id", pa.string()),
        ("version_id", pa.string()),
        ("score", pa.float32()),
    ]
)
SHOWN = pa.schema(
    [
        *HITS,
        ("source", pa.string()),
        ("published_at", pa.timestamp("us", "UTC")),
        ("published_date", pa.date32()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("marked_title", pa.string()),
        ("snippet", pa.string()),
        ("url", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a hit is to be shown."""

    sought: Sequence[Sought]
    fields: Sequence[str]
    """Where words are sought that name no field."""
    marks: tuple[str, str]

    def of(self, field: str) -> list[Sought]:
        """What was sought in a field."""
        return [one for one in self.sought if field == one.field or (one.field is None and field in self.fields)]


def shown(row: dict[str, object], number: int, score: float | None, show: Shown) -> dict[str, object]:
    """A hit as a row for people."""
    code = code_of(row["language"] if isinstance(row["language"], str) else None)
    text, hits = snippet(str(row["text"]), code, show.of("text"), show.marks)
    captions = row["captions"]
    if not hits and isinstance(captions, list):
        for caption in captions:
            said, hits = snippet(str(caption), code, show.of("caption"), show.marks)
            if hits:
                text = said
                break
    published = row["published_at"]
    day = row["published_date"]
    return {
        "place": number,
        "article_id": row["article_id"],
        "version_id": row["version_id"],
        "score": score,
        "source": row["source"],
        "published_at": datetime.fromisoformat(str(published)) if published else None,
        "published_date": date.fromisoformat(str(day)) if day else None,
        "language": row["language"],
        "title": row["title"],
        "marked_title": marked(str(row["title"] or ""), code, show.of("title"), show.marks) or None,
        "snippet": text,
        "url": row["url"],
    }
