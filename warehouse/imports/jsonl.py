"""JSON lines of `{"id", "url", "page"}` or `{"id", "url", "html"}`, optionally with `fetched_at`."""

import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard

from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable, checked_url, context, file_date
from warehouse.imports.pages import MAX_BYTES, read_bytes, without_url


@dataclass(frozen=True, slots=True)
class Row:
    """One line, read: its page's bytes, and what it says of them."""

    line: int
    id: str
    url: str
    body: bytes
    fetched_at: datetime
    time_inferred: bool
    media_type: str = "text/html"


def open_lines(path: Path) -> io.TextIOBase:
    """Open JSON lines, plain, `.gz` or `.zst`."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".zst":
        return io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(path.open("rb")), encoding="utf-8")
    return path.open(encoding="utf-8")


def rows(path: Path) -> Iterator[Row | Unreadable]:
    """The rows of a file in its order; a line that cannot be read is named and passed over."""
    with open_lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_row(path, number, line)


def read_row(path: Path, number: int, line: str) -> Row | Unreadable:
    """Read one line; pages are looked up relative to the file."""
    place = f"line {number}"
    try:
        row = json.loads(line)
    except ValueError as error:
        return Unreadable(path, place, "not-json", f"no JSON: {error}")
    if not isinstance(row, dict) or not isinstance(row.get("page") or row.get("html"), str):
        return Unreadable(path, place, "missing-page", 'a row needs "page" (a file) or "html" (the page itself)')
    source = path.parent / row["page"] if row.get("page") else path
    try:
        body = read_bytes(source) if row.get("page") else row["html"].encode("utf-8", "surrogatepass")
    except (OSError, EOFError) as error:
        return Unreadable(path, place, "missing-page", f"cannot read the page: {error}")
    if len(body) > MAX_BYTES:
        return Unreadable(path, place, "too-large", f"the page is over {MAX_BYTES} bytes")
    return attributed(path, place, number, row, source, body)


def attributed(path: Path, place: str, number: int, row: dict[str, Any], source: Path, body: bytes) -> Row | Unreadable:
    """A row with its URL and time checked."""
    raw = row.get("url")
    url = checked_url(str(raw)) if raw else without_url(body)
    if url is None:
        return Unreadable(path, place, "bad-url", f"{raw!r} is no address of a page")
    try:
        stated = moment(row.get("fetched_at"))
    except ValueError:
        return Unreadable(path, place, "bad-date", f"fetched_at {row.get('fetched_at')!r} is no ISO 8601 time")
    return Row(
        line=number,
        id=str(row.get("id", url)),
        url=url,
        body=body,
        fetched_at=stated or file_date(source),
        time_inferred=stated is None,
    )


def moment(raw: Any) -> datetime | None:
    """An ISO 8601 time; UTC where it names no zone."""
    if raw in (None, ""):
        return None
    at = datetime.fromisoformat(str(raw))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def from_jsonl(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """Each row is a capture."""
    for row in rows(path):
        if isinstance(row, Unreadable):
            yield row
            continue
        yield Capture(
            url=row.url,
            final_url=row.url,
            captured_at=row.fetched_at,
            body=row.body,
            media_type=row.media_type,
            context=context(row.url, path, options, time_inferred=row.time_inferred),
        )
