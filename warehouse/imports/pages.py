"""Articles that come as files of their own: HTML pages and plain text."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from articles.urls import registrable_domain
from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable, checked_url, context, file_date

MAX_BYTES = 16 * 1024 * 1024
"""The same as for a page that is fetched."""

HEAD_BYTES = 524_288
"""Where a page's canonical address is looked for; the last of 230 news pages stands 187,000 bytes in."""

TAG = re.compile(rb"<(?:link|meta)\s[^<>]{0,9000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([a-z:-]{1,20})\s{0,10}=\s{0,10}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def read_bytes(path: Path) -> bytes:
    """A file's bytes, decompressed where its name ends in `.gz`; one byte past the limit at most."""
    opener = gzip.open if path.suffix.lower() == ".gz" else open
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
    """An HTML file is one page, known by its digest, or by the URL that it states where somebody vouches for that."""
    body = read_bytes(path)
    if len(body) > MAX_BYTES:
        yield Unreadable(path, "", "too-large", f"over {MAX_BYTES} bytes")
        return
    stated = stated_url(body) if options.source else None
    url = stated if stated and vouched(stated, options) else without_url(body)
    yield capture(url, body, path, options, "text/html")


def vouched(url: str, options: Options) -> bool:
    """Whether who imports a page says whose it is, and its claimed URL is one of theirs.

    Nothing else in a file speaks for its URL: anyone could have written it, and it would be a version of their article.
    """
    domain = registrable_domain(url)
    known = options.by_domain.get(domain)
    owner = options.source.source if options.source else None
    return owner is not None and owner in (domain, known.source if known else domain)


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
    """Where a saved page says it comes from: `rel=canonical`, else `og:url`; read without a parser, out of its head."""
    tags = [attributes(tag[0].decode("utf-8", "replace")) for tag in TAG.finditer(body, 0, HEAD_BYTES)]
    said = [tag.get("href", "") for tag in tags if "canonical" in tag.get("rel", "").lower().split()]
    said += [tag.get("content", "") for tag in tags if tag.get("property", "").lower() == "og:url"]
    return next((url for raw in said if (url := checked_url(raw))), None)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, their entities read."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    return found
