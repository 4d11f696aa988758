"""What proves that a record's bytes are those that were written: a digest, or the page's own length."""

import base64
import binascii
import hashlib
import hmac
from contextlib import suppress
from functools import partial

from warehouse.imports.heads import Head
from warehouse.imports.messages import dechunked, parse_message

DIGESTS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
"""Bytes of each digest that archives state."""

BREAKS = (b"", b"\n", b"\r\n", b"\n\n", b"\r\n\r\n", b"\r\r\n\r\r\n")
"""What writers put after a block."""

URL_SAFE = bytes.maketrans(b"-_", b"+/")


def proven(head: Head, block: bytes, *, torn: bool) -> bytes | None:
    """The part of what stands between a record's head and the next that is provably its block; None without a proof.

    `torn` says that the bytes may be wrong, not only too few or too many: then a digest alone is proof.
    """
    for tail in BREAKS:
        if block.endswith(tail):
            shorter = block[: len(block) - len(tail)]
            if matches(head.get("WARC-Block-Digest"), shorter) or of_payload(head, shorter):
                return shorter
    return None if torn else by_length(head, block)


def contradicted(head: Head, block: bytes) -> bool:
    """Whether a block is not what its digest says, and neither is its payload."""
    return matches(head.get("WARC-Block-Digest"), block) is False and not of_payload(head, block)


def of_payload(head: Head, block: bytes) -> bool:
    """Whether the payload in a block has the digest that is stated for it, as it was transferred or without chunks."""
    stated = head.get("WARC-Payload-Digest")
    message = parse_message(block) if stated else None
    if message is None:
        return False
    return bool(matches(stated, message.payload)) or bool(matches(stated, dechunked(message.payload)[0]))


def by_length(head: Head, block: bytes) -> bytes | None:
    """A block whose HTTP message says how long it is, or ends as a chunked one does."""
    message = parse_message(block) if head.kind == "response" else None
    if message is None:
        return None
    at = len(block) - len(message.payload)
    if message.chunked:
        return block if dechunked(message.payload)[1] else None
    stated = message.get("content-length").strip()
    length = int(stated) if stated.isdecimal() and len(stated) < 12 else 0
    fits = length and len(message.payload) >= length and not message.payload[length:].strip(b"\r\n")
    return block[: at + length] if fits else None


def matches(stated: str | None, content: bytes) -> bool | None:
    """Whether content has a digest as archives write it, `sha1:...` in any base; None where none can be read."""
    name, _, value = (stated or "").strip().partition(":")
    size = DIGESTS.get(name.lower().replace("-", ""))
    if size is None:
        return None
    known = [digest for digest in spelled(value.strip()) if len(digest) == size]
    if not known:
        return None
    actual = hashlib.new(name.lower().replace("-", ""), content, usedforsecurity=False).digest()
    return any(hmac.compare_digest(digest, actual) for digest in known)


def spelled(value: str) -> list[bytes]:
    """What a digest's letters stand for, in base 16, 32 and 64."""
    raw = value.encode("ascii", "replace")
    readers = (
        partial(binascii.unhexlify, raw),
        partial(base64.b32decode, raw.upper() + b"=" * (-len(raw) % 8)),
        partial(base64.b64decode, raw.translate(URL_SAFE) + b"=" * (-len(raw) % 4), validate=True),
    )
    found: list[bytes] = []
    for read in readers:
        with suppress(ValueError):
            found.append(read())
    return found
