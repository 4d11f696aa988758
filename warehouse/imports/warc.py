"""The pages of WARC and ARC files: what others crawled, as far as it is whole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from warehouse.captures import Capture, Origin
from warehouse.imports.encodings import Unusable, decoded
from warehouse.imports.framing import Damage, Record, records
from warehouse.imports.heads import Head, without_controls
from warehouse.imports.messages import Message, dechunked, parse_message
from warehouse.imports.options import Filtered, Options, Unreadable, checked_url, context, read_date
from warehouse.imports.pages import MAX_BYTES
from warehouse.imports.revisits import original_of, stated_digest
from warehouse.outcomes import PAGES

PASSED_OVER = frozenset({"warcinfo", "request", "metadata"})
"""Record types that say something about pages and hold none."""

MARKUP = re.compile(rb"\s{0,100}(?:<!--[^>]{0,500}-->\s{0,100})?<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([\w.:+-]{1,40})", re.IGNORECASE | re.ASCII)


def from_warc(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of a WARC or ARC file, streamed; what is damaged is named, and the next whole record read."""
    with path.open("rb") as file:
        yield from pages(file, path, "", options)


def pages(file: IO[bytes], path: Path, within: str, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of one open file; `within` names it where it is a part of `path`."""
    empty = True
    if options.start and options.start.part == within:
        file.seek(options.start.offset)
    for found in records(file):
        empty = False
        place = within + found.place
        origin = None if found.offset is None else Origin(path, within, found.offset)
        if isinstance(found, Damage):
            yield Unreadable(path, place, "damaged", found.detail, origin)
        elif found.head.kind not in PASSED_OVER:
            if origin and not within:
                origin = replace(origin, length=found.member, arc=found.head.arc)
            yield unwanted(found, path, place, options, origin) or page(found, path, place, options, origin)
    if empty:
        yield Unreadable(path, within.strip(), "damaged", "no WARC or ARC file: it holds no record")


def unwanted(record: Record, path: Path, place: str, options: Options, origin: Origin | None) -> Filtered | None:
    """A record that a filter leaves out by its head alone: its payload is not unpacked."""
    url, captured_at = checked_url(record.head.target), read_date(record.head.get("WARC-Date"))
    reason = options.filters.of_capture(url, captured_at) if url and captured_at else None
    return Filtered(path, place, reason, f"{url} is not asked for", origin) if reason else None


def page(record: Record, path: Path, place: str, options: Options, origin: Origin | None) -> Capture | Unreadable:
    """A record's capture, or why it is none."""
    try:
        return replace(capture_of(record, path, options), origin=origin)
    except Unusable as error:
        return Unreadable(path, place, error.reason, str(error), origin)


def capture_of(record: Record, path: Path, options: Options) -> Capture:
    """A record's capture; raises `Unusable` for what is no page, or not a whole one."""
    if record.head.kind == "revisit":
        return revisit_of(record, path, options)
    url, message, media_type = found_in(record)
    head = record.head
    if record.size > len(record.block):
        raise Unusable("too-large", f"{url} is over {MAX_BYTES} bytes")
    if cut := head.get("WARC-Truncated") or head.get("WARC-Segment-Number"):
        raise Unusable("damaged", f"{url} was not kept whole by its crawl: {cut[:40]}")
    captured_at = read_date(head.get("WARC-Date"))
    if captured_at is None:
        raise Unusable("bad-date", f"{url} has no date of its capture: {(head.get('WARC-Date') or '')[:60]!r}")
    try:
        body = payload(message) if message else decoded(record.block, "", MAX_BYTES)
    except Unusable as error:
        raise Unusable(error.reason, f"{url}: {error}") from error
    if message is None and not body.strip():
        raise Unusable("not-a-page", f"{url} is empty")
    charset = CHARSET.search(stated_type(head, message))
    source_uri = without_controls(head.get("WARC-Source-URI") or "") or None
    return Capture(
        url=url,
        final_url=url,
        captured_at=captured_at,
        body=body,
        media_type=media_type,
        charset=charset[1].lower() if charset else None,
        context=context(url, path, options, time_inferred=False, via=source_uri),
        status=message.status if message else None,
        reason=message.reason if message else "",
        headers=message.headers if message else (),
        stated_digest=stated_digest(head, record.block),
        source_uri=source_uri,
    )


def revisit_of(record: Record, path: Path, options: Options) -> Capture:
    """The capture of a page that is the same as another; its payload is looked up where it is loaded."""
    head, url = record.head, checked_url(record.head.target)
    original, captured_at = original_of(head), read_date(head.get("WARC-Date"))
    if url is None or original is None or captured_at is None:
        raise Unusable("not-a-page", f"a revisit of {head.target[:200]!r} that does not say of what, or when")
    message = parse_message(record.block)
    return Capture(
        url=url,
        final_url=url,
        captured_at=captured_at,
        body=b"",
        media_type=message.get("content-type").partition(";")[0].strip().lower() if message else "",
        context=context(url, path, options, time_inferred=False),
        status=message.status if message else 200,
        reason=message.reason if message else "OK",
        headers=message.headers if message else (),
        original=original,
    )


def found_in(record: Record) -> tuple[str, Message | None, str]:
    """The URL, the HTTP response where there is one, and the media type of a page."""
    head = record.head
    url = checked_url(head.target)
    if url is None:
        raise Unusable("not-a-page", f"the record names no address of a page: {head.target[:200]!r}")
    if head.kind not in ("response", "resource"):
        raise Unusable("not-a-page", f"{url} is a {head.kind[:40] or 'record of no type'}, and not as it was served")
    message = parse_message(record.block) if head.kind == "response" else None
    media_type = stated_type(head, message).partition(";")[0].strip().lower() or guessed(record, message)
    if media_type not in PAGES:
        raise Unusable("not-a-page", f"{url} is {media_type[:80] or 'of no stated type'}")
    return url, message, media_type


def stated_type(head: Head, message: Message | None) -> str:
    """`Content-Type` of the page: of the HTTP response, or of a record that is none."""
    return message.get("content-type") if message else head.get("Content-Type") or ""


def payload(message: Message) -> bytes:
    """The page in a message, transfer and content encodings undone."""
    body = dechunked(message.payload)[0] if message.chunked else message.payload
    return decoded(body, message.get("content-encoding"), MAX_BYTES)


def guessed(record: Record, message: Message | None) -> str:
    """The type of a page whose server did not say."""
    body = message.payload if message else record.block
    return "text/html" if MARKUP.match(body[:2_000]) else ""
