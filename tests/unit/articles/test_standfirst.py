"""The paragraph between headline and text."""

import pytest

from articles import decode
from articles.metadata import Metadata
from articles.standfirst import with_standfirst

TITLE = "Ferries return to the lake"
FIRST = "The council of Zern voted on Tuesday, after a debate of four hours, to bring the ferries back to the lake."
SENTENCE = "After nine years without a boat the villages of the eastern shore are to be served twice an hour again."
WORDS = "Villages of the eastern shore to be served twice an hour again"


def opened(between: str, heading: str = f"<h1>{TITLE}</h1>") -> list[str]:
    page = (
        f"<html><body><article>{heading}{between}<div><p>{FIRST}</p><p>{FIRST} Twice.</p></div></article></body></html>"
    )
    facts = Metadata(title=TITLE, title_keys=("ferriesreturntothelake",))
    return with_standfirst(decode.parse(page), [FIRST, f"{FIRST} Twice."], facts)


@pytest.mark.parametrize(
    ("between", "found"),
    [
        (f"<p>{SENTENCE}</p>", SENTENCE),
        (f"<div class='node__subtitle'>{WORDS}</div>", WORDS),
        (f"<div class='article-lead'><div><p>{WORDS}</p></div></div>", WORDS),
        (f"<h2>{WORDS}</h2>", WORDS),
        (f"<header class='top'><img src='a.jpg'><p class='standfirst'>{SENTENCE}</p></header>", SENTENCE),
        (f"<p>{WORDS}</p>", None),
        (f"<figure><img src='a.jpg'><p>{SENTENCE}</p></figure>", None),
        (f"<div><img src='a.jpg'><span class='slide-description'><p>{SENTENCE}</p></span></div>", None),
        (f"<img src='a.jpg'><p>{SENTENCE}</p>", None),
        (f"<div class='photo-caption'>{SENTENCE}</div>", None),
        (f"<div class='related'><p>{SENTENCE}</p></div>", None),
        (f"<ul><li>{SENTENCE}</li></ul>", None),
        (f"<p><a href='/other'>{SENTENCE}</a></p>", None),
        ("<p class='intro'>By Matthew Digby and Ada Lind on Monday, November 18th, 2019 at 11:08 a.m.</p>", None),
        (
            "<p>This post may contain affiliate links. Please read our disclosure policy before you buy anything.</p>",
            None,
        ),
        (f"<p class='excerpt'>{WORDS} ...</p>", None),
        (f"<p class='lead'>{FIRST}</p>", None),
        ("<p>Opinions expressed by contributors of the Zern Gazette are their own and nobody else's.</p>", None),
    ],
)
def test_it_is_known_by_its_name_or_as_a_sentence_in_its_place(between: str, found: str | None) -> None:
    assert opened(between)[0] == (found or FIRST)


def test_a_page_may_have_its_headline_in_another_heading() -> None:
    assert (
        opened(f"<p>{SENTENCE}</p>", f"<h1>The Zern Gazette</h1><p>{SENTENCE[::-1]}.</p><h3>{TITLE}</h3>")[0]
        == SENTENCE
    )


def test_what_stands_before_the_headline_is_none() -> None:
    assert opened("", f"<p class='lead'>{SENTENCE}</p><h1>{TITLE}</h1>")[0] == FIRST
