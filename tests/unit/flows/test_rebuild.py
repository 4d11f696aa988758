"""A rebuild ends, whatever stands at the end of the files that it reads."""

from pathlib import Path

import pytest

from flows.rebuild import holds_more, rebuild
from flows.run import Run
from flows.settings import load_settings
from tests.builders import NOON, capture
from warehouse.archive import ArchiveWriter, manifests
from warehouse.captures import instant
from warehouse.home import Home
from warehouse.journal import Found, Journal, journal_files
from warehouse.reader import open_published


@pytest.fixture
def archived(home: Home) -> Home:
    """Two captures and two finds, none of them loaded."""
    with ArchiveWriter(home.archive, "w") as writer:
        for number in range(2):
            writer.add(capture(f"https://e.example/{number}"))
    with Journal(home.archive, "w") as journal:
        for number in range(2):
            journal.add(Found(instant(NOON), "tagblatt", f"https://e.example/{number}", None))
    return home


def last_line_flipped(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-30] ^= 1
    path.chmod(0o644)
    path.write_bytes(raw)


def torn(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.timeout(60)
@pytest.mark.parametrize("harm", [last_line_flipped, torn])
def test_damage_at_the_end_of_a_file_is_told_and_passed_over(archived: Home, harm: object) -> None:
    for path in (*manifests(archived.archive), *journal_files(archived.archive)):
        harm(path)  # type: ignore[operator]
    shown = archived.work / "shown"
    shown.mkdir(parents=True)
    run = Run(archived, load_settings(archived), "rebuild", {})
    rebuild(run)
    with open_published(archived) as copy:
        assert copy.execute("SELECT count(*) FROM captures").fetchall() == [(1,)]
        assert copy.execute("SELECT count(*) FROM found").fetchall() == [(1,)]
    if harm is last_line_flipped:
        assert len([told for told in run.warnings if "not what was written" in told]) >= 2
    assert not shown.exists(), "feeds tell again what the archive may have lost"


def test_only_whole_lines_past_the_mark_are_more(archived: Home) -> None:
    (path,) = manifests(archived.archive)
    whole = path.stat().st_size
    assert holds_more(path, 0)
    assert not holds_more(path, whole)
    path.chmod(0o644)
    with path.open("ab") as file:
        file.write(b'{"capture_id":"to')
    assert not holds_more(path, whole)
