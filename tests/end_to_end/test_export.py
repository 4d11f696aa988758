"""`export` as a user calls it, killed between two files, interrupted, and out of room."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.errors import DiskFull
from flows.console import EXIT_CODES, INTERRUPTED
from tests.crash.victims import INJECT, SECONDS
from tests.disks import small_disk
from tests.end_to_end.command import answer, hemeroteca, rows
from tests.exports import files, outcome, published
from tests.processes import PROGRAM
from warehouse.exports.folder import MANIFEST, UNFINISHED
from warehouse.home import SETTINGS_FILE, Home

COUNT = 40
FORM = ("--format", "parquet")
KEEP = "warehouse.exports.folder:Folder.keep"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("exported")
    (root / SETTINGS_FILE).touch()
    words = " ".join(str(number * 7919) for number in range(9_000))
    return published(Home(root), [outcome(number, text=f"{number} {words}") for number in range(COUNT)])


@pytest.fixture(scope="module")
def unbroken(archive: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("unbroken") / "out"
    told = answer("export", *FORM, "--output", folder, "--home", archive.root)
    assert told["totals"] == {
        "files": len(files(folder)) - 1,
        "rows": COUNT,
        "bytes": sum(len(raw) for name, raw in files(folder).items() if name != MANIFEST),
    }
    return files(folder)


def started(archive: Home, out: Path, where: str, **more: str) -> "subprocess.Popen[str]":
    """An export with something in its way."""
    words = ["export", *FORM, "--output", str(out), "--home", str(archive.root)]
    return subprocess.Popen(
        [*PROGRAM, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TEST_KILL": where, "PYTHONPATH": INJECT, **more},
    )


@pytest.mark.parametrize("where", [f"{KEEP}:after:3", f"{KEEP}:before:6", "warehouse.exports.folder:append:after:4"])
def test_a_killed_export_is_gone_on_with(archive: Home, tmp_path: Path, unbroken: dict[str, bytes], where: str) -> None:
    out = tmp_path / "out"
    assert started(archive, out, where).wait(SECONDS) == -signal.SIGKILL
    left = {name: raw for name, raw in files(out).items() if not name.startswith(UNFINISHED)}
    assert left
    assert MANIFEST not in left
    assert left.items() <= unbroken.items()
    before = {name: (out / name).stat().st_mtime_ns for name in left}
    told = answer("export", *FORM, "--output", out, "--home", archive.root)
    assert told["kept_files"] == len(left)
    assert {name: (out / name).stat().st_mtime_ns for name in left} == before
    assert files(out) == unbroken


def test_an_interrupted_export_says_how_to_go_on(archive: Home, tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    # Ctrl-C, which comes where the process would have been killed.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal; kill = os.kill; os.kill = lambda pid, _: kill(pid, signal.SIGINT)\n"
        f"exec(open({str(Path(INJECT.split(os.pathsep)[0]) / 'sitecustomize.py')!r}).read())\n"
    )
    out = tmp_path / "out"
    process = started(archive, out, f"{KEEP}:after:2", PYTHONPATH=f"{tmp_path}{os.pathsep}{INJECT}")
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == INTERRUPTED, said
    assert "run it again to go on" in said
    assert answer("export", *FORM, "--output", out, "--home", archive.root)["kept_files"] == 2
    assert files(out) == unbroken


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for some of the files."""
    with small_disk(tmp_path / "disk", "300k") as folder:
        yield folder


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv"])
def test_a_full_disk_is_said_and_made_good(archive: Home, disk: Path, tmp_path: Path, form: str) -> None:
    asked = ("export", "--format", form, "--home", archive.root, "--output")
    said = hemeroteca(*asked, disk / "out", code=EXIT_CODES[DiskFull]).stderr
    assert "Make room and run it again" in said
    assert not (disk / "out" / MANIFEST).exists()
    subprocess.run(["mount", "-o", "remount,size=30m", disk], check=True)  # noqa: S607
    hemeroteca(*asked, disk / "out")
    hemeroteca(*asked, tmp_path / "other")
    assert files(disk / "out") == files(tmp_path / "other")


def test_words_and_refusals(archive: Home, tmp_path: Path) -> None:
    out = tmp_path / "some corpus"
    asked = ("export", "--home", archive.root, "--output", out)
    query = "SELECT url FROM articles WHERE source = 'courier' UNION ALL SELECT 'https://nowhere.example/'"
    said = hemeroteca(*asked, "--format", "csv", "--query", query, "--from", "2026-10-01", "--without-text").stdout
    assert f"{out}: 11 articles in 1 file, " in said
    assert "1 that the query names are no articles here. The copy was published at 2026-12-01T08:30:00+00:00" in said
    said = hemeroteca(*asked, "--format", "csv", "--query", query, "--from", "2026-10-01", "--without-text").stdout
    assert "there already, and whole: 1 file" in said
    assert "--again replaces it" in hemeroteca(*asked, "--format", "jsonl", code=4).stderr
    hemeroteca(*asked, "--format", "jsonl", "--again")
    assert (
        json.loads((out / MANIFEST).read_text())["articles"]
        == rows(archive, "SELECT count(*) AS n FROM articles")[0]["n"]
    )
    hemeroteca(*asked, "--format", "xml", code=2)
