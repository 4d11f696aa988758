"""Exports that are cut off, damaged, asked otherwise, or of a copy that has changed since."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles.errors import BadInput
from flows import exporting
from tests.exports import PUBLISHED, archive_of, exported, files, numbers, outcome, published
from warehouse.exports.folder import MANIFEST, UNFINISHED, Folder
from warehouse.home import Home
from warehouse.publish import publish

COUNT = 30
FORM = "parquet"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return archive_of(COUNT, tmp_path_factory.mktemp("exported"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture(scope="module")
def unbroken(archive: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("unbroken")
    exported(archive, folder, FORM)
    return files(folder)


class Cut(BaseException):
    """What ends a run in the middle."""


def cut_off(
    monkeypatch: pytest.MonkeyPatch, name: str, call: int, home: Home, out: Path, form: str = FORM, **asked: Any
) -> None:
    """Export until a method of the folder is called for the n-th time."""
    right, left = getattr(Folder, name), [call]

    def cutting(*given: Any) -> Any:
        left[0] -= 1
        if not left[0]:
            raise Cut
        return right(*given)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, name, cutting)
        with pytest.raises(Cut):
            exported(home, out, form, **asked)


def named(folder: Path) -> dict[str, bytes]:
    """What has its name already."""
    return {name: raw for name, raw in files(folder).items() if not name.startswith(UNFINISHED)}


@pytest.mark.parametrize(("name", "call"), [("place", 1), ("place", 4), ("keep", 1), ("keep", 5), ("finish", 1)])
def test_what_is_whole_is_kept(
    archive: Home, out: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, name: str, call: int
) -> None:
    cut_off(monkeypatch, name, call, archive, out)
    left = named(out)
    assert MANIFEST not in left
    assert left.items() <= unbroken.items()
    before = {path: (out / path).stat().st_mtime_ns for path in left}
    done = exported(archive, out, FORM)
    assert done.kept == len(left)
    assert {path: (out / path).stat().st_mtime_ns for path in left} == before
    assert files(out) == unbroken
    assert not (out / UNFINISHED).exists()


def test_a_file_that_is_known_and_has_no_name_yet_is_written_again(
    archive: Home, out: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, "keep", 4, archive, out)
    last = max(named(out))
    (out / last).unlink()
    with (out / UNFINISHED / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"path":"torn')
    assert exported(archive, out, FORM).kept == 2
    assert files(out) == unbroken


def test_a_whole_export_is_left_as_it_is_and_mended_where_it_is_not(
    archive: Home, out: Path, unbroken: dict[str, bytes]
) -> None:
    exported(archive, out, FORM)
    (out / "README").write_text("mine")
    assert exported(archive, out, FORM).kept == len(unbroken) - 1
    names = sorted(set(unbroken) - {MANIFEST})
    raw = bytearray(unbroken[names[1]])
    raw[100] ^= 1
    (out / names[1]).write_bytes(raw)
    (out / names[3]).unlink()
    assert exported(archive, out, FORM).kept == len(names) - 2
    assert files(out) == {**unbroken, "README": b"mine"}


def test_another_question_replaces_nothing_unless_told_to(
    archive: Home, out: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    exported(archive, out, FORM)
    with pytest.raises(BadInput, match=r"holds an export, and it was asked otherwise \(sources\); --again") as refused:
        exported(archive, out, FORM, sources=("1843",))
    assert refused.value.url == str(out)
    assert files(out) == unbroken
    exported(archive, out, FORM, sources=("1843",), again=True)
    exported(archive, tmp_path / "new", FORM, sources=("1843",))
    assert files(out) == files(tmp_path / "new")
    assert {path.name for path in out.iterdir()} == {"source=1843", MANIFEST}

    cut_off(monkeypatch, "keep", 3, archive, tmp_path / "cut")
    with pytest.raises(BadInput, match="holds an unfinished export"):
        exported(archive, tmp_path / "cut", "csv")
    exported(archive, tmp_path / "cut", "csv", again=True)
    assert {path.name for path in (tmp_path / "cut").iterdir()} == {"articles-00000.csv", MANIFEST}


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_replacement_that_is_cut_off_leaves_nothing_of_the_old_export(
    archive: Home, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: int
) -> None:
    exported(archive, out, FORM)
    cut_off(monkeypatch, "_remove", call, archive, out, sources=("1843",), again=True)
    exported(archive, out, FORM, sources=("1843",))
    exported(archive, tmp_path / "new", FORM, sources=("1843",))
    assert files(out) == files(tmp_path / "new")


def test_an_unfinished_export_is_begun_anew_when_the_copy_has_changed(
    home: Home, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    published(home, [outcome(number) for number in range(12)])
    cut_off(monkeypatch, "keep", 4, home, out)
    publish(home, "20261120T120000Z-abcdef", "test", PUBLISHED + timedelta(hours=1))
    done = exported(home, out, FORM)
    assert done.kept == 0
    assert done.note is not None
    assert f"the published copy has changed since (then of {PUBLISHED.isoformat()})" in done.note
    exported(home, tmp_path / "new", FORM)
    assert files(out) == files(tmp_path / "new")

    published(home, [outcome(number) for number in range(14)], PUBLISHED + timedelta(hours=2))
    with pytest.raises(BadInput, match="the published copy has changed since"):
        exported(home, out, FORM)
    assert files(out) == files(tmp_path / "new")
    assert exported(home, out, FORM, again=True).manifest["articles"] == 14


def test_a_query_that_answers_otherwise_each_time_is_not_gone_on_with(
    archive: Home, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT article_id FROM articles ORDER BY uuid() LIMIT 9"
    cut_off(monkeypatch, "keep", 3, archive, out, query=query)
    done = exported(archive, out, FORM, query=query)
    assert done.note is not None
    assert "the query answers other articles each time" in done.note
    assert done.manifest["totals"]["rows"] == 9


def test_interrupted_while_a_file_is_written(
    archive: Home, out: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    right, calls = exporting.writer, []

    def interrupted(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return right(*given)

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "writer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            exported(archive, out, FORM)
    assert len(named(out)) == 2
    assert exported(archive, out, FORM).kept == 2
    assert files(out) == unbroken


def test_a_manifest_that_names_files_elsewhere_is_no_ours(archive: Home, out: Path, tmp_path: Path) -> None:
    exported(archive, out, "csv")
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    manifest = json.loads((out / MANIFEST).read_text())
    for path in ("../mine.txt", str(mine)):
        manifest["files"][0]["path"] = path
        (out / MANIFEST).write_text(json.dumps(manifest))
        with pytest.raises(BadInput, match="something else"):
            exported(archive, out, "csv", sources=("1843",), again=True)
    assert mine.read_text() == "mine"
    assert numbers(out) == set()


def test_no_file_of_a_replaced_export_is_taken_for_one_of_the_new(
    archive: Home, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One of the same name, as CSV has it whatever is asked."""
    exported(archive, out, "csv")
    cut_off(monkeypatch, "_remove", 1, archive, out, "csv", without_text=True, again=True)
    exported(archive, out, "csv", without_text=True)
    exported(archive, tmp_path / "new", "csv", without_text=True)
    assert files(out) == files(tmp_path / "new")
