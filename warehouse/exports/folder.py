"""The folder that an export is written to: nothing in it under its name before it is whole, and the manifest last.

`.hemeroteca-export/` holds the file that is being written and a journal of sealed lines: first what is asked of which
copy, then a line a file, before it gets its name. So whatever has a name is known to the journal, and a run that comes
after a kill keeps what is whole. When the manifest stands, that folder goes.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from articles.errors import BadInput, RunBusy
from warehouse.lines import Line, append, read_lines, sealed
from warehouse.locks import try_lock
from warehouse.replace import replace_bytes, replace_text, sync_file, sync_folder

MANIFEST = "_manifest.json"
"""Readers of a folder of Parquet pass over names that begin with an underscore."""
UNFINISHED = ".hemeroteca-export"
FORMAT = "hemeroteca-export/1"
HEAD = ("format", "hemeroteca", "asked", "copy", "selection")
"""What a journal or a manifest is of: the form of both, our version, the question, the copy, and what goes where."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole file."""

    path: str
    """Within the folder, with `/`."""
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier run left."""

    head: Mapping[str, Any]
    """What it was asked, of which copy."""
    files: tuple[Written, ...] = ()
    dropped: tuple[str, ...] = ()
    """Files of an export before it that it was to remove."""
    finished: bool = False


class Folder:
    """An export's folder, held by one process; made by `folder_open`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unfinished = root / UNFINISHED
        self.spill = self.unfinished / "spill"
        self.passes = self.unfinished / "passes"
        self.journal = self.unfinished / "journal.jsonl"
        self.manifest = root / MANIFEST

    def earlier(self) -> Earlier | None:
        """What an earlier run left, None for an empty folder; `BadInput` where something else lies there."""
        told = self._told_by_manifest() or self._told_by_journal()
        if told is None and (other := sorted(path.name for path in self.root.iterdir() if path.name != UNFINISHED)):
            raise BadInput(f"holds {other[0]}, which is of no export; name an empty folder", url=str(self.root))
        return told

    def _told_by_manifest(self) -> Earlier | None:
        if not self.manifest.is_file():
            return None
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(self.manifest.read_bytes())
            if told["format"] == FORMAT:
                return Earlier({key: told[key] for key in HEAD}, tuple(map(written, told["files"])), finished=True)
        raise BadInput(f"holds a {MANIFEST} of something else; name an empty folder", url=str(self.root))

    def _told_by_journal(self) -> Earlier | None:
        if not self.journal.is_file():
            return None
        rows = [line.row for line in read_lines(self.journal) if isinstance(line, Line)]
        head = next((row for row in rows if "asked" in row), None)
        files = tuple(written(row) for row in rows if "sha256" in row)
        dropped = tuple(inside(row["dropped"]) for row in rows if "dropped" in row)
        return Earlier(head, files, dropped) if head else None

    def is_whole(self, file: Written) -> bool:
        """Whether a file is what was written."""
        path = self.root / file.path
        return path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256

    def begin(self, head: Mapping[str, Any], earlier: Earlier | None, kept: Sequence[Written]) -> None:
        """Let the folder be of this export: what is not kept of an earlier one goes."""
        held = (*(file.path for file in earlier.files), *earlier.dropped) if earlier else ()
        going = set(held) - {file.path for file in kept}
        # What goes stays in the journal: killed before it is gone, the next run still knows that it is no one's, and
        # does not take it for a file of its own.
        told = [head, *map(asdict, kept), *({"dropped": path} for path in sorted(going))]
        replace_bytes(self.journal, b"".join(map(sealed, told)))
        sync_folder(self.unfinished)
        self.manifest.unlink(missing_ok=True)
        sync_folder(self.root)
        for path in going:
            self._remove(self.root / path)

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        for above in path.parents:
            if above == self.root:
                return
            with suppress(OSError):  # another file is in it
                above.rmdir()

    def place(self, path: str) -> Path:
        """Where a file is written before it is whole: by its own name, which gzip writes into it."""
        return self.unfinished / PurePosixPath(path).name

    def keep(self, path: str, rows: int) -> Written:
        """Give a whole file its name: once it is on the disk, and the journal knows it."""
        at, final = self.place(path), self.root / path
        sync_file(at)
        file = Written(path, rows, at.stat().st_size, sha256_of(at))
        append(self.journal, [asdict(file)])
        final.parent.mkdir(parents=True, exist_ok=True)
        os.replace(at, final)
        sync_folder(final.parent)
        return file

    def finish(self, told: Mapping[str, Any]) -> None:
        """Write the manifest, and let go of what was needed until then."""
        replace_text(self.manifest, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        sync_folder(self.root)
        shutil.rmtree(self.unfinished)


@contextmanager
def folder_open(root: Path) -> Iterator[Folder]:
    """Hold a folder for one export; one that could not begin leaves nothing behind."""
    folder = Folder(root)
    new = not root.exists()
    try:
        folder.unfinished.mkdir(parents=True, exist_ok=True)
        handle = try_lock(folder.unfinished / "lock")
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BadInput(f"cannot be a folder to write to: {error.strerror}", url=str(root.absolute())) from error
    if handle is None:
        raise RunBusy("another export is writing there; wait for it", url=str(root))
    try:
        shutil.rmtree(folder.spill, ignore_errors=True)
        shutil.rmtree(folder.passes, ignore_errors=True)
        yield folder
    finally:
        if folder.unfinished.exists() and not folder.journal.exists():
            shutil.rmtree(folder.unfinished)
            if new:
                with suppress(OSError):
                    root.rmdir()
        os.close(handle)


def written(row: Mapping[str, Any]) -> Written:
    """A line of the journal or of the manifest."""
    file = Written(**row)
    inside(file.path)
    return file


def inside(name: str) -> str:
    """A path within the folder; one that leads out of it is none of ours."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    return name


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as `sha256sum` prints it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
