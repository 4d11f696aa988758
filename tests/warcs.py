"""WARC and ARC records for tests, byte by byte, as the tools of others write them."""

import gzip
import io
import random

from warehouse.imports.framing import Damage, Record, records

DATE = "2020-01-01T00:00:00Z"


def page(number: int) -> bytes:
    """A page that no other is like."""
    words = random.Random(number)
    text = " ".join(f"word{words.randrange(10**6)}" for _ in range(words.randrange(5, 400)))
    return f"<html><body><p>{text}</p><b>{number}</b></body></html>".encode()


def http(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", media_type: str = "text/html") -> bytes:
    """A response."""
    lines = [status, f"Content-Type: {media_type}", *headers] if media_type else [status, *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunks(body: bytes, size: int = 100, end: bytes = b"0\r\n\r\n") -> bytes:
    """A payload sent in chunks."""
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


def warc(url: str, block: bytes, *fields: str, kind: str = "response", length: object = None, **given: str) -> bytes:
    """A record with its two line breaks."""
    lines = [
        given.get("version", "WARC/1.0"),
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {given.get('date', DATE)}",
        f"Content-Type: {given.get('media_type', 'application/http; msgtype=response')}",
        *fields,
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def address(number: int) -> str:
    """The address of a page of its own; no damage makes another's of it."""
    return f"https://tagblatt.example/{random.Random(number).getrandbits(64):016x}"


def numbered(number: int) -> bytes:
    """A whole record of a page of its own."""
    body = page(number)
    return warc(address(number), http(body, f"Content-Length: {len(body)}"))


def packed(record: bytes) -> bytes:
    """A gzip member."""
    return gzip.compress(record, mtime=0)


def read(content: bytes) -> tuple[dict[str, bytes], list[Damage]]:
    """The blocks by their address, and the damages, of a file's bytes."""
    found = list(records(io.BytesIO(content)))
    return (
        {record.head.target: record.block for record in found if isinstance(record, Record)},
        [damage for damage in found if isinstance(damage, Damage)],
    )
