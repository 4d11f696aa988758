"""HTTP responses as archives hold them: head and payload, and the payload as it was before its transfer."""

import re
from dataclasses import dataclass

from warehouse.imports.heads import text_of, without_controls

STATUS = re.compile(
    rb"[A-Z]{3,10}(?:/\d(?:\.\d)?)?[ \t]+(\d{3})(?:[ \t]+([^\r\n]{0,1000}))?[^\S\n]{0,1000}\n", re.IGNORECASE
)
"""The protocol may be named otherwise: `ICY 200 OK`, and whatever a tool made of it."""

SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")
MAX_FIELDS = 1_000


@dataclass(frozen=True, slots=True)
class Message:
    """An HTTP response."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """As received; a control character in them is a space."""
    payload: bytes
    """As transferred."""

    def get(self, name: str) -> str:
        """The values of a header, joined by commas; empty where there is none."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def chunked(self) -> bool:
        """Whether the head says that the payload came in chunks; it need not be true."""
        return "chunked" in self.get("transfer-encoding").lower()


def parse_message(block: bytes) -> Message | None:
    """The HTTP response in a record's block; None where it holds none."""
    first = STATUS.match(block)
    if first is None:
        return None
    headers: list[tuple[str, str]] = []
    at = first.end()
    while at < len(block):
        end = block.find(b"\n", at)
        line, at = block[at : end if end >= 0 else len(block)].rstrip(b"\r"), end + 1 if end >= 0 else len(block)
        if not line:
            break
        add_header(headers, line)
    return Message(int(first[1]), clean(first[2] or b""), tuple(headers), block[at:])


def add_header(headers: list[tuple[str, str]], line: bytes) -> None:
    """Take a line into a head: a header, or the rest of the one before; anything else is passed over."""
    name, colon, value = line.partition(b":")
    if line[:1] in b" \t":
        if headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {clean(line)}")
    elif colon and name.strip() and len(headers) < MAX_FIELDS:
        headers.append((clean(name), clean(value)))


def clean(raw: bytes) -> str:
    """The words in a line of a head."""
    return without_controls(text_of(raw))


def dechunked(payload: bytes) -> tuple[bytes, bool]:
    """A payload without the marks of its chunks, and whether its last chunk was there.

    Servers and crawlers say `chunked` of what is not: then it comes back as it is. Where the marks end being such,
    what follows is taken as it is.
    """
    parts: list[bytes] = []
    at = 0
    while size := SIZE.match(payload, at):
        start, length = size.end(), int(size[1], 16)
        if not length:
            return b"".join(parts), True
        end = start + length
        unended = end > len(payload) and not size[0].endswith(b"\r\n")
        if payload[end : end + 1] not in (b"\r", b"\n", b"") or (not parts and unended):
            break
        parts.append(payload[start:end])
        at = end + 2 if payload[end : end + 2] == b"\r\n" else min(end + 1, len(payload))
    return b"".join(parts) + payload[at:], False
