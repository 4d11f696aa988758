"""The demo, and what a careful reader expects of its newspapers."""

from pathlib import Path

import pytest

from examples.newspapers.expected import OTHERS, articles
from examples.newspapers.server import Server
from flows.commands.demo import demo_home
from flows.settings import load_settings
from tests.end_to_end.command import answer, hemeroteca, rows
from warehouse.home import Home
from warehouse.store import opened

MONTHS = ("--from", "2026-08-01", "--to", "2026-11-30")

FIRE = "https://tagblatt.example/lokales/brand-alte-maelzerei-104381.html"

PHOTOS = """
    SELECT a.url, p.caption, p.credit FROM photos p JOIN articles a USING (version_id)
    WHERE p.caption IS NOT NULL OR p.credit IS NOT NULL ORDER BY a.url, p.position"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """All that the first edition of the papers lists."""
    with Server(edition=1) as server:
        home = demo_home(tmp_path_factory.mktemp("papers"), server)
        hemeroteca("ingest", "--home", home.root)
        hemeroteca("backfill", "tagblatt", *MONTHS, "--home", home.root)
        return home


def test_the_demo_ends_with_queries_and_their_answers(demo: Home, demo_said: str) -> None:
    for words in ("What became of every address", "robots", "http 410", "section", "FROM photos", "FROM revisions"):
        assert words in demo_said
    assert rows(demo, "SELECT count(*) >= 60 AS enough FROM articles") == [{"enough": True}]
    assert "headline; also text: 366 characters added, 18 removed; paragraphs: 1 added, 3 unchanged" in demo_said


def test_the_demo_leaves_an_archive_for_papers_of_ones_own(demo: Home) -> None:
    settings = load_settings(demo)
    assert (settings.network.delay, settings.network.hosts) == (5.0, {})
    assert [source.active for source in settings.sources.values()] == [False] * 3


def test_the_demo_goes_into_no_archive_that_is_there(demo: Home) -> None:
    before = demo.settings.read_bytes()
    told = hemeroteca("demo", "--folder", demo.root, code=4).stderr
    assert "name a new folder" in told
    assert demo.settings.read_bytes() == before


def test_the_article_that_was_updated_has_two_versions_and_a_readable_difference(tmp_path: Path) -> None:
    with Server(edition=1) as server:
        home = demo_home(tmp_path / "papers", server)
        hemeroteca("ingest", "tagblatt", "--home", home.root)
        server.edition = 2
        hemeroteca("ingest", "tagblatt", "--home", home.root)
    changed = rows(home, "SELECT url, number, kind, changed FROM revisions WHERE kind IS NOT NULL")
    assert changed == [{"url": FIRE, "number": 2, "kind": "headline", "changed": ["title", "text"]}]
    told = hemeroteca("diff", FIRE, "--home", home.root).stdout.splitlines()
    assert told[0] == FIRE
    assert told[told.index("headline") + 1] == (
        "  [-Dachstuhl -]{+Feuer in +}der alten Mälzerei [-in Flammen-]{+ist gelöscht, der Giebel verloren+}"
    )
    text = told.index("text")
    assert told[text + 1] == "  … 3 paragraphs unchanged …"
    assert told[text + 2].startswith("  {+Am Donnerstagmorgen meldete die Feuerwehr, alle Glutnester seien gelöscht.")
    assert told[text + 2].endswith("+}")
    assert answer("diff", FIRE, "--home", home.root)["changed"] == ["title", "text"]
    as_of = f"SELECT title FROM articles_as_of((SELECT held_from FROM revisions WHERE url = '{FIRE}' AND number = 1))"
    assert {"title": "Dachstuhl der alten Mälzerei in Flammen"} in rows(home, as_of)


def test_every_article_is_there_under_its_title(everything: Home) -> None:
    found = {row["url"]: row["title"] for row in rows(everything, "SELECT url, title FROM articles")}
    assert found == {url: article.title for url, article in articles(1).items()}


def test_most_texts_photos_and_days_are_those_of_the_editors(everything: Home) -> None:
    """Golden pages test the rules one by one; here a floor shows that the line as a whole keeps what they give."""
    with opened(everything) as store:
        texts = dict(store.rows("SELECT url, replace(text, e'\\n\\n', e'\\n') FROM articles"))
        days = dict(store.rows("SELECT url, published_date FROM articles"))
        photos: dict[object, list[object]] = {}
        for url, *words in store.rows(PHOTOS):
            photos.setdefault(url, []).append(tuple(words))
    expected = articles(1)
    assert sum(texts[url] == a.text.replace("\n\n", "\n") for url, a in expected.items()) >= 54
    assert sum(days[url] == a.published_day for url, a in expected.items()) >= 63
    assert sum(photos.get(url, []) == [(p.caption, p.credit) for p in a.photos] for url, a in expected.items()) >= 63


def test_the_agency_story_that_three_papers_print_is_one_cluster(everything: Home) -> None:
    printed = rows(
        everything, "SELECT agency, source, kind, share, delay::VARCHAR AS delay FROM wire_copy ORDER BY delay"
    )
    assert [(row["agency"], row["source"], row["kind"], row["delay"]) for row in printed] == [
        ("dpa", "tagblatt", "exact", "00:00:00"),
        ("dpa", "courier", "exact", "00:15:00"),
        ("dpa", "meridian", "near", "07:05:00"),
    ]
    assert [row["share"] for row in printed[:2]] == [1.0, 1.0]
    assert 0.8 < printed[2]["share"] < 0.9
    assert rows(everything, "SELECT articles, domains, agencies FROM clusters") == [
        {"articles": 3, "domains": 3, "agencies": ["dpa"]}
    ]


def test_weather_reports_from_one_template_stay_apart(everything: Home) -> None:
    reports = rows(everything, "SELECT cluster_size FROM articles WHERE title LIKE 'Coastal forecast%'")
    assert [row["cluster_size"] for row in reports] == [1] * len(reports)
    assert len(reports) >= 4
    shared = (
        "FROM copies JOIN articles ON article_id IN (article_one, article_other) WHERE title LIKE 'Coastal forecast%'"
    )
    assert rows(everything, f"SELECT count(*) AS n {shared}") == [{"n": 0}]


def test_every_other_address_has_its_outcome(everything: Home) -> None:
    found = {
        row["url"]: (row["outcome"], row["reason"], row["final_url"])
        for row in rows(everything, "SELECT url, outcome, reason, final_url FROM captures")
    }
    for other in OTHERS:
        expected = {
            "redirect": ("article", None, other.target),
            "not_found": ("failed", "http 404", other.url),
            "gone": ("failed", "http 410", other.url),
            "section": ("skipped", "section", other.url),
            "robots": ("skipped", "robots", other.url),
        }[other.outcome]
        assert found[other.url] == expected
