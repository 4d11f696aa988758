"""What a dead writer leaves is cut to what was acknowledged and closed; what a living one writes is left alone."""

import fcntl
from pathlib import Path

import pytest

from articles.errors import Damaged
from tests.builders import capture
from warehouse.archive import ArchiveWriter, manifest_of, read_payload, segments
from warehouse.captures import Entry
from warehouse.lines import Line, read_lines
from warehouse.recovery import closed, settle
from warehouse.references import Reference, read_reference, reference_of, write_reference

BODIES = [f"<p>page {number}</p>".encode() * 20 for number in range(4)]


def died(root: Path, acknowledged: int) -> ArchiveWriter:
    """A writer that died with some captures acknowledged and the others only written."""
    writer = ArchiveWriter(root, "w")
    for number, body in enumerate(BODIES):
        if number == acknowledged:
            writer.commit()
        writer.add(capture(f"https://e.example/{number}", body))
    if acknowledged == len(BODIES):
        writer.commit()
    assert writer._file is not None
    writer._file.close()
    return writer


def entries(root: Path) -> list[Entry]:
    paths = sorted(segments(root).glob("*.jsonl"))
    return [Entry.from_row(line.row) for path in paths for line in read_lines(path) if isinstance(line, Line)]


@pytest.mark.parametrize("acknowledged", range(len(BODIES) + 1))
def test_a_dead_writers_segment_is_cut_to_its_manifest_and_closed(tmp_path: Path, acknowledged: int) -> None:
    died(tmp_path, acknowledged)
    (settled,) = settle(tmp_path)
    assert (settled.cut > 0) == (acknowledged < len(BODIES))
    kept = entries(tmp_path)
    assert [read_payload(tmp_path, entry) for entry in kept] == BODIES[:acknowledged]
    if acknowledged:
        assert settled.segment.stat().st_size == kept[-1].record.offset + kept[-1].record.length
        assert closed(settled.segment)
        assert closed(manifest_of(settled.segment))
    else:
        assert not settled.segment.exists(), "nothing in it was acknowledged"
    assert settle(tmp_path) == [], "what is closed is never opened again"


def test_a_living_writers_segment_is_its_own(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "w") as writer:
        writer.add(capture(body=BODIES[0]))
        assert settle(tmp_path) == []
        writer.commit()
        writer.add(capture(body=BODIES[1]))
        assert settle(tmp_path) == []
    assert [read_payload(tmp_path, entry) for entry in entries(tmp_path)] == BODIES[:2]


def test_a_torn_manifest_line_goes_with_its_record(tmp_path: Path) -> None:
    died(tmp_path, len(BODIES))
    manifest = next(segments(tmp_path).glob("*.jsonl"))
    manifest.write_bytes(manifest.read_bytes()[:-40])
    settle(tmp_path)
    assert [read_payload(tmp_path, entry) for entry in entries(tmp_path)] == BODIES[:-1]


def test_nothing_is_cut_where_damage_hides_what_was_acknowledged(tmp_path: Path) -> None:
    died(tmp_path, len(BODIES))
    manifest = next(segments(tmp_path).glob("*.jsonl"))
    size = next(segments(tmp_path).glob("*.warc.gz")).stat().st_size
    flip(manifest, manifest.stat().st_size - 100)
    settle(tmp_path)
    assert next(segments(tmp_path).glob("*.warc.gz")).stat().st_size == size


def test_the_last_record_cut_at_every_byte_costs_that_record_alone(tmp_path: Path) -> None:
    died(tmp_path, len(BODIES))
    (segment,) = segments(tmp_path).glob("*.warc.gz")
    whole, kept = segment.read_bytes(), entries(tmp_path)
    settle(tmp_path)
    segment.chmod(0o644)
    for size in range(kept[-1].record.offset, len(whole)):
        segment.write_bytes(whole[:size])
        assert [read_payload(tmp_path, entry) for entry in kept[:-1]] == BODIES[:-1]
        with pytest.raises(Damaged, match=r"cut short|cannot be read"):
            read_payload(tmp_path, kept[-1])


def flip(path: Path, at: int, bit: int = 0) -> None:
    path.chmod(0o644)
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << bit
    path.write_bytes(raw)


def test_a_reference_that_was_taken_for_a_dead_writer_s_is_written_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may settle the archive between the making of the file and its lock."""
    folder = segments(tmp_path)
    folder.mkdir(parents=True)
    path = reference_of(folder, "w-0001.warc.gz")
    flock, settled = fcntl.flock, []

    def late(handle: int, operation: int) -> None:
        if not settled:
            settled.append(True)
            monkeypatch.setattr(fcntl, "flock", flock)
            assert [each.segment for each in settle(tmp_path)] == [path]
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with write_reference(path, Reference("/a.warc.gz", 1, "x")):
        assert read_reference(path).path == "/a.warc.gz"
        assert list(settle(tmp_path)) == []
