"""Hostile pages, feeds, sitemaps and robots files in one ingest with good pages. `make hostile` does more of it."""

import pytest

from tests.hostile import own
from tests.hostile.trial import Trial, run

GOOD = 30


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = tmp_path_factory.mktemp("hostile")
    own.write(folder)
    return run(folder, tmp_path_factory.mktemp("home"), GOOD, own.SECRET)


def test_every_page_has_an_outcome_and_every_other_one_than_an_article_a_reason(trial: Trial) -> None:
    assert trial.outcomes.keys() >= {"deep.html", "wide.html", "surrogate.html", "bomb.gz.html"}
    assert not [name for name, (kind, reason) in trial.outcomes.items() if kind != "article" and not reason]


def test_the_good_pages_among_them_are_articles(trial: Trial) -> None:
    assert trial.good == {"article": GOOD}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("deep.html", ("article", None)),
        ("deep-lists.html", ("article", None)),
        ("very-deep.html", ("quarantined", "elements")),
        ("attributes.html", ("quarantined", "attributes")),
        ("one-word.html", ("quarantined", "text-node")),
        ("surrogate.html", ("article", None)),
        ("title-list.html", ("article", None)),
        ("date-far.html", ("article", None)),
        ("nul.html", ("article", None)),
        ("bomb.gz.html", ("failed", "too-large")),
        ("empty.html", ("skipped", "empty")),
    ],
)
def test_a_hostile_page_is_what_it_is(trial: Trial, name: str, outcome: tuple[str, str | None]) -> None:
    assert trial.outcomes[name] == outcome


def test_a_claim_on_another_papers_address_is_only_a_claim(trial: Trial) -> None:
    assert trial.outcomes["canonical.html"] == ("article", None)
    assert "their-story" not in trial.outcomes


def test_feeds_and_sitemaps_say_what_was_wrong_with_them(trial: Trial) -> None:
    assert "100000 entries" in trial.visits["sitemap-long.xml"]
    assert all(trial.visits[name] != "ok" for name in ("feed-laughs.xml", "feed-reads.xml", "sitemap-bomb.xml"))


def test_no_file_of_this_machine_is_read(trial: Trial) -> None:
    assert not trial.leaks


def test_memory_stays_within_its_bounds(trial: Trial) -> None:
    assert 0 < trial.worker_mb < 1024
    assert trial.parent_mb < 600
