import json
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console
from typer.testing import CliRunner

from articles.errors import BadInput
from articles.model import Photo
from flows.cli import app
from flows.commands import differences
from flows.differences import at, chosen
from tests.builders import NOON, URL, article, entry, shown
from tests.unit.warehouse.loads import load
from warehouse.history import History, history
from warehouse.home import Home
from warehouse.outcomes import without_reading
from warehouse.publish import publish
from warehouse.reader import open_published

HOUR = timedelta(hours=1)
TEXT = "The council passed the budget on Friday.\n\nIt took nine hours.\n\nIt rained all day.\n\nNobody left the hall."
FIRST = article(text=TEXT, updates=())
SECOND = article(
    title="Council rejects budget",
    text=TEXT.replace("passed", "rejected").replace("It took nine hours.\n\n", "") + "\n\nIt took nine hours.",
    authors=("Ada Brandt", "Ben Roth"),
    photos=(Photo(0, "The town hall", "dpa", "dpa", None, None),),
    updates=(),
)
THIRD = article(
    title="COUNCIL REJECTS BUDGET", text=SECOND.text, authors=SECOND.authors, photos=SECOND.photos, updates=()
)


@pytest.fixture
def papers(home: Home) -> Home:
    """An article in three versions, then gone."""
    gone = without_reading(entry(URL, NOON + 3 * HOUR, "sha256:" + "f" * 64, status=404))
    assert gone is not None
    shows = [shown(page, NOON + n * HOUR, str(n)) for n, page in enumerate((FIRST, SECOND, THIRD))]
    load(home, [*shows, gone, shown(article(url="https://tagblatt.example/one", updates=()), NOON, "9")])
    publish(home, "load", "0.1.0", NOON)
    return home


def told(home: Home, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["diff", *arguments, "--home", str(home.root)])
    assert done.exit_code == code, done.output
    return done.output


def test_a_pipe_shows_words_marked_in_place(papers: Home) -> None:
    assert told(papers, URL).splitlines() == [
        URL,
        "  1 of 4: 2026-11-20 12:00:00 UTC to 2026-11-20 13:00:00 UTC",
        "  2 of 4: 2026-11-20 13:00:00 UTC to 2026-11-20 14:00:00 UTC",
        "",
        "headline",
        "  Council [-passes-]{+rejects+} budget",
        "",
        "authors",
        "  Ada Brandt{+, Ben Roth+}",
        "",
        "text",
        "  The council [-passed-]{+rejected+} the budget on Friday.",
        "  … 2 paragraphs unchanged …",
        "  ↕ moved here: It took nine hours.",
        "",
        "photos",
        "  The town hall / [-Lena Ostrow/AFP-]{+dpa+}",
        "",
        "headline; also text, photos, authors: 39 characters added, 48 removed; paragraphs: 1 changed, 1 moved, 2 unchanged",
    ]


