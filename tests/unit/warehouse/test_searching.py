"""The index of a published copy: what it finds, how it follows the copy, and what it says when it does not."""

import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

import hemeroteca
from articles.errors import BadInput, Damaged, StoreBusy
from articles.model import Photo
from tests.builders import NOON, article, moment, shown
from tests.searches import contents, found, search_differences
from tests.unit.warehouse.loads import load
from warehouse.home import Home
from warehouse.locks import search_lock
from warehouse.outcomes import Outcome
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.search.advice import advice
from warehouse.search.condition import search_faults
from warehouse.search.folder import CURRENT, current
from warehouse.search.hits import Asked, add_hits, searching
from warehouse.search.index import Brought, bring_up, rebuild_search
from warehouse.store import opened

LOAD = "20261120T120000Z-abcdef"


def page(
    name: str, text: str, language: str | None = "en", hours: int = 0, digest: str = "0", **given: object
) -> Outcome:
    at = NOON + timedelta(hours=hours)
    plain = {"title": f"Page {name}", "photos": (), "published": moment(at), "tags": (), "section": None}
    return shown(
        article(url=f"https://tagblatt.example/{name}", text=text, language=language, **{**plain, **given}), at, digest
    )


def publish_pages(home: Home, *pages: Outcome) -> None:
    load(home, pages)
    with opened(home) as store, store.transaction() as connection:
        connection.execute("DELETE FROM loads")
        connection.execute("INSERT INTO loads BY NAME SELECT ? AS load_id", [LOAD])
    publish(home, LOAD, "0.1.0", NOON)


