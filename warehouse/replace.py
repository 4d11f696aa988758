"""Replacing a file whole: readers see the old one or the new one, never half of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
    """Where a file is written that takes its name once it is whole and on the disk; after an error nothing is left."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        sync_file(unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write a text file under its name at one stroke."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file under its name at one stroke."""
    with made_whole(path) as unfinished:
        unfinished.write_bytes(content)


def sync_file(path: Path) -> None:
    """Make a file's bytes durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable."""
    sync_file(folder)
