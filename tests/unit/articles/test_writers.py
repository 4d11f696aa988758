"""Who is named as author: in boxes, behind slashes, in scripts without capitals; and who is not."""

import pytest

from articles import authors, bylines, decode, heading, heads, jsonld, metadata, titles, writers
from tests.builders import NOON

NOBODY = jsonld.Linked()


def named(html: str) -> tuple[str, ...]:
    tree = decode.parse(f"<html><body><h1>Council votes</h1>{html}<p>The text.</p></body></html>")
    return writers.read(tree, "bote.example", NOBODY, heads.Head(tree), ("Zerner Bote",))[0]


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<p class="byline">By Ida Sund <time datetime="2026-11-20">2026-11-20</time></p>', ("Ida Sund",)),
        ('<div class="author"><p>By <b>Neema Roe</b></p><p>Mwandishi</p></div>', ("Neema Roe",)),
        ('<div class="author"><div>Jane Doe</div><div>Political Editor</div></div>', ("Jane Doe",)),
        ('<span class="byline">מיכל דקל-אורן</span>', ("מיכל דקל-אורן",)),
        ('<div class="byline">HC Tech Desk</div>', ()),
        ('<div class="byline">한지우 기자</div>', ("한지우",)),
        ('<div typeof="sioc:UserAccount" property="foaf:name">Peter Roe</div>', ("Peter Roe",)),
    ],
)
def test_names_in_the_markup_of_a_byline(html: str, names: tuple[str, ...]) -> None:
    assert named(html) == names


def test_without_a_headline_the_first_lesser_one_stands_above_the_byline() -> None:
    tree = decode.parse('<html><h2>Council votes</h2><span class="list-author">Henrike Roe</span><p>Text.</p></html>')
    assert writers.read(tree, "bote.example", NOBODY, heads.Head(tree), ())[0] == ("Henrike Roe",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("尾形真砂子, 三条一成", ["尾形真砂子", "三条一成"]),
        ("文・水原澄江", ["水原澄江"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("Zeynep Roe/GÜMÜŞPINAR", ["Zeynep Roe"]),
        ("Jane Doe/John Roe", ["Jane Doe", "John Roe"]),
        ("Erwan Prigent.", ["Erwan Prigent"]),
        ("Photographs by Ruth Roe. Text by Hannah Doe", ["Hannah Doe"]),
        ("Text: Jan Roe, Fotos: Ute Doe", ["Jan Roe"]),
        ("Solène Roe avec AFP", ["Solène Roe", "AFP"]),
        ("Ana Ruiz con EFE", ["Ana Ruiz", "EFE"]),
        ("Jane Doe with Ruth Roe", ["Jane Doe", "Ruth Roe"]),
        ("Jane Doe, Special to The Echo", ["Jane Doe"]),
        ("Por Ana Ruiz, em Lisboa", ["Ana Ruiz"]),
        ("di Marco Roe, inviato a Roma", ["Marco Roe"]),
        ("Von unserem Redakteur Jörg Roe", ["Jörg Roe"]),
        ("De notre correspondant Jean Doe", ["Jean Doe"]),
        ("Jane Doe, John Roe, in London and Ana Ruiz", ["Jane Doe", "John Roe", "Ana Ruiz"]),
        ("Jane Doe, inviata a Roma e Mario Rossi", ["Jane Doe", "Mario Rossi"]),
        ("Jane Doe, In Sung Kim", ["Jane Doe", "In Sung Kim"]),
        ("Jane Doe, from Reuters", ["Jane Doe", "Reuters"]),
        ("Jane Met Reuters", ["Jane Met Reuters"]),
    ],
)
def test_names_in_a_byline(byline: str, names: list[str]) -> None:
    assert bylines.parts(byline) == names


def test_an_agency_behind_a_slash_is_none_of_the_persons() -> None:
    assert authors.people([("", "Jane Doe/Reuters")], ()) == (("Jane Doe",), {"Reuters": "Reuters"})
    assert authors.people([("", "Ana Ruiz e agências")], ()) == (("Ana Ruiz",), {})


@pytest.mark.parametrize(
    ("under", "names", "at"),
    [
        ("<p class='x'>Par <span>Solène Roe</span>, le 09/11/2026</p>", ("Solène Roe",), None),
        ("<p>Penulis: Wahyuni Roe</p><p>20 November 2026 12:05 GMT</p>", ("Wahyuni Roe",), "2026-11-20T12:05:00+00:00"),
        ("<p>New York</p><p>Sept. 12, 2026 8:02 p.m. ET</p>", (), "2026-09-12T20:02:00+00:00"),
        ("<figure>By Jane Doe</figure><p>No words</p>", (), None),
        ("<p>Posted by Pam Roe at 02:12 PM</p>", ("Pam Roe",), None),
        ("<p>Written by Nell Roe |</p>", ("Nell Roe",), None),
        ("<p>Par Solène Le Goff, le 9 mars</p>", ("Solène Le Goff",), None),
        ("<p>By Ahmed el Masri, 12 March 2026</p>", ("Ahmed el Masri",), "2026-03-12T00:00:00+00:00"),
        ("<p>Die 10 besten Romane von Thomas Mann</p>", (), None),
        ("<p>Record: 50,000 tickets sold by Taylor Roe</p>", (), None),
    ],
)
def test_a_page_without_metadata_says_who_and_when_under_its_headline(
    under: str, names: tuple[str, ...], at: str | None
) -> None:
    prose = "The council of Zern voted on Tuesday, after a debate of four hours, to bring the ferries back."
    tree = decode.parse(f"<html><body><h1>Council votes</h1>{under}<p>{prose}</p></body></html>")
    found = heading.lines(tree, [prose], ("councilvotes",))
    facts = metadata.dated(metadata.signed(metadata.Metadata(), found, [prose]), found, NOON, None)
    assert facts.authors == names
    assert (facts.published and facts.published.at.isoformat()) == at


@pytest.mark.parametrize("document", ["The Zerner Bote - Council votes", "Zerner Bote :: Council votes"])
def test_a_title_is_not_the_newspapers_name(document: str) -> None:
    assert titles.title(None, None, None, document, ["Zerner Bote"]) == "Council votes"


def test_a_sentence_about_the_newspaper_is_a_title() -> None:
    title = "Zerner Bote feiert 150. Geburtstag – und druckt wieder in Zern"
    assert titles.title(title, None, title, title, ["Zerner Bote"]) == title
