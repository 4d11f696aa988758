"""JSON lines of `{"id", "url", "page"}` or `{"id", "url", "html"}`, optionally with `fetched_at`."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import zstandard

from warehouse.captures import Capture
from warehouse.imports.encodings import SPOON
from warehouse.imports.options import Options, Unreadable, checked_url, context, file_date, read_date
from warehouse.imports.pages import MAX_BYTES, read_bytes, without_url

MAX_LINE = 3 * MAX_BYTES
"""Bytes of a line: of the largest page in Cyrillic letters, each of them escaped."""


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


class Frames(io.RawIOBase):
    """The bytes in Zstandard frames; unlike the package's own reader it says so where they break off."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._parts = unpacked(path)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, as far as the next part goes."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def unpacked(path: Path) -> Iterator[bytes]:
    """What the Zstandard frames of a file hold, in parts of bounded size."""
    with path.open("rb") as file:
        frame = None
        while packed := file.read(SPOON):
            while packed:
                frame = frame or zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(packed)
                packed = frame.unused_data if frame.eof else b""
                frame = None if frame.eof else frame
        if frame is not None:
            raise EOFError("its last frame is cut short")


def open_lines(path: Path) -> io.BufferedIOBase:
    """Open JSON lines, plain, `.gz` or `.zst`."""
    ending = path.suffix.lower()
    if ending == ".gz":
        return gzip.open(path, "rb")
    if ending == ".zst":
        return io.BufferedReader(Frames(path))
    return path.open("rb")


def rows(path: Path) -> Iterator[Row | Unreadable]:
    """The rows of a file in its order; a line that cannot be read is named and passed over."""
    number = 0
    try:
        with open_lines(path) as lines:
            while line := lines.readline(MAX_LINE):
                number += 1
                whole = len(line) < MAX_LINE or line.endswith(b"\n")
                while not whole and (rest := lines.readline(MAX_LINE)):
                    whole = rest.endswith(b"\n")
                if len(line) == MAX_LINE:
                    yield Unreadable(path, f"line {number}", "too-large", f"a line of over {MAX_LINE} bytes")
                elif line.strip():
                    yield read_row(path, number, line)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        yield Unreadable(path, f"after line {number}", "damaged", f"the file cannot be read further: {error}")


def read_row(path: Path, number: int, line: bytes) -> Row | Unreadable:
    """Read one line; pages are looked up relative to the file."""
    place = f"line {number}"
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Unreadable(path, place, "not-json", f"no JSON: {error}")
    if not isinstance(row, dict) or not isinstance(row.get("page") or row.get("html"), str):
        exported = isinstance(row, dict) and "article_id" in row
        advice = "; pages come out of an archive with: hemeroteca export --format warc" if exported else ""
        return Unreadable(
            path, place, "missing-page", f'a row needs "page" (a file) or "html" (the page itself){advice}'
        )
    source = path.parent / row["page"] if row.get("page") else path
    try:
        body = page_bytes(source) if row.get("page") else row["html"].encode("utf-8", "surrogatepass")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        return Unreadable(path, place, "missing-page", f"cannot read the page: {error}")
    if len(body) > MAX_BYTES:
        return Unreadable(path, place, "too-large", f"the page is over {MAX_BYTES} bytes")
    return attributed(path, place, number, row, source, body)


def page_bytes(source: Path) -> bytes:
    """The page that a row names; a pipe or a device would never end, or never begin."""
    if not source.is_file():
        raise FileNotFoundError(f"no file {str(source)!r}")
    return read_bytes(source)


def attributed(path: Path, place: str, number: int, row: dict[str, Any], source: Path, body: bytes) -> Row | Unreadable:
    """A row with its URL and time checked."""
    raw = row.get("url")
    url = checked_url(str(raw)) if raw else without_url(body)
    if url is None:
        return Unreadable(path, place, "bad-url", f"{str(raw)[:200]!r} is no address of a page")
    said = row.get("fetched_at")
    stated = read_date(str(said)) if said else None
    if said and stated is None:
        return Unreadable(path, place, "bad-date", f"fetched_at {str(said)[:60]!r} is no ISO 8601 time since 1990")
    return Row(
        line=number,
        id=str(row.get("id", url)).encode("utf-8", "backslashreplace").decode("utf-8"),
        url=url,
        body=body,
        fetched_at=stated or file_date(source),
        time_inferred=stated is None,
    )


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
