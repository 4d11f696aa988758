"""Two hundred paragraphs that look like captions, credits and furniture, and are text."""

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from articles.extract import extract
from articles.model import Article, Page

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEMPLATES = [
    line
    for line in Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
NAMES = [("Ada Quill", "Zern"), ("Ivo Hals", "Ostmoor"), ("Mira Stahl", "Bad Lindenau"), ("Jan de Wit", "New Ostmoor")]
PARAGRAPHS = [
    line.format(person=person, town=town) for line, (person, town) in zip(TEMPLATES, cycle(NAMES), strict=False)
]
PROSE = [
    f"The council of the town counted {n * 7} ferries on the lake on Tuesday, and the clerk asked where they went."
    for n in range(1, 6)
]


def text_of(content: str, media_type: str) -> str:
    found = extract(Page("https://gazette.example/ferries", content, NOW, media_type=media_type))
    assert isinstance(found, Article)
    return found.text


def test_there_are_two_hundred() -> None:
    assert len(set(PARAGRAPHS)) == 200


@pytest.mark.parametrize("line", PARAGRAPHS, ids=[f"{n:03}" for n in range(len(PARAGRAPHS))])
def test_a_paragraph_of_the_text_stays(line: str) -> None:
    figure = '<figure><img src="/a.jpg" alt="A ferry"><figcaption>A ferry on the lake. Photo: Lars Hemm/AFP</figcaption></figure>'
    middle = "".join(f"<p>{text}</p>" for text in (*PROSE[:2], line, *PROSE[2:]))
    beside = (
        "".join(f"<p>{text}</p>" for text in PROSE[:2]) + figure + "".join(f"<p>{t}</p>" for t in (line, *PROSE[2:]))
    )
    head = '<html><head><title>Ferries</title><meta property="og:type" content="article"></head><body><article><h1>Ferries</h1>'
    for body in (middle, beside):
        assert line in text_of(f"{head}{body}</article></body></html>", "text/html")
    assert line in text_of("\n\n".join((*PROSE[:2], line, *PROSE[2:])), "text/plain")
