"""What an export is asked for: which articles, and in which form."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from articles.errors import BadInput

Form = Literal["parquet", "jsonl", "jsonl.gz", "jsonl.zst", "csv", "warc"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the published copy; equal ones to equal copies give equal files."""

    form: Form
    sources: tuple[str, ...] = ()
    """None for all; so with languages and days."""
    first_day: date | None = None
    """Of publication, included; articles without a day are in no range."""
    last_day: date | None = None
    languages: tuple[str, ...] = ()
    """ISO 639-1."""
    query: str | None = None
    """SQL whose answer names articles, in a column `article_id` or `url`."""
    unique: bool = False
    """One article of each cluster of copies."""
    without_text: bool = False
    respect_optout: bool = False
    """Leave out what its publisher keeps from text and data mining, or from training."""

    def checked(self) -> Self:
        """The question itself; raises `BadInput` for one that cannot be answered."""
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise BadInput(f"the first day, {self.first_day}, is after the last, {self.last_day}")
        if self.form == "warc" and self.without_text:
            raise BadInput("a WARC file holds pages whole: --without-text goes with the other formats")
        return self

    def as_row(self) -> dict[str, Any]:
        """As the manifest says it; the order in which sources and languages were named makes no difference."""
        return {
            "format": self.form,
            "sources": sorted(set(self.sources)),
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "languages": sorted(set(self.languages)),
            "query": self.query,
            "unique": self.unique,
            "without_text": self.without_text,
            "respect_optout": self.respect_optout,
        }
