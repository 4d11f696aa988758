"""Damage to a warehouse, by kinds: each must be noticed, and each must be rebuilt to the same warehouse hash."""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crash.victims import INJECT, PAGES, page, published_hash
from tests.end_to_end.command import hemeroteca, run
from tests.processes import PROGRAM
from warehouse.home import SETTINGS_FILE, Home
from warehouse.publish import log_of

LOADED = "warehouse.store:write_mark:after:4"
"""All is loaded, and stands in DuckDB's log: the file is not closed yet."""

Harm = Callable[[Home, random.Random], None]


def flip(path: Path, chance: random.Random) -> None:
    """One bit, anywhere."""
    raw = bytearray(path.read_bytes())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def overwrite(path: Path, chance: random.Random) -> None:
    """Four kilobytes of another file's, as after a crash of the file system."""
    raw = bytearray(path.read_bytes())
    at = chance.randrange(max(1, len(raw) - 4096))
    raw[at : at + 4096] = chance.randbytes(min(4096, len(raw) - at))
    path.write_bytes(raw)


def cut(path: Path, chance: random.Random) -> None:
    """An end that is missing."""
    os.truncate(path, chance.randrange(path.stat().st_size))


def age(home: Home, chance: random.Random) -> None:
    """An older copy in the file's place."""
    shutil.copyfile(home.root / "older.duckdb", home.warehouse)
    assert chance


HARMS: tuple[tuple[str, int, Harm], ...] = (
    ("a bit flipped", 6, lambda home, chance: flip(home.warehouse, chance)),
    ("4 KB overwritten", 2, lambda home, chance: overwrite(home.warehouse, chance)),
    ("cut short", 2, lambda home, chance: cut(home.warehouse, chance)),
    ("empty", 1, lambda home, _: os.truncate(home.warehouse, 0)),
    ("missing", 1, lambda home, _: home.warehouse.unlink()),
    ("an older copy", 1, age),
    ("another program's bytes", 1, lambda home, _: home.warehouse.write_bytes(b"SQLite format 3\0" * 9999)),
)
"""Kind, how many of the twenty, and how it is done."""

LOG_HARMS: tuple[tuple[str, int, Harm], ...] = (
    ("a bit of the log flipped", 3, lambda home, chance: flip(log_of(home.warehouse), chance)),
    ("the log cut short", 2, lambda home, chance: cut(log_of(home.warehouse), chance)),
    ("the log missing", 1, lambda home, _: log_of(home.warehouse).unlink()),
)


@dataclass(frozen=True)
class Mended:
    """What doctor and rebuild made of a damaged warehouse."""

    noticed: bool
    equal: bool
    words: str


class Damages:
    """A sound home, one whose run was killed with a log beside the warehouse, and copies of them to be damaged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        half, all_of_it = folder / "half.jsonl", folder / "all.jsonl"
        half.write_text("".join(map(page, range(PAGES // 2))), encoding="utf-8")
        all_of_it.write_text("".join(map(page, range(PAGES))), encoding="utf-8")
        self.sound = self._home("sound")
        hemeroteca("import", half, "--home", self.sound.root)
        shutil.copyfile(self.sound.warehouse, self.sound.root / "older.duckdb")
        hemeroteca("import", all_of_it, "--home", self.sound.root)
        self.hash = published_hash(self.sound)
        self.killed = self._home("killed")
        kill = {"TEST_KILL": LOADED, "PYTHONPATH": INJECT}
        words = [*PROGRAM, "import", all_of_it]
        subprocess.run([*words, "--home", self.killed.root], env=os.environ | kill, capture_output=True, check=False)
        assert log_of(self.killed.warehouse).stat().st_size > 0

    def mended(self, harm: Harm, chance: random.Random, *, log: bool) -> Mended:
        """Damage a copy, ask the doctor, rebuild."""
        self._number += 1
        home = Home(self._folder / f"copy-{self._number}")
        shutil.copytree((self.killed if log else self.sound).root, home.root)
        harm(home, chance)
        doctor = run("doctor", "--json", "--home", home.root)
        findings = [f for f in json.loads(doctor.stdout)["findings"] if f["part"] == "warehouse"]
        noticed = doctor.code == 9 and bool(findings) and all("rebuild" in f["advice"] for f in findings)
        rebuilt = run("rebuild", "--home", home.root)
        equal = rebuilt.code == 0 and published_hash(home) == self.hash
        equal = equal and run("doctor", "--home", home.root).code == 0
        shutil.rmtree(home.root)
        return Mended(noticed, equal, findings[0]["what"] if findings else doctor.stdout + rebuilt.stderr)

    def _home(self, name: str) -> Home:
        home = Home(self._folder / name)
        home.root.mkdir()
        (home.root / SETTINGS_FILE).write_text("[extraction]\nworkers = 1\n", encoding="utf-8")
        return home
