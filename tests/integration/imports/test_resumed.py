"""An import that was killed goes on where it stopped; one that was done reads nothing again."""

import json
import os
import signal
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from flows import groups
from flows.groups import GROUP, grouped
from flows.importing import import_files
from flows.intake import Intake
from flows.report import import_report
from flows.request import Imported, ImportRequest
from flows.run import Run
from flows.settings import load_settings
from tests.crash.victims import INJECT
from tests.processes import PROGRAM
from tests.warcs import numbered, packed
from warehouse.archive import ArchiveWriter
from warehouse.home import SETTINGS_FILE, Home
from warehouse.imports.bookmarks import bookmarks
from warehouse.imports.filters import Filters
from warehouse.imports.options import Options
from warehouse.store import opened

PAGES = 700
TURNED = 2 * GROUP
"""Pages in the two groups after which the import is killed."""


def written(path: Path) -> Path:
    records = [numbered(number) for number in range(PAGES)]
    members = b"".join(map(packed, records))
    if path.name.endswith(".wacz"):
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("archive/first.warc.gz", b"".join(map(packed, records[:150])))
            package.writestr("archive/second.warc.gz", b"".join(map(packed, records[150:])))
    else:
        path.write_bytes(members if path.suffix == ".gz" else b"".join(records))
    return path


def killed_at(home: Home, path: Path, where: str, call: int) -> None:
    kill = {"TEST_KILL": f"{where}:{call}", "PYTHONPATH": str(INJECT)}
    words = ["import", str(path), "--home", str(home.root)]
    done = subprocess.run(
        [*PROGRAM, *words],
        env=os.environ | kill,
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def imported(home: Home, path: Path, **wishes: Any) -> dict[str, Any]:
    """What `import --json` answers."""
    run = Run(home, load_settings(home), "import", {})
    return import_report(run, import_files(run, ImportRequest((path,), **wishes))).as_json()


def hash_of(home: Home) -> str:
    with opened(home) as store:
        return store.content_hash()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The warehouse hash of an import that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / SETTINGS_FILE).write_text("[extraction]\nworkers = 2\n", encoding="utf-8")
    assert imported(Home(folder), written(folder / "crawl.warc.gz"))["read"] == PAGES
    return hash_of(Home(folder))


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc", "crawl.wacz"])
def test_a_killed_import_goes_on_inside_its_file(home: Home, tmp_path: Path, whole: str, name: str) -> None:
    path = written(tmp_path / name)
    killed_at(home, path, "warehouse.imports.bookmarks:Bookmark.turn:after", 2)
    again = imported(home, path)
    assert again["read"] == PAGES - TURNED
    assert again["held"] == 0
    assert hash_of(home) == whole


def test_what_was_acknowledged_before_the_bookmark_moved_is_read_again_and_held(home: Home, tmp_path: Path) -> None:
    path = written(tmp_path / "crawl.warc.gz")
    killed_at(home, path, "warehouse.imports.bookmarks:Bookmark.turn:before", 2)
    again = imported(home, path)
    assert (again["read"], again["held"]) == (PAGES - TURNED // 2, TURNED // 2)


def test_a_file_that_was_done_is_not_read_again_unless_asked(home: Home, tmp_path: Path) -> None:
    path = written(tmp_path / "crawl.warc.gz")
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08 damaged")
    first = imported(home, path)
    assert (first["read"], first["unreadable"]) == (PAGES, {"damaged": 1})

    renamed = path.rename(tmp_path / "renamed.warc.gz")
    second = imported(home, renamed)
    assert second["read"] == second["held"] == 0
    assert second["imported_before"] == [{"file": str(renamed), "pages": PAGES, "others": {"damaged": 1}}]
    assert any("renamed.warc.gz was imported before (700 pages, 1 damaged)" in told for told in second["warnings"])

    third = imported(home, renamed, again=True)
    assert (third["read"], third["held"], third["unreadable"]) == (PAGES, PAGES, {"damaged": 1})

    other = imported(home, renamed, filters=Filters(domains=frozenset({"abendpost.example"})))
    assert (other["read"], other["filtered"]) == (0, {"domain": PAGES})

    # A file that has changed is another one.
    renamed.write_bytes(renamed.read_bytes()[:-8])
    assert imported(home, renamed)["held"] == PAGES


@pytest.mark.parametrize("harm", ["torn", "flipped", "empty", "gone"])
def test_a_damaged_bookmark_costs_time_and_nothing_else(home: Home, tmp_path: Path, harm: str) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(packed(numbered(number)) for number in range(5)))
    imported(home, path)
    (kept,) = bookmarks(home.archive).iterdir()
    content = bytearray(kept.read_bytes())
    assert json.loads(content)["done"]
    if harm == "gone":
        kept.unlink()
    else:
        content[9] ^= 1
        kept.write_bytes({"torn": bytes(content[:-9]), "flipped": bytes(content), "empty": b""}[harm])
    assert imported(home, path)["held"] == 5


def test_what_the_filters_leave_out_is_not_remembered(home: Home, tmp_path: Path) -> None:
    """Of a file of millions it would not fit in memory."""
    path = written(tmp_path / "crawl.warc.gz")
    never = Filters(languages=frozenset({"xx"}))
    run = Run(home, load_settings(home), "import", {})
    taken = Imported()
    with run.workers() as workers, ArchiveWriter(home.archive, "w") as writer:
        intake = Intake(run, never, workers, writer)
        intake.take(grouped(run, [path], Options(filters=never), taken), taken)
        assert taken.filtered.total() >= PAGES - 5, "one of a few words has no language"
        assert (intake._under_way, intake._digests, writer._held) == ({}, {}, {})


def test_a_file_that_cannot_be_opened_is_told_and_passed_over(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root any file can be: here one vanishes between the two looks at it."""
    gone, whole = tmp_path / "a.warc.gz", written(tmp_path / "b.warc.gz")
    gone.write_bytes(whole.read_bytes())
    right = groups.is_bookmarked

    def vanishing(path: Path) -> bool:
        found = right(path)
        gone.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(groups, "is_bookmarked", vanishing)
    run = Run(home, load_settings(home), "import", {})
    taken = import_files(run, ImportRequest((gone, whole)))
    assert taken.archived == PAGES
    assert [item.path for item in taken.unreadable] == taken.cut_short == [gone]
