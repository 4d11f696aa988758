"""What an import is told beside the paths, and what it hands on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from articles.cleaning import escaped
from articles.errors import BadUrl
from articles.urls import normalise, registrable_domain
from warehouse.captures import Context, Origin
from warehouse.imports.filters import Filters

DATE = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt _]?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]?\d{1,12})?\s?(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
"""A time as WARC, ARC, JSON lines and their many writers state it: of 14 digits too, in parts or with fractions."""

YEARS = range(1990, 2100)
"""When pages can have been captured."""

NO_FILTERS = Filters()

NO_DOMAIN = "files"
"""The source of what comes without an URL and without `--source`."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings say of a newspaper; it decides how its pages are read."""

    source: str
    name: str | None = None
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How captures from files are attributed."""

    source: Known | None = None
    """One source for all, from `--source`; without it, a source per registrable domain."""
    by_domain: Mapping[str, Known] = field(default_factory=dict)
    """Configured newspapers by registrable domain: their pages keep their slug and settings."""
    language: str | None = None
    """ISO 639-1 for pages whose source names none."""
    filters: Filters = NO_FILTERS
    start: Origin | None = None
    """Where in its file reading goes on, after an import that was cut off."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a row that gave no capture, and why."""

    path: Path
    place: str
    """Where in the file: `line 12`, `offset 4096`, or empty for the whole file."""
    reason: str
    """A slug to count by: `bad-url`, `not-json`, `missing-page`, `damaged`, `not-a-page`."""
    detail: str
    origin: Origin | None = None

    def __str__(self) -> str:
        return f"{printable(str(self.path))}{', ' if self.place else ''}{self.place}: {self.detail}"


class Filtered(Unreadable):
    """A page that the filters leave out; `reason` names the one that did."""

    __slots__ = ()


def context(url: str, path: Path, options: Options, *, time_inferred: bool, via: str | None = None) -> Context:
    """Whose page it is, by `--source` or by its domain."""
    domain = None if url.startswith("urn:") else registrable_domain(url)
    owner = options.source or options.by_domain.get(domain or "") or Known(source=domain or NO_DOMAIN)
    return Context(
        source=owner.source,
        name=owner.name,
        zone=owner.zone,
        language=owner.language or options.language,
        via=printable(via or path.name),
        time_inferred=time_inferred,
    )


def printable(name: str) -> str:
    """A file's name as one line of text: it may hold line breaks, and bytes that are none."""
    return escaped(name).replace("\n", "\\n")


def checked_url(raw: str) -> str | None:
    """A URL as it is identified, or None where it is none."""
    try:
        return normalise(raw)
    except BadUrl:
        return None


def read_date(raw: str | None) -> datetime | None:
    """When something was captured, to the second, in UTC where no zone is stated; None for what is no such time."""
    found = DATE.fullmatch((raw or "").strip()[:60])
    if found is None or int(found[1]) not in YEARS:
        return None
    year, month, day, hour, minute, second, zone = found.groups(default="")
    iso = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone.upper() or 'Z'}"
    try:
        return datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:
        return None


def file_date(path: Path) -> datetime:
    """A file's date, to the second: the best guess where nobody says when a page was fetched."""
    latest = datetime(YEARS.stop - 1, 12, 31, tzinfo=UTC).timestamp()
    return datetime.fromtimestamp(int(min(max(path.stat().st_mtime, 0), latest)), UTC)
