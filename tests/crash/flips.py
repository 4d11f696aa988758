"""Bits of an archive flipped one at a time: each is reported, and costs no record beside the one it hit."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.errors import Damaged
from tests.builders import capture
from warehouse.archive import ArchiveWriter, manifests, read_payload, segments
from warehouse.captures import Entry
from warehouse.inspection import Inspected, inspect_archive
from warehouse.journal import Found, Journal, journals
from warehouse.lines import Line, read_lines

RECORDS = 100


@dataclass(frozen=True)
class Flipped:
    """One bit, and what became of the archive."""

    place: str
    reported: bool
    lost: int


def archive(root: Path) -> None:
    """An archive of 100 records, a few of them revisits, and a journal."""
    chance = random.Random(3)
    words = ["council", "budget", "district", "mayor", "paper", "river", "bridge", "school", "winter", "harbour"]
    with ArchiveWriter(root, "w") as writer:
        for number in range(RECORDS):
            text = " ".join(chance.choices(words, k=300))
            body = f"<p>{text if number % 10 else 'the same again'}</p>".encode()
            writer.add(capture(f"https://e.example/{number}", body))
    with Journal(root, "w") as journal:
        for number in range(RECORDS):
            journal.add(Found("2026-11-20T08:00:00Z", "e", f"https://e.example/{number}", "https://e.example/feed"))


def readable(root: Path) -> set[str]:
    """The captures that can be read."""
    found = set()
    for path in manifests(root):
        for line in read_lines(path):
            if isinstance(line, Line):
                entry = Entry.from_row(line.row)
                try:
                    read_payload(root, entry)
                except Damaged:
                    continue
                found.add(entry.capture_id)
    return found


def flips(root: Path, times: int, chance: random.Random) -> Iterator[Flipped]:
    """Flip bits of a sound archive, one at a time, anywhere in its files, and flip each back."""
    files = sorted([*segments(root).iterdir(), *journals(root).iterdir()])
    sizes = [path.stat().st_size for path in files]
    sound = readable(root)
    for _ in range(times):
        (path,) = chance.choices(files, sizes)
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        mode = path.stat().st_mode
        path.chmod(0o644)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        path.chmod(mode)
        reported = any(inspect_archive(root, Inspected()))
        # A payload that revisits share is one record; what they lose with it is its loss.
        lost = sound - readable(root)
        yield Flipped(f"{path.name}, offset {at}", reported, len(lost))
        path.chmod(0o644)
        path.write_bytes(whole)
        path.chmod(mode)
