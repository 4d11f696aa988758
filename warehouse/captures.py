"""What is kept of a page taken up: the capture as it comes in, and the manifest's line about it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from warehouse.lines import row_of

RecordType = Literal["response", "resource", "revisit"]


def instant(moment: datetime) -> str:
    """Write an instant the way WARC-Date does, to the second: `2026-11-20T08:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: str) -> datetime:
    """Read what `instant` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the archive."""

    segment: str
    """File name in `archive/segments/`."""
    offset: int
    """Bytes before the record's gzip member."""
    length: int
    """Bytes of the gzip member."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a capture that its bytes do not say; it decides how the page is read."""

    source: str
    """The source's slug."""
    name: str | None = None
    """The newspaper's name, as in `[sources.SLUG] name`."""
    zone: str | None = None
    """The newspaper's IANA time zone."""
    language: str | None = None
    """ISO 639-1."""
    via: str | None = None
    """URL of the feed or sitemap that showed it, or path of the file it was imported from."""
    why: str | None = None
    """What led to the fetch: `new`, `changed`, `revisit`, `retry`, `backfill`."""
    retry_after: int | None = None
    """Seconds that the server asked to be left alone."""
    feed_published: str | None = None
    """The entry's date as the feed or sitemap wrote it."""
    robots: str | None = None
    """`allowed`, `no robots.txt`, or None for what was not crawled."""
    rights: tuple[str, ...] = ()
    """Reservations as the page's headers stated them: `noarchive`, `noai`, `tdm-reservation`."""
    time_inferred: bool = False
    """Whether `captured_at` is a file's date and not a record of the fetch."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a foreign `revisit` record says of the capture whose payload it repeats."""

    digest: str | None = None
    """The payload's digest as that record states it: `sha1:...`."""
    url: str | None = None
    """Normalised."""
    captured_at: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands in a WARC or ARC file that is imported: reading can go on from there."""

    path: Path
    part: str
    """The file within a WACZ package; empty for any other file."""
    offset: int
    """Bytes before its record."""
    length: int | None = None
    """Bytes of the gzip member that holds the record and no other; None where none does."""
    arc: bool = False
    """Whether it is a record of ARC, the format before WARC."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched or found in a file: bytes, and how they were come by."""

    url: str
    """As asked for; `urn:sha256:...` for what came without one."""
    final_url: str
    """After redirects."""
    captured_at: datetime
    """With zone; kept to the second."""
    body: bytes
    """The payload, transfer and content encodings undone."""
    media_type: str
    """`text/html`, lower case, without parameters."""
    context: Context
    charset: str | None = None
    status: int | None = None
    """HTTP status; None for what is no HTTP response: it becomes a `resource` record."""
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """HTTP headers as received."""
    stated_digest: str | None = None
    """The payload's digest as the file that it comes from states it, if it is true: revisits ask for it."""
    original: Original | None = None
    """Set for a revisit that came without its payload; the body is empty."""
    origin: Origin | None = None
    """Where it stands in the file that it comes from."""
    source_uri: str | None = None
    """The address of the web archive's copy that it was taken from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest: one acknowledged capture."""

    capture_id: str
    url: str
    final_url: str
    captured_at: str
    """`2026-11-20T08:00:00Z`."""
    digest: str
    """`sha256:` and lower case hex, of the payload; of a revisit without its payload what is stated of it."""
    size: int
    """Bytes of the payload."""
    media_type: str
    charset: str | None
    status: int | None
    record_type: RecordType
    record: Place
    checksum: str
    """XXH3 of the record's bytes in the segment, 16 hex digits: one flipped bit is noticed without parsing."""
    payload: Place | None
    """Where the payload stands: the record itself, or the one that a revisit points to; None where nobody knows."""
    context: Context
    stated_digest: str | None = None
    original: Original | None = None

    def to_row(self) -> dict[str, Any]:
        """The row of the manifest, keys in the order of the fields."""
        return row_of(self)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read a row; unknown keys of a newer version are passed over."""
        context = {f.name: row["context"].get(f.name, f.default) for f in fields(Context)}
        context["rights"] = tuple(context["rights"] or ())
        known = {f.name: row.get(f.name, f.default) for f in fields(cls)}
        known["record"] = Place(**row["record"])
        known["payload"] = Place(**row["payload"]) if row["payload"] else None
        known["original"] = Original(**row["original"]) if row.get("original") else None
        known["context"] = Context(**context)
        return cls(**known)
