"""The lists of CC-NEWS: which files a month of Common Crawl's news crawl has, and which of them hold some days."""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from articles.errors import BadInput

NAME = re.compile(r"(?:crawl-data/CC-NEWS/\d{4}/\d{2}/)?CC-NEWS-(\d{14})-\d{1,8}\.warc\.gz", re.ASCII)

MAX_LIST = 4 * 1024 * 1024
"""Bytes of a list, unpacked; a month's has 40 KB."""

GZIP, MAGIC = 31, b"\x1f\x8b"


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


def read_list(body: bytes) -> tuple[list[Listed], int]:
    """The files of a list, packed or not, and how many of its lines name none; raises `BadInput`."""
    try:
        text = zlib.decompressobj(GZIP).decompress(body, MAX_LIST + 1) if body.startswith(MAGIC) else body
    except zlib.error as error:
        raise BadInput(f"no list of CC-NEWS: {error}") from error
    if len(text) > MAX_LIST:
        raise BadInput(f"no list of CC-NEWS: it has more than {MAX_LIST >> 20} MB")
    lines = [line for line in text.decode("utf-8", "replace").split("\n") if line.strip()]
    files = [found for line in lines if (found := listed(line.strip()))]
    if lines and not files:
        raise BadInput("no list of CC-NEWS: not one of its lines names a file of it")
    return files, len(lines) - len(files)


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
