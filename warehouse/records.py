"""A capture as a WARC record, and back: one gzip member a record, read back before anybody relies on it."""

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from articles.errors import BadRecord, Damaged
from warehouse.captures import Capture, Place, RecordType, instant
from warehouse.references import open_segment
from warehouse.zipped import Broken, packed, unpacking

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""How each of our members begins: no name, no time, so that equal records are equal bytes."""

FORBIDDEN = frozenset("\r\n\0")
"""In a URI or a header these would end the line and forge a record."""

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# The body is kept decoded, so what described its encoding and length no longer holds.
STALE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})

MAX_PLAIN = 64 * 1024 * 1024
"""Bytes that a record may unpack to: the largest page and its heads are far below."""

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

BUILDER = RecordBuilder(warc_version="WARC/1.1")


def payload_digest(body: bytes) -> str:
    """The payload's SHA-256 as WARC and the manifest write it."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def info_record(name: str) -> bytes:
    """The record that a segment begins with."""
    info = {"software": "hemeroteca", "format": "WARC File Format 1.1"}
    return member(BUILDER.create_warcinfo_record(name, info))


def capture_record(capture: Capture, digest: str, *, held: bool) -> bytes:
    """A capture's record; `held` says that the archive has its payload already."""
    refuse_forged(capture)
    headers = {
        "WARC-Date": instant(capture.captured_at),
        "WARC-Payload-Digest": digest,
        "Content-Type": content_type(capture),
    }
    if capture.source_uri is not None:
        headers["WARC-Source-URI"] = capture.source_uri
    kind = record_type(capture, held=held)
    if kind == "revisit":
        headers["WARC-Profile"] = REVISIT_PROFILE
    if capture.original is not None:
        stated = {
            "WARC-Refers-To-Target-URI": capture.original.url,
            "WARC-Refers-To-Date": capture.original.captured_at,
        }
        headers |= {name: value for name, value in stated.items() if value}
    body = b"" if kind == "revisit" else capture.body
    record = BUILDER.create_warc_record(
        capture.final_url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=headers,
        http_headers=http_headers(capture),
    )
    return member(record)


def member(record: Any) -> bytes:
    """A record as the gzip member that stands for it in a segment."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="WARC/1.1").write_record(record)
    return packed(plain.getbuffer())


def record_type(capture: Capture, *, held: bool) -> RecordType:
    """What a capture becomes: never a response that no server gave."""
    if held or capture.original is not None:
        return "revisit"
    return "resource" if capture.status is None else "response"


def content_type(capture: Capture) -> str:
    """The record's own type: the HTTP message's, or for a resource the payload's."""
    if capture.status is not None:
        return "application/http; msgtype=response"
    return f"{capture.media_type}; charset={capture.charset}" if capture.charset else capture.media_type


def http_headers(capture: Capture) -> StatusAndHeaders | None:
    """The HTTP head as received, with the encoding headers that no longer hold set aside."""
    if capture.status is None:
        return None
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in STALE_HEADERS else in_ascii(name), value)
        for name, value in capture.headers
    ]
    kept.append(("Content-Length", str(len(capture.body))))
    return StatusAndHeaders(in_ascii(f"{capture.status} {capture.reason}".strip()), kept, protocol="HTTP/1.1")


def in_ascii(words: str) -> str:
    """Words of a head, other signs percent-encoded, as warcio does with values alone."""
    return BEYOND_ASCII.sub(lambda found: quote(found[0], errors="replace"), words)


def refuse_forged(capture: Capture) -> None:
    """Refuse what would end a line of the record's head."""
    words = [capture.url, capture.final_url, capture.reason, capture.media_type, capture.charset or ""]
    words.append(capture.source_uri or "")
    words += [word for header in capture.headers for word in header]
    if capture.original is not None:
        words += [capture.original.digest or "", capture.original.url or ""]
    for word in words:
        if FORBIDDEN & set(word):
            raise BadRecord(f"a line break or NUL in {word!r} would forge a WARC record", url=capture.url)


def read_member(folder: Path, place: Place) -> bytes:
    """A record's bytes as they stand in their segment, or in the file that stands for it."""
    with open_segment(folder, place.segment) as file:
        file.seek(place.offset)
        return file.read(place.length)


def parse_member(raw: bytes, place: Place) -> bytes:
    """The payload in a gzip member, whose own checksum covers every byte of the record."""
    where = f"the record at offset {place.offset} of {place.segment}"
    if len(raw) < place.length:
        raise Damaged(f"{where} is cut short: {len(raw)} of {place.length} bytes")
    gzip = unpacking()
    try:
        plain = gzip.decompress(raw, MAX_PLAIN)
        if not gzip.eof or gzip.unused_data:
            raise Damaged(f"{where} does not end where the manifest says")
        for record in ArchiveIterator(BytesIO(plain)):
            body: bytes = record.content_stream().read()
            return body
    except (Broken, ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError) as error:
        raise Damaged(f"{where} cannot be read: {error}") from error
    raise Damaged(f"{where} is none")
