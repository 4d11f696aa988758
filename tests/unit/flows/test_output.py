"""Files that appear when they are whole, and leave nothing when they are not."""

import json
from pathlib import Path

import pytest

from flows.output import writing


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_a_file_that_could_not_be_finished_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuntimeError), writing(tmp_path / name) as write:
        write({"id": "1"})
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    with writing(path) as write:
        write({"id": "1"})
        assert path.read_text() == "before"
    assert json.loads(path.read_text()) == {"id": "1"}
