"""An append-only record, in JSON lines, of what WARC cannot hold: finds, refusals, failures, visits, settings.

A writer has a file of its own and never opens another's, so that no line is ever torn by two of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Literal, Self

from warehouse.lines import append, row_of


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a feed, a sitemap or a list showed for the first time, or with a new date."""

    event: ClassVar[str] = "found"
    at: str
    """When: `2026-11-20T08:00:00Z`, as in every event."""
    source: str
    url: str
    """Normalised."""
    via: str
    """URL of the feed or sitemap."""
    published: str | None = None
    """The entry's publication date as written."""
    modified: str | None = None
    """`lastmod` or `updated` as written."""
    backfill: bool = False
    """Whether it was a backfill that looked: the schedule fetches what its own visits show."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that was not asked for."""

    event: ClassVar[str] = "refused"
    at: str
    source: str
    url: str
    reason: Literal["robots", "guard", "foreign", "out-of-range"]
    detail: str = ""
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An address that was asked for and gave no page: DNS, time-out, reset, too large."""

    event: ClassVar[str] = "failed"
    at: str
    source: str
    url: str
    reason: str
    """A slug: `dns`, `timeout`, `connection`, `too-large`, `redirects`."""
    detail: str = ""
    again: bool = True
    """Whether a later try may succeed."""
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit to a feed or sitemap."""

    event: ClassVar[str] = "visited"
    at: str
    source: str
    url: str
    kind: str
    """`rss`, `atom`, `json`, `sitemap`, `sitemap-index`, `unknown`."""
    status: int | None
    """HTTP status; None where no answer came."""
    entries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None
    """What went wrong, in words."""
    reason: str | None = None
    """The same as a slug, where no answer came: `dns`, `timeout`, `robots`."""
    new: int | None = None
    """Entries that the visits before did not show; None where these are not known."""
    keeps_s: int | None = None
    """Seconds that the answer keeps, by the server's or the feed's own word."""
    parent: str | None = None
    """The index that names this sitemap."""
    unannounced: bool = False
    """Whether it had changed although its index said that it had not."""
    backfill: bool = False
    """Whether it was for a backfill: what the schedule knows of the feed stays as it was."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings of a source from this moment on."""

    event: ClassVar[str] = "in-force"
    at: str
    source: str
    settings: dict[str, Any]


Event = Found | Refused | Failed | Visited | InForce
EVENTS: dict[str, type[Any]] = {kind.event: kind for kind in (Found, Refused, Failed, Visited, InForce)}


def to_row(event: Event) -> dict[str, Any]:
    """An event as a row of the journal, its kind first."""
    return {"event": event.event, **row_of(event)}


def from_row(row: Mapping[str, Any]) -> Event | None:
    """Read a row; None for a kind of event that this version does not know."""
    kind = EVENTS.get(row.get("event", ""))
    if kind is None:
        return None
    event: Event = kind(**{f.name: row[f.name] for f in fields(kind) if f.name in row})
    return event


class Journal:
    """Appends events to a file of its own; they count from the next `sync`."""

    def __init__(self, root: Path, name: str) -> None:
        """`root` is the home's `archive/`, `name` the writer's own (see `archive.writer_name`)."""
        self.path = journals(root) / f"{name}.jsonl"
        self._rows: list[dict[str, Any]] = []

    def add(self, event: Event) -> None:
        """Note an event; it is not safe before the next `sync`."""
        self._rows.append(to_row(event))

    def sync(self) -> None:
        """Write and fsync what was added."""
        if self._rows:
            append(self.path, self._rows)
            self._rows.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sync()


def journals(root: Path) -> Path:
    """The folder of journals in a home's `archive/`."""
    return root / "journal"


def journal_files(root: Path) -> Iterator[Path]:
    """All journals of an archive, oldest writer first."""
    yield from sorted(journals(root).glob("*.jsonl"))
