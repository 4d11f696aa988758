"""Articles that come as files of their own: HTML pages and plain text."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable, checked_url, context, file_date

MAX_BYTES = 16 * 1024 * 1024
"""The same as for a page that is fetched."""


def read_bytes(path: Path) -> bytes:
    """A file's bytes, decompressed where its name ends in `.gz`; one byte past the limit at most."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        return bytes(file.read(MAX_BYTES + 1))


def from_text(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """A text file is one article without a URL: it is known by the digest of its bytes."""
    body = read_bytes(path)
    if len(body) > MAX_BYTES:
        yield Unreadable(path, "", "too-large", f"over {MAX_BYTES} bytes")
        return
    yield capture(without_url(body), body, path, options, "text/plain")


def from_html(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """An HTML file is one page, known by the URL it says it was saved from, else by its digest."""
    body = read_bytes(path)
    if len(body) > MAX_BYTES:
        yield Unreadable(path, "", "too-large", f"over {MAX_BYTES} bytes")
        return
    yield capture(stated_url(body) or without_url(body), body, path, options, "text/html")


def capture(url: str, body: bytes, path: Path, options: Options, media_type: str) -> Capture:
    """A file's capture: its time is the file's date, and marked so."""
    return Capture(
        url=url,
        final_url=url,
        captured_at=file_date(path),
        body=body,
        media_type=media_type,
        context=context(url, path, options, time_inferred=True),
    )


def without_url(body: bytes) -> str:
    """The name of what has no URL."""
    return f"urn:sha256:{hashlib.sha256(body).hexdigest()}"


def stated_url(body: bytes) -> str | None:
    """Where a saved page says it comes from: `rel=canonical`, else `og:url`."""
    try:
        root = html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return None
    found = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    stated = found if isinstance(found, list) else []
    return next((url for raw in stated if (url := checked_url(str(raw)))), None)
