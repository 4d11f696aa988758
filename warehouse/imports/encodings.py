"""Content encodings undone, with a bound on what comes out, however little went in."""

import re
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

STEP = 262_144
"""Bytes that one step of unpacking may give."""

ZSTD_WINDOW = 8 * 1024 * 1024
"""What RFC 9659 allows the web: a frame may ask for gigabytes."""

SPOON = 128
"""Bytes that Zstandard is fed at once: a block of three bytes may give 128 KiB."""

MAX_CODINGS = 4
CLOSED = re.compile(rb"</html\s{0,100}>\s{0,1000}\Z", re.IGNORECASE)
"""How a page ends that is all there, though its encoding is cut short: servers forget the last bytes."""


class Unusable(ValueError):
    """A record that gives no page; `reason` is a slug, as that of `Unreadable`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def decoded(payload: bytes, codings: str, limit: int) -> bytes:
    """A payload with the codings of `Content-Encoding` undone; one that never was encoded comes back as it is.

    Raises `Unusable` for what breaks off, and for what is over `limit` bytes when unpacked.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip()]
    if len(names) > MAX_CODINGS:
        raise Unusable("damaged", f"{len(names)} encodings on top of each other")
    for name in reversed(names):
        steps = CODINGS.get(name.removeprefix("x-"))
        if steps is not None and payload:
            payload = bounded(steps, payload, name, limit)
    if len(payload) > limit:
        raise Unusable("too-large", f"over {limit} bytes")
    return payload


def bounded(steps: Callable[[bytes], Iterator[bytes]], payload: bytes, name: str, limit: int) -> bytes:
    """Undo one coding."""
    plain = bytearray()
    try:
        for part in steps(payload):
            plain += part
            if len(plain) > limit:
                raise Unusable("too-large", f"over {limit} bytes when its {name} is unpacked")
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        if not plain and text_like(payload):
            return payload
        if not CLOSED.search(plain, max(0, len(plain) - 2_000)):
            raise Unusable("damaged", f"its {name} encoding is damaged: {error}") from error
    return bytes(plain)


def text_like(payload: bytes) -> bool:
    """Whether bytes that are said to be packed are plain: crawlers unpack pages and keep the header."""
    return b"\0" not in payload[:1_000] and sum(byte < 9 or 13 < byte < 32 for byte in payload[:1_000]) == 0


def unzipped(payload: bytes, wbits: int) -> Iterator[bytes]:
    """The parts of a zlib or gzip stream, or of several gzip members; what stands after them is passed over."""
    while True:
        stream = zlib.decompressobj(wbits)
        while not stream.eof:
            part = stream.decompress(payload, STEP)
            if not part and not payload:
                raise EOFError("it is cut short")
            payload = stream.unused_data if stream.eof else stream.unconsumed_tail
            yield part
        if wbits != 31 or not payload.startswith(b"\x1f\x8b"):
            return


def deflated(payload: bytes) -> Iterator[bytes]:
    """`deflate` as the standard means it, or bare as many servers send it."""
    try:
        first = zlib.decompressobj().decompress(payload, 1)
    except zlib.error:
        first = b""
    yield from unzipped(payload, 15 if first else -15)


def unbrotlied(payload: bytes) -> Iterator[bytes]:
    """The parts of a Brotli stream."""
    stream = brotli.Decompressor()
    part = stream.process(payload, output_buffer_limit=STEP)
    while part or not stream.can_accept_more_data():
        yield part
        part = stream.process(b"", output_buffer_limit=STEP)
    if not stream.is_finished():
        raise EOFError("it is cut short")


def unzstandard(payload: bytes) -> Iterator[bytes]:
    """The parts of a Zstandard stream."""
    reader = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
    for at in range(0, len(payload), SPOON):
        yield reader.decompress(payload[at : at + SPOON])
        if reader.eof:
            return
    raise EOFError("it is cut short")


CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": lambda payload: unzipped(payload, 31),
    "deflate": deflated,
    "br": unbrotlied,
    "zstd": unzstandard,
}
