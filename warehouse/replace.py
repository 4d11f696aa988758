"""Replacing a file whole: readers see the old one or the new one, never half of it."""

import os
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a text file under its name at one stroke."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file under its name at one stroke."""
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
