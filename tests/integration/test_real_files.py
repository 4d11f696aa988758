"""Every file of the folder beside the project goes through its own door: parsed, or refused with a reason and place."""

from pathlib import Path

import pytest

from articles.errors import BadInput
from flows.importing import import_files
from flows.request import ImportRequest
from flows.run import Run
from flows.settings import load_settings
from spiders.feeds import parse_feed
from spiders.sitemaps import parse_sitemap
from tests.conftest import SHARED
from warehouse.home import Home
from warehouse.imports.files import captures_in, reader_of
from warehouse.imports.options import Options, Unreadable
from warehouse.outcomes import NOT_HELD
from warehouse.reader import open_published

REAL = SHARED / "real"
WARCS = sorted(path for path in (REAL / "warc").glob("*")) if REAL.is_dir() else []
FEEDS = sorted((REAL / "feeds").glob("*")) if REAL.is_dir() else []
MAX_BODY = 16 << 20


@pytest.mark.parametrize("path", WARCS, ids=lambda path: path.name)
def test_an_archive_gives_its_pages_and_names_what_is_none(path: Path) -> None:
    assert reader_of(path)
    for found in captures_in(path, Options()):
        if isinstance(found, Unreadable):
            assert found.reason
            assert found.detail
            assert path.name in str(found)
        else:
            assert found.url
            assert found.body or found.original or found.status != 200


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_is_parsed_or_refused_with_its_address(path: Path) -> None:
    url = f"https://feeds.example/{path.name}"
    told = None
    try:
        feed = parse_feed(path.read_bytes(), url)
    except BadInput as error:
        told = str(error)
    if told is None:
        assert feed.kind in ("rss", "atom", "json")
        assert all(entry.url for entry in feed.entries)
    else:
        assert url in told


def test_a_sitemap_in_use_is_parsed(shared: Path) -> None:
    for path in sorted((shared / "real" / "sitemaps").iterdir()):
        found = parse_sitemap(path.read_bytes(), "https://maps.example/", MAX_BODY)
        assert found.entries
        assert found.fault is None


def imported(home: Home, *paths: Path) -> dict[str, tuple[str, str | None]]:
    import_files(Run(home, load_settings(home), "import", {}), ImportRequest(paths))
    with open_published(home) as reader:
        rows = reader.execute("SELECT url, record_type, outcome, reason FROM captures").fetchall()
    return {f"{kind} {url}": (outcome, reason) for url, kind, outcome, reason in rows}


def test_a_revisit_in_one_file_is_resolved_by_the_original_in_another(home: Home, shared: Path) -> None:
    warcs = shared / "real" / "warc"
    alone = imported(home, warcs / "pywb-example-url-agnostic-revisit.warc.gz")
    ((name, outcome),) = alone.items()
    assert outcome == ("failed", NOT_HELD)
    both = imported(home, warcs / "pywb-example-url-agnostic-orig.warc.gz")
    assert len(both) == 2
    assert both[name] != ("failed", NOT_HELD)
    assert len(set(both.values())) == 1, "the same page, the same outcome"


def test_all_of_them_in_one_import(home: Home, shared: Path) -> None:
    found = imported(home, shared / "real" / "warc")
    assert len(found) > 30
    assert all(outcome == "article" or reason for outcome, reason in found.values())
