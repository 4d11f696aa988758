import errno
import os
from pathlib import Path

import pytest

from warehouse import cloning
from warehouse.cloning import clone, copy, swap_in

PIECE = 4096


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloning, "PIECE", PIECE)


def copied(source: Path, target: Path) -> bytes:
    with source.open("rb") as old, target.open("wb") as new:
        copy(old, new)
    return target.read_bytes()


@pytest.mark.parametrize("size", [0, 1, PIECE, 3 * PIECE + 1])
def test_a_copy_is_the_same(tmp_path: Path, size: int) -> None:
    source, content = tmp_path / "old", os.urandom(size)
    source.write_bytes(content)
    assert copied(source, tmp_path / "new") == content
    clone(source, tmp_path / "clone")
    assert (tmp_path / "clone").read_bytes() == content


def test_where_the_kernel_cannot_copy_python_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "copy_file_range", refused)
    source, content = tmp_path / "old", os.urandom(3 * PIECE + 1)
    source.write_bytes(content)
    assert copied(source, tmp_path / "new") == content


def test_a_failure_half_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, calls = os.copy_file_range, iter([True, False])

    def full(old: int, new: int, size: int) -> int:
        if next(calls):
            return whole(old, new, size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "copy_file_range", full)
    (tmp_path / "old").write_bytes(os.urandom(3 * PIECE))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        copied(tmp_path / "old", tmp_path / "new")


def test_a_file_that_becomes_shorter_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "copy_file_range", lambda *_: 0)
    (tmp_path / "old").write_bytes(b"some")
    with pytest.raises(OSError, match="became shorter"):
        copied(tmp_path / "old", tmp_path / "new")


def test_a_disk_that_fails_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fdatasync", fails)
    (tmp_path / "old").write_bytes(b"some")
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        copied(tmp_path / "old", tmp_path / "new")


def test_who_has_the_old_file_open_keeps_it(tmp_path: Path) -> None:
    place = tmp_path / "place"
    for content in (b"first", b"second"):
        (tmp_path / "fresh").write_bytes(content)
        swap_in(tmp_path / "fresh", place)
        if content == b"first":
            reader = place.open("rb")
    with reader:
        assert (reader.read(), place.read_bytes()) == (b"first", b"second")
