"""What a search index holds, to compare it with one that is made anew."""

from warehouse.home import Home
from warehouse.reader import open_published
from warehouse.search.fields import DIGEST
from warehouse.search.folder import open_index
from warehouse.search.hits import Asked, searching
from warehouse.search.index import ids_at, rebuild_search
from warehouse.search.query import everything

Contents = set[tuple[str, str, int]]


def contents(home: Home) -> Contents:
    """Article, version, and a digest of all that is indexed of it."""
    searcher = open_index(home).searcher()
    places = [place for _, place in searcher.search(everything(), limit=max(1, searcher.num_docs)).hits]
    digests = [int(str(value)) for value in searcher.fast_field_values(DIGEST, places)]
    found = [(*ids, digest) for ids, digest in zip(ids_at(searcher, places), digests, strict=True)]
    assert len(found) == len(set(found)) == len({article for article, _, _ in found})
    return set(found)


def search_differences(home: Home) -> list[str]:
    """How the index of a home differs from the one that a rebuild makes; it is made anew by this."""
    before = contents(home)
    rebuild_search(home)
    return [f"the search index differs in {key}" for key in before ^ contents(home)]


def found(home: Home, words: str, **asked: object) -> list[str]:
    """The names of the pages that a search finds, best first."""
    with open_published(home) as connection, searching(home, connection) as search:
        hits = search.find(Asked(words, **asked)).hits  # type: ignore[arg-type]
        assert search.ids(Asked(words, **asked)).hits["article_id"].to_pylist() == hits["article_id"].to_pylist()  # type: ignore[arg-type]
        return [url.rpartition("/")[2] for url in hits["url"].to_pylist()]
