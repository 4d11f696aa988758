"""What an import is asked, and what it answers."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from articles.errors import BadInput, BadUrl
from articles.urls import host
from warehouse.imports.bookmarks import Bookmark
from warehouse.imports.filters import Days, Filters
from warehouse.imports.options import NO_FILTERS, Filtered, Unreadable

Keep = Literal["copy", "reference"]
Day = date | None

LANGUAGE = re.compile("[a-zA-Z]{2}")


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What an import is asked."""

    paths: tuple[Path, ...]
    source: str | None = None
    """A slug for everything; without it, a source per registrable domain."""
    language: str | None = None
    archive: Keep = "copy"
    """Whether records that can be used as they stand are copied, or stay in their file."""
    filters: Filters = NO_FILTERS
    again: bool = False
    """Read from the start what was imported before, or in part."""
    urls: Path | None = None
    """A list of the files in one folder and their URLs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An import as it is asked for on a command line."""

    paths: tuple[Path, ...]
    source: str | None
    language: str | None
    archive: Keep
    again: bool
    urls: Path | None
    domains: tuple[str, ...]
    languages: tuple[str, ...]
    published: tuple[Day, Day]
    captured: tuple[Day, Day]

    def request(self) -> ImportRequest:
        """The same checked; raises `BadInput` for a filter that names nothing."""
        filters = Filters(
            domains=frozenset(map(named_host, self.domains)),
            languages=frozenset(map(named_language, self.languages)),
            captured=days_of("--captured", self.captured),
            published=days_of("--published", self.published),
        )
        return ImportRequest(self.paths, self.source, self.language, self.archive, filters, self.again, self.urls)


def named_host(name: str) -> str:
    """A domain as addresses spell it."""
    try:
        return host(name if "://" in name else f"https://{name}/")
    except BadUrl as error:
        raise BadInput(f"no domain: {name[:200]!r}; it would look like paper.example") from error


def named_language(name: str) -> str:
    """A language's code."""
    if not LANGUAGE.fullmatch(name):
        raise BadInput(f"no language: {name[:200]!r}; it would be a code of ISO 639-1 like de")
    return name.lower()


def days_of(option: str, days: tuple[Day, Day]) -> Days:
    """A range of days."""
    first, last = days
    if first and last and last < first:
        raise BadInput(f"{option}-from {first} is later than {option}-to {last}")
    return Days(first, last)


@dataclass
class Imported:
    """What an import took in."""

    captures: int = 0
    """Read from the files."""
    archived: int = 0
    """Of these, not held before."""
    held: int = 0
    """Of these, in the archive already."""
    unreadable: list[Unreadable] = field(default_factory=list)
    """The first of them; `reasons` counts all."""
    reasons: Counter[str] = field(default_factory=Counter)
    filtered: Counter[str] = field(default_factory=Counter)
    """Pages left out, by the filter that did."""
    by_source: Counter[str] = field(default_factory=Counter)
    """Of those archived."""
    records: Counter[str] = field(default_factory=Counter)
    """Of those archived: `copied`, `referred`, `written` anew, or a `revisit` of what is held."""
    cut_short: list[Path] = field(default_factory=list)
    """Files whose reading broke off before their end."""
    before: list[Bookmark] = field(default_factory=list)
    """Files that an earlier import has read to the end."""

    def note(self, what: Unreadable) -> None:
        """Count what gave no capture and keep the first ones for the report."""
        if isinstance(what, Filtered):
            self.filtered[what.reason] += 1
            return
        self.reasons[what.reason] += 1
        if len(self.unreadable) < 100:
            self.unreadable.append(what)

    def known(self, bookmark: Bookmark) -> None:
        """A file was imported before, and is not read."""
        self.before.append(bookmark)
