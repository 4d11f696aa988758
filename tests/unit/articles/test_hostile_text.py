"""Text made to make a rule slow, or to come out as something else."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from articles import (
    authors,
    boilerplate,
    captionline,
    creditline,
    dates,
    daylines,
    metadata,
    photos,
    roles,
    textform,
    titles,
    urls,
)
from articles.errors import BadUrl
from articles.layout import Line
from articles.metadata import Metadata
from tests.builders import NOON

LONG = 400_000
"""Characters that a rule in the square of them would take minutes for, and run into the limit of every test."""

RUNS = [
    "a",
    " ",
    "1",
    "A b ",
    " - ",
    ": ",
    "| ",
    "(",
    "[(",
    "© ",
    "Foto: ",
    "(Foto) ",
    "by ",
    " and ",
    "@",
    "./",
    "é\u0301\u0316",
]
RUNS += [
    "12/",
    "2026-01-01 ",
    "January 1, ",
    "2026年",
    "<b ",
    "</",
    "\n",
    "\t ",
    "、",
    "“",
    "a.",
    "https://",
    "=",
    "\x00",
]


def refused_or_not(text: str) -> None:
    with suppress(BadUrl):
        urls.normalise(f"https://tagblatt.example/{text}")


RULES: dict[str, Callable[[str], object]] = {
    "clean_line": textform.clean_line,
    "squeeze": textform.squeeze,
    "title": lambda text: titles.title(text, text + "x", text[1:], f"Council - {text}", [text[:80], "Tagblatt"]),
    "authors": lambda text: authors.people([("", text)] * 6, ["Tagblatt"]),
    "newsroom": lambda text: authors.newsroom([("", text)] * 6),
    "byline": lambda text: authors.signed([f"By {text}"] * 4),
    "date": lambda text: [dates.moment(form % text, "meta", NOON, None) for form in ("%s", "2026-%s", "2026%s01")],
    "date in text": lambda text: daylines.found_in(text[:200]),
    "credit": lambda text: (
        captionline.split(text),
        creditline.clean(text),
        creditline.tail(text),
        creditline.is_credit(text),
    ),
    "caption": lambda text: captionline.split(f"The town hall in spring. {text}"),
    "class": lambda text: (photos.is_called("caption", text), photos.is_called("box", text), roles.own_class(text)),
    "margin": lambda text: (
        boilerplate.verdict(Line(f"Published {text}"), 0, 20, Metadata()),
        boilerplate.verdict(Line(text), 19, 20, Metadata()),
    ),
    "address": lambda text: metadata.address(text, "https://tagblatt.example/"),
    "url": refused_or_not,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", RULES)
def test_no_run_of_anything_makes_a_rule_slow(name: str) -> None:
    for run in RUNS:
        RULES[name]((run * (LONG // len(run) + 1))[:LONG] + "!")


def test_characters_that_windows_means_are_read_as_it_means_them() -> None:
    assert textform.clean_line("It\x92s \x93here\x94 \x96 \x80 5") == "It’s “here” – € 5"


def test_marks_on_a_letter_are_kept_as_far_as_writing_needs_them() -> None:
    assert textform.clean_line("Việt Nam, हिन्दी, עִבְרִית") == "Việt Nam, हिन्दी, עִבְרִית"
    assert len(textform.clean_line("Z" + "\u0316" * 500 + "algo")) < 40


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\u200b", "\u202e", "\ufeff", "\ud83d", "\uffff", "\ufffa"])
def test_what_nobody_sees_goes(hidden: str) -> None:
    assert textform.clean_line(f"{hidden}Two{hidden} words{hidden}") == "Two words"


def test_joiners_stay() -> None:
    assert textform.clean_line("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("a b.jpg", "https://tagblatt.example/a b.jpg"),
        ("a\x00b.jpg", "https://tagblatt.example/a%00b.jpg"),
        ("a\u202eb.jpg", "https://tagblatt.example/a%E2%80%AEb.jpg"),
        ("a\ud800b.jpg", None),
        ("https://[::1", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ("//other.example/a.jpg", "https://other.example/a.jpg"),
    ],
)
def test_addresses_of_pictures(link: str, address: str | None) -> None:
    assert metadata.address(link, "https://tagblatt.example/") == address
