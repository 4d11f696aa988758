"""Paragraphs that the engine drops amid an article come back; what is set otherwise stays out."""

from datetime import UTC, datetime

from articles.dropped import with_dropped
from articles.extract import extract
from articles.limits import tree_of
from articles.model import Article, Page

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROSE = [
    f"The council of Zern counted {number} ferries on the lake on Tuesday, and nobody could say where they had gone."
    for number in range(11, 19)
]
LINKED = 'It also <a href="/plans">keeps the plans of the harbour and carries out the drills that go with them</a>.'
TEXT = "It also keeps the plans of the harbour and carries out the drills that go with them."


def page(*paragraphs: str) -> str:
    inner = "".join(f"<div class='block'><p class='text'>{text}</p></div>" for text in paragraphs)
    return f"<html><body><article><h1>Ferries</h1>{inner}</article></body></html>"


def restored(markup: str, lines: list[str]) -> list[str]:
    tree = tree_of(markup)
    assert tree is not None
    return with_dropped(tree, lines)


def test_a_sentence_that_is_mostly_a_link_is_in_the_text() -> None:
    found = extract(Page("https://gazette.example/ferries", page(*PROSE[:4], LINKED, *PROSE[4:]), NOW))
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == [*PROSE[:4], TEXT, *PROSE[4:]]


def test_it_comes_back_between_its_neighbours_alone() -> None:
    markup = page(*PROSE[:2], LINKED, *PROSE[2:4])
    assert restored(markup, PROSE[:4]) == [*PROSE[:2], TEXT, *PROSE[2:4]]
    assert restored(markup, [PROSE[0], PROSE[3]]) == [PROSE[0], PROSE[1], TEXT, PROSE[2], PROSE[3]]
    assert restored(page(*PROSE[:4], LINKED), PROSE[:4]) == PROSE[:4]
    assert restored(page(LINKED, *PROSE[:4]), PROSE[:4]) == PROSE[:4]


def test_a_link_a_heading_and_another_form_stay_out() -> None:
    for other in (
        "<div class='block'><p class='text'><a href='/x'>The harbour in pictures, from the first ferry to the last.</a></p></div>",
        "<div class='block'><p class='text'>The harbour in pictures</p></div>",
        "<div class='teaser'><p class='text'>The harbour in pictures, from the first ferry to the last.</p></div>",
        "<div class='block'><p class='note'>The harbour in pictures, from the first ferry to the last.</p></div>",
    ):
        before, after = page(*PROSE[:4]).split(f"<div class='block'><p class='text'>{PROSE[2]}")
        markup = f"{before}{other}<div class='block'><p class='text'>{PROSE[2]}{after}"
        assert restored(markup, PROSE[:4]) == PROSE[:4]


def test_the_title_of_a_live_blog_s_entry_comes_back_from_its_header() -> None:
    entries = [
        f"<article><header><time>0{n}:00</time><h2>Entry {n}</h2><p class='by'>Jane Doe</p></header><div>{two}</div></article>"
        for n, two in enumerate(["".join(f"<p>{line}</p>" for line in PROSE[i : i + 2]) for i in (0, 2)])
    ]
    assert restored(f"<html><body><h1>Ferries</h1>{''.join(entries)}</body></html>", PROSE[:4]) == [
        *PROSE[:2],
        "Entry 1",
        *PROSE[2:4],
    ]
