"""The index of a published copy: how it follows the copy, and what it says when it does not."""

import shutil
from pathlib import Path

import pytest

from articles.errors import Damaged, StoreBusy
from tests.builders import NOON
from tests.searches import contents, found, search_differences
from tests.unit.warehouse.pages import page, publish_and_bring_up, publish_pages
from warehouse.home import Home
from warehouse.locks import search_lock
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.replace import replace_bytes
from warehouse.search.condition import search_faults
from warehouse.search.folder import CURRENT, current
from warehouse.search.hits import Asked, searching
from warehouse.search.index import Brought, bring_up, rebuild_search
from warehouse.store import opened


def test_only_what_changed_is_written(papers: Home) -> None:
    assert bring_up(papers) == Brought()
    assert publish_and_bring_up(papers) == Brought(), "nothing was loaded"
    new, changed = page("new", "A new page."), page("en", "The council was dissolved.", "en", 9, "2")
    assert publish_and_bring_up(papers, new, changed) == Brought(articles=2)
    again = page("en", "The council was dissolved.", "en", 10, "2")
    assert publish_and_bring_up(papers, again) == Brought(), "seen again, and the same"
    assert found(papers, "dissolved") == ["en"]
    assert found(papers, "york") == []
    assert search_differences(papers) == []


def test_an_article_that_comes_back_to_an_older_version_is_written(papers: Home) -> None:
    publish_and_bring_up(papers, page("en", "Another text.", "en", 9, "2"))
    back = page("en", "The council elections in New York were new to the city.", "en", 10, "0", authors=("José Ruiz",))
    assert publish_and_bring_up(papers, back).articles == 1
    assert found(papers, "york") == ["en"]
    assert search_differences(papers) == []


def test_an_article_that_is_gone_from_the_copy_is_removed(papers: Home) -> None:
    with opened(papers) as store, store.transaction() as connection:
        connection.execute("DELETE FROM captures WHERE final_url LIKE '%/de'")
        for table in ("article_state", "article_versions", "photos", "removed_text", "live_updates"):
            connection.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT article_id FROM captures)")
    assert publish_and_bring_up(papers, page("new", "A new page.")) == Brought(articles=1, removed=1)
    assert found(papers, "haus") == []
    assert search_differences(papers) == []


def test_an_index_behind_the_copy_says_so_and_gives_what_the_copy_knows(papers: Home) -> None:
    publish_pages(papers, page("en", "Another text.", "en", 9, "2"), page("new", "A new city."))
    with open_published(papers) as connection, searching(papers, connection) as search:
        assert "behind the published copy" in str(search.standing())
        assert "hemeroteca rebuild --search" in str(search.standing())
    assert found(papers, "york") == [], "the copy holds another version now"
    assert found(papers, "haus") == ["de"]
    (fault,) = search_faults(papers)
    assert "behind" in fault
    rebuild_search(papers)
    assert search_faults(papers) == []
    assert found(papers, "city") == ["new"]


def test_a_copy_older_than_the_index_is_told_apart(papers: Home) -> None:
    with open_published(papers) as old:
        publish_and_bring_up(papers, page("new", "A new city."), page("en", "Another text.", "en", 9, "2"))
        with searching(papers, old) as search:
            assert "ahead of this copy" in str(search.standing())
            assert search.find(Asked("city OR another")).hits.num_rows == 0
            assert search.find(Asked("haus")).hits.num_rows == 1


def test_a_warehouse_made_anew_is_indexed_anew(papers: Home) -> None:
    shutil.rmtree(papers.work)
    publish_pages(papers, page("other", "Another warehouse."))
    with open_published(papers) as connection, searching(papers, connection) as search:
        assert "of another warehouse" in str(search.standing())
    assert bring_up(papers) == Brought(articles=1, built=True)
    assert found(papers, "*") == ["other"]


def test_a_restored_warehouse_is_indexed_anew(papers: Home, tmp_path: Path) -> None:
    """It counts on from an older number, under the same birth: what the index saw since is not what happened."""
    shutil.copytree(papers.work, tmp_path / "kept")
    publish_and_bring_up(papers, page("lost", "Lost with the restored copy."))
    with opened(papers) as store, store.transaction() as connection:
        connection.execute("UPDATE loads SET load_id = 'lost'")
    publish(papers, "lost", "0.1.0", NOON)
    bring_up(papers)
    shutil.rmtree(papers.work)
    shutil.copytree(tmp_path / "kept", papers.work)
    for name in ("a", "b", "c", "d"):
        publish_pages(papers, page(name, "After the copy was restored."))
    assert bring_up(papers).built
    assert found(papers, "lost") == []


def test_a_missing_index_names_its_remedy(papers: Home) -> None:
    shutil.rmtree(papers.search)
    with pytest.raises(Damaged, match="hemeroteca rebuild --search"):
        found(papers, "haus")
    (fault,) = search_faults(papers)
    assert "rebuild --search" in fault
    assert bring_up(papers).built
    assert found(papers, "haus") == ["de"]


def parts(home: Home) -> list[Path]:
    folder = current(home)
    assert folder is not None
    return [path for path in sorted(folder.iterdir()) if path.suffix != ".lock" and path.name != ".managed.json"]


def failure(home: Home, words: str) -> str | None:
    try:
        found(home, words)
    except Damaged as error:
        return str(error)
    return None


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "missing"])
def test_a_damaged_index_names_its_remedy_and_is_made_anew(papers: Home, harm: str) -> None:
    expected = contents(papers)
    for path in parts(papers):
        raw = path.read_bytes()
        middle = len(raw) // 2
        changed = {
            "flip": raw[:middle] + bytes([raw[middle] ^ 4]) + raw[middle + 1 :],
            "cut": raw[:middle],
            "empty": b"",
        }
        if harm == "missing":
            path.unlink()
        else:
            replace_bytes(path, changed[harm])  # in place it would end a process that has the file mapped still
        faults = search_faults(papers)
        silent = path.name == "meta.json" and harm == "flip"  # a digit of a count may say nothing
        assert faults or silent, (path, harm)
        if harm != "flip":  # only the doctor reads all checksums: a flipped length may end a process that believes it
            assert "hemeroteca rebuild --search" in (failure(papers, "haus OR council OR 予算") or faults[0])
        replace_bytes(path, raw)
    (papers.search / CURRENT).write_text("{")
    with pytest.raises(Damaged, match="hemeroteca rebuild --search"):
        found(papers, "haus")
    rebuild_search(papers)
    assert search_faults(papers) == []
    assert contents(papers) == expected
    assert len(list(papers.search.glob("index-*"))) == 1


def test_an_index_of_another_analysis_is_made_anew(papers: Home) -> None:
    path = papers.search / CURRENT
    path.write_text(path.read_text().replace("analysis 1", "analysis 0"))
    with pytest.raises(Damaged, match="this version"):
        found(papers, "haus")
    assert bring_up(papers).built


def test_a_reader_keeps_its_index_while_another_is_made(papers: Home) -> None:
    with open_published(papers) as connection, searching(papers, connection) as search:
        for _ in range(3):
            rebuild_search(papers)
        assert search.find(Asked("haus")).hits.num_rows == 1


def test_one_writes_at_a_time(papers: Home) -> None:
    with search_lock(papers.locks), pytest.raises(StoreBusy, match="search index"):
        bring_up(papers, wait=0.1)


def test_an_index_that_was_never_finished_is_removed(papers: Home) -> None:
    unfinished = papers.search / "index-123456789abc"
    unfinished.mkdir()
    bring_up(papers)
    assert not unfinished.exists()
    assert found(papers, "elections") == ["en"]