def publish_and_bring_up(home: Home, *pages: Outcome) -> Brought:
    publish_pages(home, *pages)
    return bring_up(home)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Seven pages, only to be read."""
    home = Home(tmp_path_factory.mktemp("library"))
    home.settings.touch()
    photo = Photo(0, "Der Hafen von Bremen", "Lena Ostrow/AFP", "AFP", None, None)
    publish_and_bring_up(
        home,
        page("de", "Die Häuser der Stadt wurden verkauft.\n\nNiemand wollte dort wohnen.", "de", 1, photos=(photo,)),
        page("en", "The council elections in New York were new to the city.", "en", 2, authors=("José Ruiz",)),
        page("es", "Las elecciones municipales en la ciudad.", "es", 3, section="Política"),
        page("ja", "東京都の予算が可決された。都知事は発表した。", "ja", 4, title="都議会の予算"),
        page("th", "นายกรัฐมนตรีแถลงข่าวเมื่อวันศุกร์", "th", 5),
        page("ar", "أعلنت المكتبات في المدينة عن معرض الكتاب", "ar", 6),
        page("undated", "Nobody knows when the houses were built.", "en", 7, published=None),
    )
    return home


@pytest.fixture
def papers(library: Home, home: Home) -> Home:
    """The same in a home of its own."""
    shutil.copytree(library.root, home.root, dirs_exist_ok=True)
    return home


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("haus", ["de"]),
        ("HÄUSER", ["de"]),
        ("hauser", ["de"]),
        ("house", ["undated"]),
        ("election", ["en"]),
        ("elección", ["es"]),
        ("eleccion ciudad", ["es"]),
        ("council OR ciudad", ["en", "es"]),
        ('"new york"', ["en"]),
        ('"york new"', []),
        ('"council york"~3', ["en"]),
        ('"council york"', []),
        ("elect*", ["en"]),
        ("予算", ["ja"]),
        ("都", ["ja"]),
        ("知事 予算", ["ja"]),
        ("知予", []),
        ("ข่าว", ["th"]),
        ("مكتبة", ["ar"]),
        ("city -council", []),
        ("caption:hafen", ["de"]),
        ("hafen", []),
        ("credit:AFP", ["de"]),
        ("author:jose", ["en"]),
        ("section:politica", ["es"]),
        ("language:de", ["de"]),
        ("title:予算", ["ja"]),
        ("title:発表", []),
        ("source:tagblatt language:th", ["th"]),
        ("published:2026-11-21 OR language:xx", []),
        ("-published:2026", ["undated"]),
        ("& haus !", ["de"]),
    ],
)
def test_words_find_pages(library: Home, words: str, names: list[str]) -> None:
    assert sorted(found(library, words)) == sorted(names)


def test_signs_alone_are_no_query(library: Home) -> None:
    with pytest.raises(BadInput, match="only signs"):
        found(library, "& !")
    with pytest.raises(BadInput, match="not sought in 'language'"):
        found(library, "a", fields=("language",))


def test_filters_narrow_and_orders_sort(library: Home) -> None:
    everything = ["undated", "ar", "th", "ja", "es", "en", "de"]
    assert found(library, "*", limit=None) == everything, "undated by when it was first seen"
    assert found(library, "*", languages=("de", "es")) == ["es", "de"]
    assert found(library, "haus", languages=("fr",)) == []
    assert found(library, "haus", languages=("de",)) == ["de"]
    assert found(library, "*", first_day=NOON.date(), last_day=NOON.date()) == everything[1:]
    assert found(library, "*", last_day=date(2026, 11, 19)) == []
    assert found(library, "page", fields=("title",), order="newest", limit=2) == ["undated", "ar"]
    assert found(library, "the", order="newest") == ["undated", "en"]


def test_what_cannot_be_meant_is_refused(library: Home) -> None:
    for asked in (Asked("haus", sources=("nope",)), Asked("source:nope haus")):
        with (
            open_published(library) as connection,
            searching(library, connection) as search,
            pytest.raises(BadInput, match="no source 'nope'; there are: tagblatt"),
        ):
            search.find(asked)
    with pytest.raises(BadInput, match="the first day, 2026-11-21, is after the last, 2026-11-20"):
        hemeroteca.search("haus", library.root, first_day="2026-11-21", last_day=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked("bremen"), "not in title and text, but in other fields: --field caption: 1"),
        (Asked("ostrow", fields=("title",)), "not in title, but in other fields: --field credit: 1"),
        (Asked("haus", languages=("fr",)), "no article is in 'fr'; languages: ar, de, en, es, ja, th"),
        (Asked("haus language:xx"), "no article is in 'xx'; languages: ar, de, en, es, ja, th"),
        (Asked("nowhere"), None),
        (Asked("author:nobody"), None),
    ],
)
def test_a_search_that_finds_nothing_is_helped(library: Home, asked: Asked, said: str | None) -> None:
    with open_published(library) as connection, searching(library, connection) as search:
        assert search.find(asked).articles == 0
        assert advice(search, asked) == said


def test_days_are_taken_as_they_are_written(library: Home) -> None:
    on_the_day = hemeroteca.search("*", library.root, first_day="2026-11-20", last_day="2026-11-20")
    assert on_the_day.num_rows == hemeroteca.search("*", library.root, first_day=NOON.date()).num_rows == 6
    with pytest.raises(BadInput, match="'20 November' is no day"):
        hemeroteca.search("*", library.root, first_day="20 November")


def test_an_archive_without_articles_is_searched(home: Home) -> None:
    assert publish_and_bring_up(home) == Brought(built=True)
    assert found(home, "haus") == []
    assert found(home, "*", limit=None) == []
    assert search_faults(home) == []


def test_a_word_in_the_title_counts_more(home: Home) -> None:
    publish_and_bring_up(
        home, page("text", "The harbour is closed."), page("title", "The port is closed.", title="Harbour closed")
    )
    assert found(home, "harbour") == ["title", "text"]


def test_snippets_show_the_place_with_most_hits(papers: Home) -> None:
    filler = "Nothing of this is to be seen here at all, it only fills the page. " * 20
    publish_and_bring_up(papers, page("long", f"{filler}\n\nThen the harbour burned near the old bridge.\n\n{filler}"))
    with open_published(papers) as connection, searching(papers, connection) as search:
        (row,) = search.find(Asked("bridges harbours")).hits.to_pylist()
        assert "the **harbour** burned near the old **bridge**." in row["snippet"]
        assert row["snippet"].startswith("… ")
        assert row["snippet"].endswith(" …")
        assert len(row["snippet"]) < 260
        (row,) = search.find(Asked("caption:hafen")).hits.to_pylist()
        assert row["snippet"] == "Der **Hafen** von Bremen"
        (row,) = search.find(Asked("予算"), ("<", ">")).hits.to_pylist()
        assert row["snippet"] == "東京都の<予算>が可決された。都知事は発表した。"
        assert row["marked_title"] == "都議会の<予算>"
        assert row["title"] == "都議会の予算"


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
            path.write_bytes(changed[harm])
        faults = search_faults(papers)
        if path.name != "meta.json" or harm != "flip":  # a digit of a count may say nothing
            assert faults, (path, harm)
        with suppress(AssertionError):  # other hits than there should be: only the doctor reads all checksums
            assert "hemeroteca rebuild --search" in (failure(papers, "haus OR council OR 予算") or faults[0])
        path.write_bytes(raw)
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


def test_a_notebook_searches_and_joins(papers: Home) -> None:
    table = hemeroteca.search("haus OR council", papers.root, language=("de", "en"), limit=5)
    assert table.column_names[:4] == ["place", "article_id", "version_id", "score"]
    assert sorted(url[-2:] for url in table["url"].to_pylist()) == ["de", "en"]
    with hemeroteca.open(papers.root) as connection:
        hemeroteca.hits(connection, "haus OR council")
        hemeroteca.hits(connection, "council", "narrower")
        rows = connection.execute("SELECT url FROM hits JOIN articles USING (article_id) ORDER BY place").fetchall()
        assert len(rows) == 2
        assert connection.sql("FROM hits SEMI JOIN narrower USING (version_id)").fetchall()[0][3] > 0
        publish_pages(papers, page("new", "A new city."))
        with hemeroteca.open(papers.root) as newer, pytest.warns(UserWarning, match="behind"):
            hemeroteca.hits(newer, "haus")
    with pytest.warns(UserWarning, match="behind"):
        hemeroteca.search("haus", papers.root)


def test_hits_join_where_queries_reach_no_files(papers: Home) -> None:
    with open_published(papers, guarded=True) as connection:
        assert add_hits(papers, connection, Asked("haus", limit=None)) is None
        assert connection.execute("SELECT url FROM hits JOIN articles USING (article_id)").fetchall()
