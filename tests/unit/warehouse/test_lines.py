"""Sealed lines: a torn tail does not count, a flipped bit is named, and neither costs a line beside the one it hit."""

import json
import resource
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.lines import Damage, Line, append, read_lines, sealed, sound_end

ROWS: list[dict[str, Any]] = [{"n": number, "text": f"Zeile {number} ü"} for number in range(4)]
LINES = [sealed(row) for row in ROWS]


def rows(path: Path, start: int = 0) -> list[Any]:
    return [dict(line.row) | {"seal": None} for line in read_lines(path, start) if isinstance(line, Line)]


def without_seals(numbers: list[int]) -> list[Any]:
    return [ROWS[number] | {"seal": None} for number in numbers]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    append(path, ROWS)
    return path


def test_lines_are_json_that_other_programs_read(path: Path) -> None:
    read = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [{"n": row["n"], "text": row["text"]} for row in read] == ROWS


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_row_survives_its_line(row: dict[str, str]) -> None:
    line = sealed(row)
    assert line.count(b"\n") == 1
    assert json.loads(line[: -len(',"seal":"0123456789abcdef"}\n')] + b"}") == row


def test_half_a_character_costs_itself_alone() -> None:
    assert json.loads(sealed({"text": "a\ud800b"}))["text"] == "a?b"


def test_a_torn_tail_does_not_count_until_its_last_byte_is_there(path: Path) -> None:
    before = b"".join(LINES[:-1])
    for cut in range(len(LINES[-1]) - 1):
        path.write_bytes(before + LINES[-1][:cut])
        assert rows(path) == without_seals([0, 1, 2])
        assert sound_end(path) == len(before)
    path.write_bytes(before + LINES[-1][:-1])
    assert rows(path) == without_seals([0, 1, 2, 3])
    assert sound_end(path) == path.stat().st_size


def test_reading_goes_on_where_it_stopped(path: Path) -> None:
    path.write_bytes(b"".join(LINES[:2]) + LINES[2][:9])
    end = [line.end for line in read_lines(path) if isinstance(line, Line)][-1]
    path.write_bytes(b"".join(LINES))
    assert rows(path, end) == without_seals([2, 3])


def test_every_flipped_bit_is_named_or_costs_nothing(path: Path) -> None:
    """Each bit of the file in turn: the line that it hit, and no other, is missing and said to be."""
    whole = path.read_bytes()
    starts = [sum(map(len, LINES[:number])) for number in range(len(LINES) + 1)]
    for bit in range(len(whole) * 8):
        at = bit // 8
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit % 8]) + whole[at + 1 :])
        hit = next(number for number in range(len(LINES)) if starts[number] <= at < starts[number + 1])
        line_feed = at == starts[hit + 1] - 1
        expected = [number for number in range(len(LINES)) if line_feed or number != hit]
        assert rows(path) == without_seals(expected), (at, bit)
        damage = [line for line in read_lines(path) if isinstance(line, Damage)]
        assert damage or (line_feed and hit == len(LINES) - 1)
        assert sound_end(path) >= starts[-1] - 1, "what was acknowledged is never cut off"


def test_a_disk_that_fills_up_within_a_write_leaves_the_file_as_it_was(path: Path) -> None:
    """The system writes what fits and calls that no error; here the largest size of a file stands for the disk."""
    whole = path.read_bytes()
    no_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 20, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            append(path, ROWS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, no_signal)
    assert path.read_bytes() == whole
    append(path, ROWS)
    assert rows(path) == without_seals([0, 1, 2, 3, 0, 1, 2, 3])
