"""`source list`, and what the views say of a source's groups."""

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.console import out
from flows.run import Run
from flows.settings import load_settings
from flows.sources import state_configured
from tests.builders import article, shown
from tests.unit.warehouse.loads import STAMP, load
from warehouse.events import load_journal
from warehouse.home import Home
from warehouse.store import opened

SETTINGS = """
[sources.tagblatt]
name = "Tagblatt"
url = "https://tagblatt.example/"
country = "DE"
media_type = "newspaper"
collections = ["north", "local"]
[sources.courier]
name = "Courier"
url = "https://courier.example/"
collections = ["[red]north"]
[sources.wire]
name = "Wire"
url = "https://wire.example/"
media_type = "agency"
"""
GROUPS = "source, country, media_type, collections"
VIEWS = ("articles", "unique_articles", "coverage", "collection_log", "source_health", "articles_as_of(now())")


@pytest.fixture
def papers(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(out, "_width", 160)  # it was made when the terminal was another
    home.settings.write_text(SETTINGS, encoding="utf-8")
    return home


def told(home: Home, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["source", "list", *arguments, "--home", str(home.root)])
    assert done.exit_code == code, done.output
    return done.output


def listed(home: Home, *arguments: str) -> list[str]:
    return [row["source"] for row in json.loads(told(home, *arguments, "--json"))]


def test_newspapers_stand_in_each_of_their_collections(papers: Home) -> None:
    lines = told(papers).splitlines()
    shown = [
        line.split("│")[1].strip() if line.startswith("│") else line.strip() for line in lines if line[0] not in "┏┡└┃"
    ]
    assert shown == ["[red]north", "courier", "local", "tagblatt", "north", "tagblatt", "in no collection", "wire"]


def test_a_collection_is_listed_alone(papers: Home) -> None:
    assert "wire" not in told(papers, "--collection", "north")
    assert listed(papers, "--collection", "north") == ["tagblatt"]
    assert listed(papers, "--collection", "local", "--collection", "north", "--collection", "[red]north") == [
        "tagblatt",
        "courier",
    ]
    assert listed(papers) == ["tagblatt", "courier", "wire"]


def test_a_collection_that_nobody_is_in_is_named_with_those_there_are(papers: Home) -> None:
    assert "(known: [red]north, local, north)" in told(papers, "--collection", "south", code=4).replace("\n", " ")


def test_sitemaps_of_past_months_are_counted_apart(home: Home) -> None:
    home.settings.write_text(
        '[sources.a]\nname = "A"\nurl = "https://a.example/"\nsitemaps = ["https://a.example/news.xml"]\n'
        'archive_sitemaps = ["https://a.example/1.xml", "https://a.example/2.xml"]\n',
        encoding="utf-8",
    )
    row = next(line for line in told(home).splitlines() if line.startswith("│"))
    assert [cell.strip() for cell in row.strip("│").split("│")][5:8] == ["0", "1", "2"]


def test_without_collections_there_is_one_table(home: Home) -> None:
    home.settings.write_text('[sources.a]\nname = "A"\nurl = "https://a.example/"\n', encoding="utf-8")
    assert "in no collection" not in told(home)


def test_the_views_follow_the_settings_at_each_run(papers: Home) -> None:
    load(papers, [shown(article())])

    def run() -> None:
        state_configured(Run(papers, load_settings(papers), "ingest", {}))
        with opened(papers) as store:
            load_journal(store, papers.archive, STAMP)

    def groups() -> set[tuple[object, ...]]:
        with opened(papers) as store:
            asked = [f"SELECT {GROUPS}::VARCHAR AS collections FROM {view} WHERE source = 'tagblatt'" for view in VIEWS]
            return {row for query in asked for row in store.rows(query) or [(query,)]}

    assert groups() == {
        ("tagblatt", None, None, None),
        (f"SELECT {GROUPS}::VARCHAR AS collections FROM source_health WHERE source = 'tagblatt'",),
    }
    run()
    assert groups() == {("tagblatt", "DE", "newspaper", "[north, local]")}
    papers.settings.write_text(
        SETTINGS.replace('"north", "local"', '"south"').replace('"DE"', '"AT"'), encoding="utf-8"
    )
    run()
    assert groups() == {("tagblatt", "AT", "newspaper", "[south]")}
