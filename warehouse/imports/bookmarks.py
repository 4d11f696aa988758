"""How far each file has been imported: a line after every group that is acknowledged, so that no import begins anew.

A bookmark belongs to the file as it is (size, date, first and last bytes) and to what was asked of it, wherever the
file lies. It stands in the archive: whoever restores an older archive has its older bookmarks, too.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xxhash

from warehouse.captures import Origin
from warehouse.imports.options import Options
from warehouse.lines import Line, append, read_lines

SAMPLE = 65_536
"""Bytes at either end of a file that it is known by."""


@dataclass(slots=True)
class Bookmark:
    """What has been read of a file, and where reading goes on."""

    kept_in: Path
    path: Path
    start: Origin | None = None
    done: bool = False
    pages: int = 0
    """Captures before the start; of a file that is done, all."""
    reasons: Counter[str] = field(default_factory=Counter)
    """What gave no capture before the start, by reason."""

    def turn(self, start: Origin, pages: int, reasons: Mapping[str, int]) -> None:
        """Keep that everything before `start` is acknowledged."""
        self._write({"part": start.part, "offset": start.offset}, pages, reasons)

    def finish(self, pages: int, reasons: Mapping[str, int]) -> None:
        """Keep that the whole file is acknowledged."""
        self._write({"done": True}, pages, reasons)

    def _write(self, row: Mapping[str, Any], pages: int, reasons: Mapping[str, int]) -> None:
        append(self.kept_in, [{**row, "file": str(self.path), "pages": pages, "reasons": dict(reasons)}])


def bookmarks(root: Path) -> Path:
    """The folder of bookmarks in a home's `archive/`."""
    return root / "imports"


def bookmark_of(root: Path, path: Path, options: Options) -> Bookmark:
    """The bookmark of a file; one that was never kept, or is damaged, stands at the file's beginning."""
    return read_kept(Bookmark(bookmarks(root) / f"{key_of(path, options)}.jsonl", path))


def read_kept(bookmark: Bookmark) -> Bookmark:
    """A bookmark where it was kept last."""
    if bookmark.kept_in.exists():
        for line in read_lines(bookmark.kept_in):
            if isinstance(line, Line):
                read_into(bookmark, line.row)
    return bookmark


def read_into(kept: Bookmark, row: Mapping[str, Any]) -> None:
    """Move a bookmark to where a line of its file says."""
    kept.done = bool(row.get("done"))
    kept.start = None if kept.done else Origin(kept.path, row["part"], row["offset"])
    kept.pages, kept.reasons = row["pages"], Counter(row["reasons"])


def key_of(path: Path, options: Options) -> str:
    """What a bookmark is known by: the file as it is, and what was asked of it."""
    stat = path.stat()
    digest = xxhash.xxh3_128(f"{stat.st_size} {stat.st_mtime_ns} ".encode())
    with path.open("rb") as file:
        digest.update(file.read(SAMPLE))
        file.seek(max(0, stat.st_size - SAMPLE))
        digest.update(file.read(SAMPLE))
    digest.update(repr(asked(options)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def asked(options: Options) -> object:
    """What decides which pages an import takes in, and whose they are."""
    wanted = options.filters
    source = options.source.source if options.source else None
    return source, options.language, sorted(wanted.domains), sorted(wanted.languages), wanted.captured, wanted.published
