"""Reads sitemaps: lists of pages, indexes of sitemaps, news sitemaps, plain lists; gzipped or not."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal
from urllib.parse import urljoin

from lxml import etree

from articles.errors import BadInput
from spiders.feeds import is_html

MAX_ENTRIES = 100_000
"""Twice what the protocol allows in one file; what comes after is not read."""

LOC = re.compile(rb"(<(?:[A-Za-z][\w.-]{0,30}:)?loc(?:\s[^<>]{0,200})?>)([^<]+)")
BARE = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]{0,30}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
"""An ampersand that begins no entity."""

GZIP = b"\x1f\x8b"
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, or in an index another sitemap."""

    url: str
    """Absolute, as the sitemap has it otherwise."""
    lastmod: str | None = None
    """As written, like `published`."""
    published: str | None = None
    """A news sitemap's publication date."""


@dataclass(frozen=True, slots=True)
class ParsedSitemap:
    """What a sitemap shows."""

    kind: Literal["sitemap", "sitemap-index"]
    entries: tuple[SitemapEntry, ...]
    fault: str | None = None
    """What is wrong with a sitemap that could still be read, in words."""


def parse_sitemap(body: bytes, url: str, max_body: int) -> ParsedSitemap:
    """Read a sitemap's bytes; raises `BadInput`, saying why, for what is none."""
    if body.startswith(GZIP):
        body = gunzip(body, url, max_body)
    head = body.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    if not head:
        raise BadInput("no sitemap: it is empty", url=url)
    if is_html(body):
        raise BadInput("no sitemap: it is an HTML page", url=url)
    return parse_xml(body, url) if head == b"<" else parse_list(body, url)


def gunzip(body: bytes, url: str, max_body: int) -> bytes:
    """Unpack up to `max_body` bytes; more is refused, and less than was packed is taken for what it is."""
    unpacked = bytearray()
    while body:
        stream = zlib.decompressobj(wbits=31)
        try:
            while body and not stream.eof:
                unpacked += stream.decompress(body, CHUNK)
                body = stream.unconsumed_tail
                if len(unpacked) > max_body:
                    raise BadInput(f"too large: over {max_body} bytes when unpacked", url=url)
        except zlib.error as error:
            if not unpacked:
                raise BadInput(f"no gzip file: {error}", url=url) from error
            break
        body = stream.unused_data.lstrip(b"\0")
    return bytes(unpacked)


def parse_list(body: bytes, url: str) -> ParsedSitemap:
    """Read a plain list of addresses, one a line."""
    try:
        lines = [line.strip() for line in body.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError as error:
        raise BadInput(f"no sitemap: neither XML nor text: {error.reason}", url=url) from error
    found = [line for line in lines if line.lower().startswith(("http://", "https://"))]
    if not found:
        raise BadInput("no sitemap: neither XML nor a list of addresses", url=url)
    others = sum(1 for line in lines if line) - len(found)
    entries = tuple(SitemapEntry(line) for line in found[:MAX_ENTRIES])
    return ParsedSitemap("sitemap", entries, f"{others} lines are no addresses" if others else None)


def parse_xml(body: bytes, url: str) -> ParsedSitemap:
    """Read a `urlset` or a `sitemapindex`, forgiving what newspapers' generators get wrong.

    Of an address with an ampersand that is not escaped the parser would make another.
    """
    if b"&" not in body or b"\0" in body[:100]:  # of UTF-16 every second byte is a zero
        return parse_escaped(body, url)
    escaped = LOC.sub(lambda found: found[1] + BARE.sub(b"&amp;", found[2]), body)
    found = parse_escaped(escaped, url)
    return found if escaped == body else replace(found, fault="ampersands in its addresses are not escaped")


def parse_escaped(body: bytes, url: str) -> ParsedSitemap:
    """Read XML in whose addresses `&` begins an entity everywhere."""
    # Entities stay as they are and nothing is loaded: a sitemap has no business with either.
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        name, entries = read_elements(iter(events), url)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"no sitemap: {error.msg}", url=url) from error
    fault = str(events.error_log[0].message) if len(events.error_log) else None
    if not entries and fault:
        raise BadInput(f"no sitemap: {fault}", url=url)
    if len(entries) > MAX_ENTRIES:
        entries, fault = entries[:MAX_ENTRIES], f"more than {MAX_ENTRIES} entries"
    return ParsedSitemap("sitemap-index" if name == "sitemapindex" else "sitemap", tuple(entries), fault)


def read_elements(events: Iterator[tuple[str, etree._Element]], url: str) -> tuple[str, list[SitemapEntry]]:
    """The root's name and the entries under it; each is dropped from the tree once read."""
    _, root = next(events, (None, None))
    name = local(root)
    if root is None or name not in ("urlset", "sitemapindex"):
        raise BadInput(f"no sitemap: the document is <{name}>" if name else "no sitemap: no elements", url=url)
    wanted = "url" if name == "urlset" else "sitemap"
    entries: list[SitemapEntry] = []
    for event, element in events:
        if event == "end" and element.getparent() is root:
            if local(element) == wanted and (found := read_entry(element, url)):
                entries.append(found)
            while element.getprevious() is not None:  # those after it may have been read ahead
                del root[0]
            if len(entries) > MAX_ENTRIES:
                break
    return name, entries


def read_entry(element: etree._Element, base: str) -> SitemapEntry | None:
    """One entry; None for one without an address."""
    fields = {local(child): (child.text or "").strip() for child in element}
    if not fields.get("loc"):
        return None
    published = next((e.text for e in element.iter("{*}publication_date") if e.text), None)
    try:
        location = urljoin(base, fields["loc"])
    except ValueError:  # brackets that are no IPv6 address
        return None
    return SitemapEntry(location, fields.get("lastmod") or None, published.strip() if published else None)


def local(element: etree._Element | None) -> str:
    """An element's name without its namespace; comments and the like have none."""
    tag = element.tag if element is not None else ""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
