"""The plain bytes of a file that is gzipped or not, with the place of every byte, past whatever is damaged.

What decides is the file's first bytes and not its name. Members of a gzip file follow each other as if they were
one, however the records lie in them. Where one is damaged the bytes end with a `Fault`, and `recover` goes on at
the next place from which a record can be read.
"""

import re
from collections import deque
from dataclasses import dataclass
from typing import IO

from warehouse.imports.heads import MAX_LINE, begins
from warehouse.zipped import Broken, unpacking

CHUNK = 16_384
UNPACKED = 262_144
"""Bytes that one step of unpacking may give, whatever it was packed from."""

GZIP = b"\x1f\x8b\x08"
AFRESH = re.compile(rb"\x1f\x8b\x08|WARC/\d\.\d")
OVERLAP = 16

BOMB_BYTES = 256 * 1024 * 1024
BOMB_RATIO = 200
"""A member past both holds nothing that anyone crawled: HTML packs five to twenty times, zeros a thousand."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the plain bytes end before the file does."""

    since: int
    """Position among the plain bytes at which the damaged member began."""
    offset: int
    """Bytes of the file before that member."""
    detail: str
    cut: bool
    """The file ends within the member: what was unpacked of it is as it was written."""


class Unpacked:
    """A window on the plain bytes, moved forward by `advance`; `position` counts them from the first one on."""

    def __init__(self, file: IO[bytes]) -> None:
        """`file` must be seekable."""
        self.window = bytearray()
        self.position = 0
        self.fault: Fault | None = None
        self._file = file
        self._starts: deque[tuple[int, int]] = deque()
        """Position and file offset at which each member or plain stretch begins, as far as the window needs them."""
        self._unseen: deque[int] = deque()
        """Positions at which members begin of which nobody knows yet that no record begins there."""
        self._mode = ""
        """`gzip` within a member, `plain` within bytes that are not packed, `end` past them all, else empty."""
        self._stretch = 0
        """Position at which the stretch of plain bytes begins."""
        self._gzip = unpacking()
        self._tail = b""

    @property
    def end(self) -> int:
        """The position past the window."""
        return self.position + len(self.window)

    def reach(self, position: int) -> int:
        """Unpack up to a position, and say how far that went; a member that begins with a new record ends it, too."""
        self._fill_to(position)
        got = min(position, self.end)
        while self._unseen and self._unseen[0] < got:
            if self._unseen[0] > self.position and begins(self.has(self._unseen[0], MAX_LINE)):
                return self._unseen[0]
            self._unseen.popleft()
        return got

    def has(self, position: int, count: int) -> bytes:
        """Up to `count` bytes from a position in the window on."""
        self._fill_to(position + count)
        start = position - self.position
        return bytes(self.window[start : start + count])

    def advance(self, position: int) -> None:
        """Move the window's beginning to a position in it."""
        del self.window[: position - self.position]
        self.position = position
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            self._starts.popleft()

    def leap(self, position: int) -> int:
        """Move forward without keeping what lies between, and say how far that went; it ends where `reach` does."""
        if self._mode == "plain" and len(self._starts) == 1:
            start, offset = self._starts[0]
            position = min(position, start + self._file.seek(0, 2) - offset)
            self._go(offset + position - start, position)
            return position
        while self.position < position and (self.window or self._fill()):
            self.advance(self.reach(min(position, self.end + 1)))
            if self._unseen and self._unseen[0] == self.position < position:
                if begins(self.has(self.position, MAX_LINE)):
                    break
                self._unseen.popleft()
        return self.position

    def back(self, position: int) -> bool:
        """Move back to a position left before; false where the bytes are packed and have gone."""
        if position >= self.position:
            self.advance(position)
            return True
        if self._mode != "plain" or position < self._stretch:
            return False
        start, offset = self._starts[0]
        self._go(offset + position - start, position)
        return True

    def place(self) -> str:
        """Where the window begins in the file, in words."""
        if (whole := self.offset()) is not None:
            return f"offset {whole}"
        start, offset = self._starts[0]
        within = self.position - start
        return f"offset {offset}, {within} bytes unpacked"

    def offset(self) -> int | None:
        """The file's byte at which the window begins; None within a gzip member, where reading cannot begin."""
        start, offset = self._starts[0] if self._starts else (0, 0)
        within = self.position - start
        return offset + within if within == 0 or (self._mode == "plain" and len(self._starts) == 1) else None

    def member(self, start: int, end: int) -> int | None:
        """Bytes up to the next gzip member, where one begins at `start` and holds line breaks alone after `end`."""
        if not self.packed or len(self._starts) < 2 or self._starts[0][0] != start:
            return None
        (_, offset), (following, next_offset) = self._starts[0], self._starts[1]
        rest = self.window[end - self.position : following - self.position]
        return next_offset - offset if following >= end and not rest.strip(b"\r\n") else None

    @property
    def packed(self) -> bool:
        """Whether the window was filled from gzip members, whose checksums cover it."""
        return self._mode != "plain"

    def packed_at(self, position: int) -> bool:
        """Whether among plain bytes a gzip member begins that holds records."""
        text = self.has(position, CHUNK) if self._mode == "plain" else b""
        try:
            return text.startswith(GZIP) and begins(unpacking().decompress(text, MAX_LINE))
        except Broken:
            return False

    def repacked(self) -> bool:
        """Go over to gzip where plain bytes end and a member begins; false where none does."""
        if self._mode != "plain" or self.has(self.position, len(GZIP)) != GZIP:
            return False
        start, offset = self._starts[-1]
        self._go(offset + self.position - start, self.position)
        self._mode = ""
        return True

    def recover(self) -> bool:
        """Go on past a fault, at the next place where a record begins; false where there is none."""
        position, at = self.end, self.fault.offset if self.fault else 0
        while (found := self._next(at + 1)) is not None:
            self._go(found, position)
            self._mode = ""
            if begins(self.has(position, MAX_LINE)):
                return True
            at = found
        self._go(self._file.seek(0, 2), position)
        self._mode = "end"
        return False

    def _next(self, offset: int) -> int | None:
        """The file offset of the next bytes that look like a beginning."""
        self._file.seek(offset)
        text = b""
        while block := self._file.read(CHUNK):
            text = text[-OVERLAP:] + block
            offset += len(block)
            if found := AFRESH.search(text):
                return offset - len(text) + found.start()
        return None

    def _go(self, offset: int, position: int) -> None:
        """Start anew at a place in the file; the mode stays, and what is read from there has this position."""
        self.window.clear()
        self._starts.clear()
        self._unseen.clear()
        self._starts.append((position, offset))
        self._file.seek(offset)
        self.position, self.fault, self._tail = position, None, b""

    def _fill_to(self, position: int) -> None:
        while self.end < position and self._fill():
            pass

    def _fill(self) -> bool:
        """Unpack one step; false at the file's end and at a fault."""
        if self.fault or self._mode == "end" or (not self._mode and not self._open()):
            return False
        if self._mode == "gzip":
            return self._unpack()
        block = self._file.read(CHUNK)
        self.window += block
        return bool(block)

    def _unpack(self) -> bool:
        raw = self._tail or self._file.read(CHUNK)
        try:
            plain = self._gzip.decompress(raw, UNPACKED)
        except Broken as error:
            return self._fail(f"a gzip member is damaged: {error}")
        if not raw and not plain:
            return self._fail("the file ends within a gzip member", cut=True)
        self.window += plain
        self._tail = self._gzip.unconsumed_tail
        start, offset = self._starts[-1]
        size, packed = self.end - start, self._file.tell() - len(self._tail) - offset
        if size > BOMB_BYTES and size > BOMB_RATIO * packed:
            return self._fail(f"a gzip member unpacks to over {BOMB_RATIO} times its size")
        if self._gzip.eof:
            self._file.seek(-len(self._gzip.unused_data), 1)
            self._mode, self._tail = "", b""
        return True

    def _open(self) -> bool:
        """Begin a member or a stretch of plain bytes; false where the file ends, or neither begins."""
        offset = self._file.tell()
        text = self._file.read(MAX_LINE)
        while offset and text and not text.strip(b"\0"):  # some tools fill the last block up
            offset += len(text)
            text = self._file.read(MAX_LINE)
        if offset:
            offset, text = offset + len(text) - len(text.lstrip(b"\0")), text.lstrip(b"\0")
        self._file.seek(offset)
        first = not self._starts
        while self._starts and self._starts[-1][0] == self.end:
            self._starts.pop()
        self._starts.append((self.end, offset))
        if not self._unseen or self._unseen[-1] < self.end:
            self._unseen.append(self.end)
        if text.startswith(GZIP):
            self._mode, self._gzip = "gzip", unpacking()
        elif text and (first or begins(text)):
            self._mode, self._stretch = "plain", self.end
        elif text:
            return self._fail("bytes that belong to no gzip member")
        else:
            self._mode = "end"
        return bool(text)

    def _fail(self, detail: str, *, cut: bool = False) -> bool:
        start, offset = self._starts[-1]
        self.fault = Fault(start, offset, detail, cut)
        return False
