"""WACZ packages: a ZIP file with the WARC files of a crawl in its folder `archive/`."""

import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import IO

from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable
from warehouse.imports.warc import pages

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
"""What an entry that was packed in one of ZIP's ways raises where it is damaged."""

ENDINGS = (".warc", ".warc.gz", ".arc", ".arc.gz")
FOLDER = "archive"
CHUNK = 65_536

MAX_RATIO = 50
"""How well a package may pack a file of its own: WARC files are packed already, or as HTML is, five to twenty times."""

SMALL = 64 * 1024 * 1024
"""Bytes up to which the ratio does not matter."""

MAX_DEPTH = 1
"""Packages within packages that are opened: the specification's collections of them."""


def from_wacz(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of the WARC files in a package, however it is laid out; what cannot be read of it is named."""
    with path.open("rb") as file:
        yield from package(file, path, "", options, MAX_DEPTH)


def package(file: IO[bytes], path: Path, within: str, options: Options, depth: int) -> Iterator[Capture | Unreadable]:
    """The pages of one package."""
    try:
        entries = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Unreadable(path, within.strip(), "damaged", f"no WACZ package: {error}")
        return
    found = [entry for entry in entries.infolist() if holds_pages(entry.filename, depth)]
    if not found:
        yield Unreadable(path, within.strip(), "damaged", f"no WACZ package: no WARC file in a folder {FOLDER}/")
    start = options.start.part if options.start and options.start.part.startswith(within) else None
    for entry in found:
        name = f"{within}{entry.filename} "
        if start is not None and not start.startswith(name):
            continue
        start = None
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
            yield Unreadable(path, name.strip(), "too-large", f"it would unpack to {entry.file_size} bytes")
            continue
        try:
            with unpacked(entries, entry) as plain:
                nested = entry.filename.lower().endswith(".wacz")
                yield from (
                    package(plain, path, name, options, depth - 1) if nested else pages(plain, path, name, options)
                )
        except (*BROKEN, NotImplementedError, RuntimeError, ValueError) as error:
            yield Unreadable(path, name.strip(), "damaged", f"it is damaged: {error}")


def holds_pages(name: str, depth: int) -> bool:
    """Whether an entry is a WARC file of the crawl, or a package that holds some."""
    *folders, last = name.lower().split("/")
    return (FOLDER in folders and last.endswith(ENDINGS)) or (depth > 0 and last.endswith(".wacz"))


@contextmanager
def unpacked(entries: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """An entry as a file to be read back and forth: all that can be unpacked of it, and then what is damaged."""
    unchecked = copy(entry)
    unchecked.CRC = None  # type: ignore[assignment]  # else the last block is lost to a wrong checksum
    with tempfile.TemporaryFile() as plain, entries.open(unchecked) as packed:
        fault, checksum = "", 0
        while True:
            try:
                block = packed.read(CHUNK)
            except (*BROKEN, OSError) as error:
                fault = str(error) or type(error).__name__
                break
            if not block:
                break
            checksum = zlib.crc32(block, checksum)
            plain.write(block)
        plain.seek(0)
        yield plain
        if fault or checksum != entry.CRC:
            raise zipfile.BadZipFile(fault or "its checksum does not hold")
