"""The lists of CC-NEWS: which files a month of Common Crawl's news crawl has, and which of them hold some days."""

import gzip
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import pairwise

from articles.errors import BadInput

NAME = re.compile(r"(?:crawl-data/CC-NEWS/\d{4}/\d{2}/)?CC-NEWS-(\d{14})-\d{1,8}\.warc\.gz", re.ASCII)

MAX_LIST = 4 * 1024 * 1024
"""Bytes of a list, unpacked; a month's has 40 KB."""

MAGIC = b"\x1f\x8b"
STEP = 65_536


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A file of the crawl."""

    begun: datetime
    """When its first page was captured; it goes on to where the next one begins."""
    path: str
    """As the list has it."""

    @property
    def name(self) -> str:
        """Its name alone, which no other file has."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class FilesOf:
    """What a list names."""

    files: list[Listed]
    others: int
    """Lines that name no file."""
    whole: bool
    """Whether it was read to its end; one that was cut short gives what it has."""


def read_list(body: bytes) -> FilesOf:
    """Read a list, packed or not; raises `BadInput` for what is none."""
    text, whole = unpacked(body) if body.startswith(MAGIC) else (body, True)
    if len(text) > MAX_LIST:
        raise BadInput(f"no list of CC-NEWS: it has more than {MAX_LIST >> 20} MB")
    lines = [line for line in text.decode("utf-8", "replace").split("\n") if line.strip()]
    files = [found for line in lines if (found := listed(line.strip()))]
    if not files and (lines or not whole):
        raise BadInput("no list of CC-NEWS: not one of its lines names a file of it")
    return FilesOf(files, len(lines) - len(files), whole)


def unpacked(body: bytes) -> tuple[bytes, bool]:
    """A list's bytes, at most one step more than there may be, and whether they are all."""
    stream, text = gzip.GzipFile(fileobj=BytesIO(body)), bytearray()
    try:
        while len(text) <= MAX_LIST and (block := stream.read1(STEP)):
            text += block
    except EOFError:
        return bytes(text), False
    except (OSError, zlib.error) as error:
        raise BadInput(f"no list of CC-NEWS: {error}") from error
    return bytes(text), True


def listed(path: str) -> Listed | None:
    """A file by its path; None for any other: a list is no leave to read whatever it names."""
    found = NAME.fullmatch(path)
    try:
        return Listed(datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC), path) if found else None
    except ValueError:
        return None


def holding(files: Iterable[Listed], first: date, last: date) -> list[Listed]:
    """Those that can hold pages captured on some days (UTC), in order; of two paths to one file the first."""
    known: dict[str, Listed] = {}
    for file in files:
        known.setdefault(file.name, file)
    ordered = sorted(known.values())
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    ends = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    before = [file for file, following in pairwise(ordered) if file.begun < begins <= following.begun]
    return before + [file for file in ordered if begins <= file.begun < ends] or late(ordered, begins)


def late(ordered: Sequence[Listed], begins: datetime) -> list[Listed]:
    """The last file, where all begin before the first day."""
    return [file for file in ordered[-1:] if file.begun < begins]


def months(first: date, last: date) -> list[tuple[int, int]]:
    """The years and months of some days."""
    count = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(number // 12, number % 12 + 1) for number in count]
