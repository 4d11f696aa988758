"""What a search finds in the published copy, and in what form."""

from datetime import date

import pytest

import hemeroteca
from articles.errors import BadInput
from tests.builders import NOON
from tests.searches import found
from tests.unit.warehouse.pages import page, publish_and_bring_up, publish_pages
from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.search.advice import advice
from warehouse.search.condition import search_faults
from warehouse.search.hits import Asked, add_hits, searching
from warehouse.search.index import Brought


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
        ("source:tag* language:th", ["th"]),
        ("domain:blatt*", []),
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
    for asked in (Asked("haus", sources=("nope",)), Asked("source:nope haus"), Asked("haus -source:nope")):
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


def test_a_phrase_ends_in_any_word_that_begins_so(home: Home) -> None:
    """However many words do: the library stops at fifty."""
    endings = [f"minis{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    publish_and_bring_up(home, *(page(word, f"The prime-{word} spoke.") for word in endings))
    assert sorted(found(home, "prime-minis*", limit=None)) == endings


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
