"""What a writer that died left behind: cut to what was acknowledged, and closed for good."""

import fcntl
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive import CLOSED, manifest_of, segments
from warehouse.captures import Entry
from warehouse.lines import Damage, read_lines, sound_end
from warehouse.references import references
from warehouse.replace import sync_folder


@dataclass(frozen=True, slots=True)
class Settled:
    """A segment that nobody writes any more, closed by us."""

    segment: Path
    cut: int
    """Bytes past its manifest, which were never acknowledged."""


def settle(root: Path) -> list[Settled]:
    """Close the segments of dead writers; those of living ones are theirs."""
    folder = segments(root)
    left = [path for path in sorted(folder.glob("*.warc.gz")) if not closed(path)]
    settled = [found for path in left if (found := close(path)) is not None]
    settled += [found for path in references(folder) if (found := close_reference(path)) is not None]
    if settled:
        sync_folder(folder)
    return settled


def closed(path: Path) -> bool:
    """Whether nobody will ever write to a file again."""
    return not path.stat().st_mode & stat.S_IWUSR


def close(segment: Path) -> Settled | None:
    """Cut a segment and its manifest to what counts, and close both; None where its writer lives or it was done."""
    try:
        file = segment.open("r+b")
    except (FileNotFoundError, PermissionError):
        if segment.exists() and not closed(segment):
            raise
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        status = os.fstat(file.fileno())
        if status.st_nlink == 0 or not status.st_mode & stat.S_IWUSR:
            return None
        manifest = manifest_of(segment)
        size = status.st_size
        if not manifest.exists():  # nothing in it was acknowledged
            segment.unlink()
            return Settled(segment, size)
        cut_torn_end(manifest)
        end = acknowledged(manifest)
        cut = max(0, size - end) if end is not None else 0
        if cut:
            file.truncate(size - cut)
            os.fsync(file.fileno())
        manifest.chmod(CLOSED)
        segment.chmod(CLOSED)
        return Settled(segment, cut)


def close_reference(reference: Path) -> Settled | None:
    """Close the manifest of what a dead writer referred to; None where its writer lives, or had closed it."""
    manifest = manifest_of(reference.with_suffix(".warc.gz"))
    if manifest.exists() and closed(manifest):
        return None
    with reference.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if os.fstat(file.fileno()).st_nlink == 0:  # another run was sooner
            return None
        if not manifest.exists():  # nothing in it was acknowledged
            reference.unlink()
            return Settled(reference, 0)
        cut_torn_end(manifest)
        manifest.chmod(CLOSED)
        return Settled(reference, 0)


def cut_torn_end(manifest: Path) -> None:
    """Cut off what a dead writer left unfinished; a sound one may be closed already, and is not touched."""
    end = sound_end(manifest)
    if end < manifest.stat().st_size:
        os.truncate(manifest, end)


def acknowledged(manifest: Path) -> int | None:
    """The byte after the last record that a manifest tells of; None where damage hides what it told."""
    end = 0
    for line in read_lines(manifest):
        if isinstance(line, Damage):
            return None
        place = Entry.from_row(line.row).record
        end = max(end, place.offset + place.length)
    return end
