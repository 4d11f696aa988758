"""Files that stay where they are: a reference stands in a segment's place and says which file holds its records.

A manifest belongs to it as to any segment. The reference is JSON that a person can read and, when the file has been
moved, put right: its path is written nowhere else.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO

import xxhash

from articles.errors import Damaged

ENDING = ".reference"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Reference:
    """A file outside of the archive that holds records of it."""

    path: str
    """Absolute."""
    size: int
    """Bytes."""
    checksum: str
    """XXH3 of the whole file."""


def reference_of(folder: Path, segment: str) -> Path:
    """Where the reference stands that takes a segment's place."""
    return folder / (segment.removesuffix(".warc.gz") + ENDING)


def references(folder: Path) -> Iterator[Path]:
    """All references of an archive."""
    yield from sorted(folder.glob(f"*{ENDING}"))


def refer_to(path: Path) -> Reference:
    """A reference to a file as it is now; reads it through."""
    digest = xxhash.xxh3_64()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        return Reference(str(path.absolute()), file.tell(), digest.hexdigest())


def write_reference(path: Path, reference: Reference) -> BinaryIO:
    """Write a new reference and sync it; its open file, locked as long as its writer lives."""
    while True:
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink > 0:
            break
        file.close()  # it was taken for a dead writer's before it was locked
    file.write(json.dumps(asdict(reference), ensure_ascii=False, indent=1).encode("utf-8", "surrogateescape") + b"\n")
    file.flush()
    os.fsync(file.fileno())
    return file


def read_reference(path: Path) -> Reference:
    """Read what a reference says; raises `Damaged` where it cannot be read."""
    try:
        said = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        return Reference(**{field.name: said[field.name] for field in fields(Reference)})
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path} does not say which file it refers to") from error


def open_segment(folder: Path, segment: str) -> BinaryIO:
    """Open a segment, or the file that is referred to in its place; raises `Damaged` where that one is missing."""
    try:
        return (folder / segment).open("rb")
    except FileNotFoundError:
        at = reference_of(folder, segment)
        if not at.exists():
            raise
    referred = Path(read_reference(at).path)
    try:
        return referred.open("rb")
    except OSError as error:
        raise Damaged(missing(at, referred)) from error


def missing(at: Path, referred: Path) -> str:
    """In words, that a file is not where its reference says."""
    where = f"put it back, or write where it is into {at}"
    return f"{referred} is missing, and pages were imported from it by reference: {where}"


def fault_of(at: Path) -> str | None:
    """What is wrong with a reference without reading its file; None where that stands there in its size."""
    try:
        reference = read_reference(at)
    except Damaged as error:
        return str(error)
    referred = Path(reference.path)
    if not referred.is_file():
        return missing(at, referred)
    size = referred.stat().st_size
    if size != reference.size:
        return f"{referred} has {size} bytes, and had {reference.size} when it was imported by reference"
    return None


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with the references of an archive, as far as it can be seen without reading their files."""
    yield from (fault for at in references(folder) if (fault := fault_of(at)) is not None)


class Referring:
    """The references of one writer, locked as long as it may add to their manifests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[Path, tuple[str, BinaryIO]] = {}

    def segment_for(self, path: Path, name: str) -> str:
        """The segment name that stands for a file; a new reference is written under `name` where there is none yet."""
        if path not in self._open:
            segment = f"{name}.warc.gz"
            self._open[path] = segment, write_reference(reference_of(self._folder, segment), refer_to(path))
        return self._open[path][0]

    def close(self, keep: Path | None = None) -> list[str]:
        """Let go of all references but that of one file; the names of their segments."""
        done = [path for path in self._open if path != keep]
        return [self._let_go(path) for path in done]

    def _let_go(self, path: Path) -> str:
        segment, file = self._open.pop(path)
        file.close()
        return segment
