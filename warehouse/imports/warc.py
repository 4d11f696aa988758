"""WARC and ARC files, plain or gzipped, and WACZ packages of them: what others crawled."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable, checked_url, context
from warehouse.imports.pages import MAX_BYTES
from warehouse.outcomes import PAGES

READ_BYTES = 65_536


def from_warc(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of a WARC or ARC file, streamed; damage ends the file with a word where, never the run."""
    with path.open("rb") as file:
        yield from records(file, path, "", options)


def from_wacz(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of the WARC files in a WACZ package."""
    try:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.startswith("archive/") and not name.endswith("/"):
                    with package.open(name) as file:
                        yield from records(file, path, f"{name} ", options)
    except zipfile.BadZipFile as error:
        yield Unreadable(path, "", "damaged", f"no WACZ package: {error}")


def records(file: IO[bytes], path: Path, within: str, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of one open file."""
    iterator = ArchiveIterator(file, arc2warc=True)
    place = within + "offset 0"
    try:
        for record in iterator:
            place = f"{within}offset {iterator.offset}"
            if record.rec_type in ("response", "resource"):
                yield page(record, path, place, options)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        yield Unreadable(path, place, "damaged", f"damaged from here on: {error}")


def page(record: Any, path: Path, place: str, options: Options) -> Capture | Unreadable:
    """A record's capture, or why it is none."""
    url = checked_url(record.rec_headers.get_header("WARC-Target-URI") or "")
    if url is None:
        return Unreadable(path, place, "not-a-page", "the record names no address of a page")
    media_type, charset = content_type(record)
    if media_type not in PAGES:
        return Unreadable(path, place, "not-a-page", f"{url} is {media_type or 'of no stated type'}")
    body = record.content_stream().read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return Unreadable(path, place, "too-large", f"{url} is over {MAX_BYTES} bytes")
    if missing := bytes_missing(record):
        return Unreadable(path, place, "damaged", f"{url} is cut short, {missing} bytes are missing")
    status = int(record.http_headers.get_statuscode() or 0) if record.http_headers else None
    return Capture(
        url=url,
        final_url=url,
        captured_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
        .astimezone(UTC)
        .replace(microsecond=0),
        body=body,
        media_type=media_type,
        charset=charset,
        context=context(url, path, options, time_inferred=False),
        status=status,
        reason=reason(record) if record.http_headers else "",
        headers=tuple((name, value) for name, value in record.http_headers.headers) if record.http_headers else (),
    )


def bytes_missing(record: Any) -> int:
    """How much shorter a record is than it says; the reader itself passes over that without a word."""
    while record.raw_stream.read(READ_BYTES):
        pass
    return int(getattr(record.raw_stream, "limit", 0))


def reason(record: Any) -> str:
    """The words after the HTTP status."""
    return str(record.http_headers.statusline.partition(" ")[2])


def content_type(record: Any) -> tuple[str, str | None]:
    """The payload's media type in lower case, and its charset where one is stated."""
    head = record.http_headers or record.rec_headers
    stated = head.get_header("Content-Type") or ""
    media_type, _, parameters = stated.partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return media_type.strip().lower(), value.strip().strip("\"'").lower()
    return media_type.strip().lower(), None
