import pytest

from flows.completion import Known, candidates
from warehouse.catalogue import Column, Relation


def relation(name: str, *columns: str, kind: str = "view") -> Relation:
    return Relation(name, kind, None, tuple(Column(column, "VARCHAR", None) for column in columns))


KNOWN = Known(
    {
        "articles": relation("articles", "article_id", "title", "text", "source"),
        "articles_as_of": relation("articles_as_of", "ts", kind="macro"),
        "photos": relation("photos", "credit", "caption", kind="table"),
        "sources": relation("sources", "source", "zone", kind="table"),
    },
    (("select", "keyword"), ("similar", "keyword"), ("table", "keyword"), ("title_case", "function")),
    (".tables", ".schema"),
)


def offered(before: str, after: str = "") -> list[str]:
    return [text for text, _ in candidates(before, before + after, KNOWN)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("sel", "", ["select"]),
        ("SEL", "", ["SELECT"]),
        ("SELECT * FROM ", "", ["articles", "articles_as_of(", "photos", "sources"]),
        ("SELECT * FROM art", "", ["articles", "articles_as_of("]),
        ("select *\nfrom articles a\njoin ph", "", ["photos"]),
        ("SELECT * FROM articles, s", "", ["sources"]),
        ("SELECT * FROM articles WHERE t", "", ["title", "text", "table", "title_case"]),
        ("SELECT c", " FROM photos", ["credit", "caption"]),
        ("SELECT a.t", " FROM articles AS a JOIN photos p USING (version_id)", ["title", "text"]),
        ("SELECT p.", " FROM articles a, photos p", ["credit", "caption"]),
        ("SELECT articles.ti", " FROM articles", ["title"]),
        ("SELECT q.", " FROM articles a", []),
        (".t", "", [".tables"]),
        (".schema so", "", ["sources"]),
    ],
)
def test_what_can_stand_there_is_offered(before: str, after: str, expected: list[str]) -> None:
    assert offered(before, after) == expected
