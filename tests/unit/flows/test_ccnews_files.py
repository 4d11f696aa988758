"""Which files and folders a backfill from CC-NEWS takes."""

from pathlib import Path

import pytest

from articles.errors import BadInput
from flows.ccnews import refuse_others


def test_what_would_be_passed_over_is_refused(tmp_path: Path) -> None:
    other, empty = tmp_path / "news-2020-01.txt", tmp_path / "empty"
    other.touch()
    empty.mkdir()
    for path, told in ((other, "nothing of CC-NEWS"), (empty, "nothing of CC-NEWS"), (tmp_path / "x", "no such file")):
        with pytest.raises(BadInput, match=told) as refused:
            refuse_others([path])
        assert refused.value.url == str(path)


def test_lists_and_files_are_taken_by_their_names(tmp_path: Path) -> None:
    names = ("2020-01-warc.paths.gz", "warc.paths", "deep/CC-NEWS-20200101000000-00001.warc.gz")
    (tmp_path / "deep").mkdir()
    for name in names:
        (tmp_path / name).touch()
        refuse_others([tmp_path / name, tmp_path])
