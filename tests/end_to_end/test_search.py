"""Search on the demo's archive, and after kills between the store's commit and the index's."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

import hemeroteca
from examples.newspapers.papers import PAPERS
from tests.crash.victims import INJECT, page
from tests.end_to_end.command import answer, rows
from tests.end_to_end.command import hemeroteca as command
from tests.processes import PROGRAM
from tests.searches import contents, search_differences
from warehouse.home import SETTINGS_FILE, Home
from warehouse.reader import open_published
from warehouse.search.folder import open_index, read_mark
from warehouse.search.index import everything_in


def urls(home: Home, *words: object) -> list[str]:
    return [hit["url"] for hit in answer("search", "--home", home.root, *words)["hits"]]


def test_the_index_is_of_the_copy_that_the_last_run_published(demo: Home) -> None:
    assert answer("doctor", "--home", demo.root)["findings"] == []
    (about,) = rows(demo, "SELECT load_id, (SELECT number FROM generation) AS number FROM about")
    mark = read_mark(open_index(demo).searcher())
    assert (mark.load_id, mark.generation) == (about["load_id"], about["number"])
    (count,) = rows(demo, "SELECT count(*) AS n FROM articles")
    assert len(everything_in(open_index(demo).searcher())) == count["n"]
    assert search_differences(demo) == []


def test_every_article_is_found_by_its_title(demo: Home) -> None:
    with open_published(demo) as connection:
        titled = connection.execute("SELECT url, title FROM articles WHERE NOT contains(title, '\"')").fetchall()
    assert len(titled) >= 60
    for url, title in titled:
        assert url in hemeroteca.search(f'title:"{title}"', demo.root, limit=10)["url"].to_pylist(), title


def test_results_fit_the_terminal(demo: Home) -> None:
    (first, *_) = rows(demo, "SELECT split_part(title, ' ', 1) AS word FROM latest WHERE source = 'tagblatt'")
    told = command("search", f"title:{first['word']}", "--limit", 3, "--home", demo.root)
    assert "tagblatt · 2026-" in told.stdout
    assert "articles; the copy was published" in told.stderr
    assert "\x02" not in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 200
    assert "**" not in told.stdout


def test_filters_and_order(demo: Home) -> None:
    names = {paper.source for paper in PAPERS}
    for name in names:
        assert {hit["source"] for hit in answer("search", "*", "--source", name, "--home", demo.root)["hits"]} == {name}
    found = answer(
        "search", "*", "--from", "2026-09-01", "--to", "2026-09-30", "--order", "newest", "--home", demo.root
    )
    days = [hit["published_date"] for hit in found["hits"]]
    assert days == sorted(days, reverse=True)
    assert days
    assert all(day.startswith("2026-09") for day in days)
    assert (
        found["articles"]
        == rows(demo, "SELECT count(*) AS n FROM articles WHERE published_date BETWEEN '2026-09-01' AND '2026-09-30'")[
            0
        ]["n"]
    )


def test_hits_are_a_table_in_sql(demo: Home) -> None:
    query = "SELECT source, count(*) AS articles FROM hits JOIN articles USING (article_id) GROUP BY ALL ORDER BY ALL"
    all_of_them = rows(demo, "SELECT source, count(*) AS articles FROM articles GROUP BY ALL ORDER BY ALL")
    assert answer("sql", "--search", "*", query, "--home", demo.root) == all_of_them


def test_a_faulty_query_and_a_missing_index_have_their_exit_codes(demo: Home, tmp_path: Path) -> None:
    assert "never closed" in command("search", '"a', "--home", demo.root, code=4).stderr
    (tmp_path / SETTINGS_FILE).touch()
    assert "nothing is published" in command("search", "a", "--home", tmp_path, code=5).stderr


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of ten pages, to be copied."""
    folder = tmp_path_factory.mktemp("ten") / "home"
    folder.mkdir()
    (folder / SETTINGS_FILE).write_text("[extraction]\nworkers = 1\n", encoding="utf-8")
    command("import", pages(folder.parent / "one.jsonl", 0), "--home", folder)
    return folder


@pytest.fixture
def loaded(ten: Path, tmp_path: Path) -> Home:
    """A copy of it, and a file with ten pages more."""
    pages(tmp_path / "two.jsonl", 10)
    shutil.copytree(ten, tmp_path / "home")
    return Home(tmp_path / "home")


def pages(path: Path, first: int) -> Path:
    """Write ten pages into a file."""
    path.write_text("".join(map(page, range(first, first + 10))), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("where", "mend"),
    [
        ("flows.run:bring_up:before", "the next run"),
        ("warehouse.search.index:commit:before", "rebuild --search"),
        ("warehouse.search.index:commit:before", "the next run"),
        ("warehouse.search.index:commit:after", "the next run"),
    ],
)
def test_a_run_killed_between_the_two_commits(loaded: Home, tmp_path: Path, where: str, mend: str) -> None:
    before = contents(loaded)
    killed = subprocess.run(
        [
            *PROGRAM,
            "import",
            tmp_path / "two.jsonl",
            "--home",
            loaded.root,
        ],
        env=os.environ | {"TEST_KILL": f"{where}:1", "PYTHONPATH": INJECT},
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    told = command("search", "budget", "--json", "--home", loaded.root)
    if where.endswith("commit:after"):
        assert len(contents(loaded)) == 20
        assert '"warning": null' in told.stdout
    else:
        assert contents(loaded) == before
        assert "behind the published copy" in told.stdout
        assert "hemeroteca rebuild --search" in told.stdout
        finding = answer_of_doctor(loaded)
        assert "behind" in finding["what"]
        assert finding["advice"] == "hemeroteca rebuild --search"
    if mend == "the next run":
        command("import", tmp_path / "two.jsonl", "--home", loaded.root)
    else:
        command("rebuild", "--search", "--home", loaded.root)
    assert len(contents(loaded)) == 20
    assert search_differences(loaded) == []
    assert len(urls(loaded, "budget", "--limit", 50)) == 20
    command("doctor", "--home", loaded.root)


def answer_of_doctor(home: Home) -> dict[str, str]:
    """The one finding of a doctor who finds one."""
    (finding,) = json.loads(command("doctor", "--json", "--home", home.root, code=9).stdout)["findings"]
    assert finding["part"] == "search"
    return dict(finding)


def test_an_index_that_cannot_be_written_fails_no_run(loaded: Home, tmp_path: Path) -> None:
    for path in loaded.search.rglob("meta.json"):
        path.write_text("{}")
    told = command("import", tmp_path / "two.jsonl", "--home", loaded.root)
    assert "search index was not brought up" in told.stderr
    assert "hemeroteca rebuild --search" in told.stderr
    assert rows(loaded, "SELECT count(*) AS n FROM articles")[0]["n"] == 20
    assert "rebuild --search" in command("search", "budget", "--home", loaded.root, code=9).stderr
    command("rebuild", "--search", "--home", loaded.root)
    assert len(urls(loaded, "budget", "--limit", 50)) == 20


def test_a_rebuild_makes_the_index_too(loaded: Home) -> None:
    before = contents(loaded)
    command("rebuild", "--home", loaded.root)
    assert contents(loaded) == before
    assert answer("search", "budget", "--home", loaded.root)["warning"] is None
