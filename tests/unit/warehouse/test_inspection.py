"""Damage anywhere in an archive is found and named; a sound archive has none."""

import random
from pathlib import Path

import pytest

from tests.crash.flips import RECORDS, archive, flips
from warehouse.archive import manifests, segments
from warehouse.inspection import Inspected, inspect_archive
from warehouse.journal import journal_files

TIMES = 150
"""`make crash` flips 500."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    archive(tmp_path)
    return tmp_path


def words(root: Path) -> list[str]:
    return [str(damage) for damage in inspect_archive(root, Inspected())]


def test_a_sound_archive_has_no_damage(root: Path) -> None:
    seen = Inspected()
    assert list(inspect_archive(root, seen)) == []
    assert (seen.records, seen.events) == (RECORDS, RECORDS)


def test_a_flipped_bit_is_reported_wherever_it_is(root: Path) -> None:
    for flipped in flips(root, TIMES, random.Random(5)):
        assert flipped.reported, flipped.place
        assert flipped.lost <= 1 or "warc.gz" in flipped.place
        assert flipped.lost <= RECORDS / 10


def test_a_segment_cut_short_is_named_with_the_addresses_it_lost(root: Path) -> None:
    (segment,) = segments(root).glob("*.warc.gz")
    segment.chmod(0o644)
    segment.write_bytes(segment.read_bytes()[:-10])
    (told,) = words(root)
    assert segment.name in told
    assert f"https://e.example/{RECORDS - 1}" in told
    segment.unlink()
    (told,) = words(root)
    assert "missing" in told


def test_a_manifest_that_is_gone_or_has_lost_lines_is_noticed(root: Path) -> None:
    (manifest,) = manifests(root)
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.chmod(0o644)
    manifest.write_bytes(b"".join(lines[:50] + lines[51:]))
    manifest.chmod(0o444)
    (told,) = words(root)
    assert "the manifest tells nothing of" in told
    manifest.unlink()
    (told,) = words(root)
    assert "its manifest is missing" in told


def test_a_journal_that_ends_within_a_line_is_noticed(root: Path) -> None:
    (journal,) = journal_files(root)
    journal.write_bytes(journal.read_bytes()[:-9])
    (told,) = words(root)
    assert journal.name in told
