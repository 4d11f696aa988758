"""What an import is told beside the paths, and what it hands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from articles.errors import BadUrl
from articles.urls import normalise, registrable_domain
from warehouse.captures import Context

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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a row that gave no capture, and why."""

    path: Path
    place: str
    """Where in the file: `line 12`, `offset 4096`, or empty for the whole file."""
    reason: str
    """A slug to count by: `bad-url`, `not-json`, `missing-page`, `damaged`, `not-a-page`."""
    detail: str

    def __str__(self) -> str:
        return f"{self.path}{', ' if self.place else ''}{self.place}: {self.detail}"


def context(url: str, path: Path, options: Options, *, time_inferred: bool) -> Context:
    """Whose page it is, by `--source` or by its domain."""
    domain = None if url.startswith("urn:") else registrable_domain(url)
    owner = options.source or options.by_domain.get(domain or "") or Known(source=domain or NO_DOMAIN)
    return Context(
        source=owner.source,
        name=owner.name,
        zone=owner.zone,
        language=owner.language or options.language,
        via=path.name,
        time_inferred=time_inferred,
    )


def checked_url(raw: str) -> str | None:
    """A URL as it is identified, or None where it is none."""
    try:
        return normalise(raw)
    except BadUrl:
        return None


def file_date(path: Path) -> datetime:
    """A file's date, to the second: the best guess where nobody says when a page was fetched."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