def test_a_terminal_shows_them_in_colours(papers: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(force_terminal=True, width=60, color_system="standard", record=True, file=None)
    monkeypatch.setattr(differences, "out", terminal)
    differences.diff(papers.root, URL, None, None, False)
    styled = terminal.export_text(styles=True, clear=False)
    assert "\x1b[9;31mpasses\x1b[0m\x1b[4;32mrejects\x1b[0m" in styled
    assert "[-" not in styled
    assert max(map(len, terminal.export_text().splitlines())) <= 60


def test_versions_are_chosen_by_number_and_by_time(papers: Home) -> None:
    with open_published(papers) as connection:
        found = history(connection, URL)

    def numbers(start: str | None = None, end: str | None = None) -> tuple[int, int]:
        before, after = chosen(found, start, end)
        return before.number, after.number

    assert numbers() == (1, 2)  # what came after is cosmetic
    assert numbers("2") == (2, 3)
    assert numbers(end="3") == (2, 3)
    assert numbers("1", "3") == (1, 3)
    assert numbers("3", "1") == (3, 1)
    assert numbers("2026-11-20T12:59:59", "2026-11-20T14:30+01:00") == (1, 2)
    assert numbers("2026-11-20 12:00Z", "2027-01-01") == (1, 3)  # the last that was seen
    for asked, words in {
        "9": "no version 9",
        "4": "it was gone from 2026-11-20 15:00:00 UTC",
        "2026-11-19": "not seen before 2026-11-20 12:00:00 UTC",
        "yesterday": "neither a version's number nor a time",
    }.items():
        with pytest.raises(BadInput, match=words):
            at(found, asked)
    with pytest.raises(BadInput, match="is the first"):
        chosen(found, None, "1")


def test_cosmetics_are_shown_where_nothing_else_changed(home: Home) -> None:
    load(home, [shown(SECOND, NOON, "1"), shown(THIRD, NOON + HOUR, "2")])
    publish(home, "load", "0.1.0", NOON)
    assert "cosmetic in title: 20 characters added, 20 removed; paragraphs: 4 unchanged" in told(home, URL)


def test_json_holds_all_of_it(papers: Home) -> None:
    found = json.loads(told(papers, URL, "--from", "1", "--to", "2", "--json"))
    assert (found["kind"], found["changed"]) == ("headline", ["title", "text", "photos", "authors"])
    assert found["from"]["number"] == 1
    assert found["to"]["held_from"] == found["from"]["held_until"] == "2026-11-20T13:00:00+00:00"
    assert found["headline"][1:3] == [{"kind": "removed", "text": "passes"}, {"kind": "added", "text": "rejects"}]
    assert [passage["kind"] for passage in found["text"]] == ["changed", "same", "same", "moved"]
    assert found["description"] is None


def test_an_address_that_is_not_held_is_told_with_the_nearest(papers: Home) -> None:
    output = told(papers, URL.replace("17", "18"), code=4)
    assert f"no article is held at {URL.replace('17', '18')}; the nearest are:\n  {URL}\n" in output
    assert "is the first" in told(papers, URL, "--to", "1", code=4)


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_scheme_and_final_slash_make_no_difference(papers: Home, scheme: str, slash: str) -> None:
    assert told(papers, f"{scheme}{URL.removeprefix('https')}{slash}").startswith(f"{URL}\n")


def test_an_address_that_could_be_two_articles_is_none(home: Home) -> None:
    load(home, [shown(article(url=f"https://tagblatt.example/a{end}"), NOON, f"1{end}") for end in ("", "/")])
    publish(home, "load", "0.1.0", NOON)
    assert "no article is held at http://tagblatt.example/a" in told(home, "http://tagblatt.example/a", code=4)


def test_a_newspaper_that_is_not_held_is_told_so(papers: Home) -> None:
    said = told(papers, "https://tagblat.example/one", code=4)
    assert "no article is held at https://tagblat.example/one, nor any of tagblat.example" in said
    assert "did you mean tagblatt.example?" in said
    assert "the nearest are" not in said
    assert "did you mean" not in told(papers, "https://nothing-of-the-kind.test/one", code=4)


def test_a_day_is_meant_from_its_start_to_its_end(home: Home) -> None:
    pages = ((FIRST, NOON), (SECOND, NOON + 24 * HOUR), (THIRD, NOON + 48 * HOUR))
    load(home, [shown(page, at, str(n)) for n, (page, at) in enumerate(pages)])
    publish(home, "load", "0.1.0", NOON)
    with open_published(home) as connection:
        found = history(connection, URL)
    asked = {
        ("2026-11-20", "2026-11-21"): [1, 2],
        ("2026-11-21", "2026-11-21"): [1, 2],
        ("2026-11-22", "2026-11-22"): [2, 3],
        ("2026-11-22", "2026-11-22T11:00"): [2, 2],
        (None, "2026-11-21"): [1, 2],
        ("20261120", "20261121"): [1, 2],
        ("2026-11-21", "9999-12-31"): [1, 3],
    }
    for (start, end), numbers in asked.items():
        assert [period.number for period in chosen(found, start, end)] == numbers, (start, end)
    with pytest.raises(BadInput, match="not seen before"):
        at(found, "2026-11-19", of_day="end")


def test_an_address_that_shows_no_article_is_told_so(home: Home) -> None:
    gone = without_reading(entry(URL, NOON, "sha256:" + "f" * 64, status=404))
    assert gone is not None
    load(home, [gone])
    publish(home, "load", "0.1.0", NOON)
    assert "is held, but is no article (failed: http 404); no article is held yet" in told(home, URL, code=4)


def test_one_version_is_nothing_to_compare(papers: Home) -> None:
    output = told(papers, "https://tagblatt.example/one", code=4)
    assert "has one version, held since 2026-11-20 12:00:00 UTC: nothing to compare" in output


def test_an_address_that_redirects_to_the_article_will_do(home: Home) -> None:
    second = shown(SECOND, NOON, "2")
    second = replace(second, entry=replace(second.entry, url="https://tagblatt.example/old"))
    load(home, [shown(FIRST, NOON + HOUR, "1"), second])
    publish(home, "load", "0.1.0", NOON)
    with open_published(home) as connection:
        found = history(connection, "https://tagblatt.example/old")
    assert isinstance(found, History)
    assert (found.url, len(found.periods)) == (URL, 2)


def test_what_a_page_holds_cannot_rewrite_the_screen(home: Home) -> None:
    load(home, [shown(FIRST, NOON, "1"), shown(article(title="[bold]\x1b[2J", text=TEXT), NOON + HOUR, "2")])
    publish(home, "load", "0.1.0", NOON)
    output = told(home, URL)
    assert "\x1b" not in output
    assert "{+[bold]\\x1b[2J+}" in output
