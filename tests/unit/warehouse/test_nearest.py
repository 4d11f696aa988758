"""Which articles share text with one."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from articles.errors import NoHome
from flows.cli import app
from tests.builders import NOON, article, shown
from tests.properties.test_linking import link_all, text
from tests.unit.warehouse.loads import STAMP, load
from warehouse.home import Home
from warehouse.linking.nearest import nearest
from warehouse.publish import publish
from warehouse.reader import open_published

STORY = text(1, 2, 3, 4, 5, 6)
TEXTS = {
    "whole": STORY,
    "cut": text(1, 2, 3, 4),
    "background": text(7, 8, 9, 10, 3, 4, 11),
    "other": text(12, 13, 14, 15),
}


@pytest.fixture
def archive(home: Home) -> Home:
    outcomes = [
        shown(
            article(url=f"https://tagblatt.example/{name}", text=words), NOON + timedelta(days=90 * number), f"{number}"
        )
        for number, (name, words) in enumerate(TEXTS.items())
    ]
    load(home, outcomes)
    link_all(home)
    publish(home, STAMP.load_id, "test", NOON)
    return home


def near(home: Home, words: str, without: str | None = None) -> list[tuple[str, str | None]]:
    with open_published(home) as published:
        found = nearest(home, published, words, most=10, passages=1, without=without)
    return [(one.url.rsplit("/", 1)[1], one.likeness.kind) for one in found]


def test_the_nearest_come_first_whenever_they_were_published(archive: Home) -> None:
    assert near(archive, STORY) == [("whole", "exact"), ("cut", "near"), ("background", "derived")]
    assert near(archive, STORY.upper())[0] == ("whole", "exact")
    assert near(archive, text(20, 21, 22, 23)) == []


def test_an_article_is_not_near_itself(archive: Home) -> None:
    with open_published(archive) as published:
        ((own,),) = published.execute("SELECT article_id FROM articles WHERE url LIKE '%/whole'").fetchall()
    assert near(archive, STORY, without=own) == [("cut", "near"), ("background", "derived")]


def test_what_they_share_is_shown_in_the_words_of_the_other(archive: Home) -> None:
    with open_published(archive) as published:
        found = nearest(archive, published, STORY, most=10, passages=1)
    background = next(one for one in found if one.url.endswith("background"))
    (passage,) = background.passages
    assert passage == " ".join(text(3, 4).split())


@pytest.mark.parametrize(("words", "told"), [(35, True), (40, False)])
def test_a_text_too_short_to_be_compared_is_told_so(archive: Home, tmp_path: Path, words: int, told: bool) -> None:
    (tmp_path / "note.txt").write_text("An excerpt\n\n" + " ".join(f"word{n}" for n in range(words)) + ".")
    archive.settings.touch()
    done = CliRunner().invoke(app, ["similar", str(tmp_path / "note.txt"), "--home", str(archive.root)])
    assert done.exit_code == 0, done.output
    assert ("too short to be compared: 40 are the least" in done.output) is told


def test_an_archive_in_which_nothing_was_compared_says_so(home: Home) -> None:
    load(home, [])
    publish(home, STAMP.load_id, "test", NOON)
    with pytest.raises(NoHome, match="nothing has been compared"):
        near(home, STORY)
