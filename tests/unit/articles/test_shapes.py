"""Shapes that pages give their articles: nothing of the text is lost, nothing else is in it."""

from datetime import UTC, datetime

import pytest

from articles.extract import extract
from articles.model import Article, Page

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TITLE = "Ferries return to the lake"
PROSE = [
    f"The council of the town counted {n * 7} ferries on the lake on Tuesday, and the clerk asked where they went {n}."
    for n in range(1, 7)
]
CONTENT = "".join(f"<p>{line}</p>" for line in PROSE)
STANDFIRST = "Twenty years after the last of them was sold, the boats are to sail over the lake again."


def article(content: str, head: str = "", before: str = "", above: str = "") -> Article:
    markup = (
        f"<html lang='en'><head><title>{TITLE}</title>{head}</head><body><main><article>{above}<h1>{TITLE}</h1>{before}"
        f"<div class='content'>{content}</div></article></main></body></html>"
    )
    found = extract(Page("https://gazette.example/ferries", markup, NOW))
    assert isinstance(found, Article)
    return found


def amid(markup: str) -> str:
    return "".join(f"<p>{line}</p>" for line in PROSE[:3]) + markup + "".join(f"<p>{line}</p>" for line in PROSE[3:])


@pytest.mark.parametrize("empty", ["<strong></strong>", "<span id='more'><!-- more --></span>", "<em></em>", "<b></b>"])
def test_text_behind_an_empty_element_stays(empty: str) -> None:
    first, second = "The first sentence stands before it.", "The second stands behind it, and is as long as the first."
    assert f"{first} {second}" in article(amid(f"<p>{first} {empty}{second}</p>")).text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ad'></div>",
        "<div><a href='/x'>Read also: The ferry returns in May after long works</a></div>",
        "<p></p>",
        "<section><!-- ad --></section>",
        "<span class='br'></span>",
    ],
)
def test_bare_text_behind_a_box_is_a_paragraph(box: str) -> None:
    bare = "<br><br>".join(PROSE[:3]) + box + "<br><br>".join(PROSE[3:])
    assert article(bare).text == "\n\n".join(PROSE)


def test_a_standfirst_in_the_header_hides_no_box_with_a_field() -> None:
    box = "<div><h3>The Morning Ferry</h3><p>Stories of the lake.</p><form><input type='email'><button>OK</button></form></div>"
    markup = f"<header><h1>{TITLE}</h1><p class='standfirst'>{STANDFIRST}</p></header><div>{amid(box)}</div>"
    found = extract(Page("https://gazette.example/a", f"<html><body><article>{markup}</article></body></html>", NOW))
    assert isinstance(found, Article)
    assert found.text == "\n\n".join([STANDFIRST, *PROSE])


@pytest.mark.parametrize("before", [f"<p class='standfirst'>{STANDFIRST}</p>", ""])
def test_byline_and_day_may_stand_behind_the_standfirst(before: str) -> None:
    found = article(CONTENT, before=f"{before}<div>By Jane Doe</div><div>March 11, 2026 7:15 a.m.</div>")
    assert found.authors == ("Jane Doe",)
    assert found.published is not None
    assert found.published.at == datetime(2026, 3, 11, 7, 15, tzinfo=UTC)


def test_a_credit_leaves_with_the_whole_of_its_bracket() -> None:
    line = "Swimmers protest on the shore of the lake, and the mayor looks on, on Tuesday, March 10, 2026."
    found = article(amid(f"<p>{line} (AP Photo/Jane Doe)</p>"))
    assert line in found.text.split("\n\n")
    assert [photo.credit for photo in found.photos] == ["AP Photo/Jane Doe"]


def test_pictures_that_wait_behind_one_placeholder_are_two() -> None:
    items = "".join(
        f"<div class='it'><img src='/blank.gif' data-src='/{n}.jpg'><div class='caption'>The ferry of {n}.</div></div>"
        for n in (1911, 1923)
    )
    found = article(amid(f"<div class='row'>{items}</div>"))
    assert [photo.caption for photo in found.photos] == ["The ferry of 1911.", "The ferry of 1923."]


def test_a_credit_behind_a_dash_is_no_text() -> None:
    box = "<div class='media'><img src='/q.jpg'><p class='media__description'><span class='media__caption'>The pier</span> — Photo: Jane Doe/Post</p></div>"
    found = article(amid(box))
    assert found.text == "\n\n".join(PROSE)
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("The pier", "Jane Doe/Post")]


@pytest.mark.parametrize("frame", ["{}", "<div class='lead'>{}</div>"])
def test_who_wrote_and_took_the_picture_is_its_credit_with_the_station(frame: str) -> None:
    figure = "<figure><img src='/h.jpg'><div><div class='F-credit'>Jane Doe</div><div class='F-source'>KZRN</div><div class='F-caption'>The pier at night.</div></div></figure>"
    found = article(amid(frame.format(figure)), head="<meta name='author' content='Jane Doe'>")
    assert [photo.credit for photo in found.photos] == ["Jane Doe, KZRN"]


def test_a_picture_without_classes_is_one_photo() -> None:
    found = article(
        amid("<div class='c1'><img src='/z.jpg'><div class='c2'><p>The pier.</p><p>Photo: Jane Doe</p></div></div>")
    )
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("The pier.", "Jane Doe")]
    assert found.text == "\n\n".join(PROSE)


def test_names_for_tests_stand_for_classes_that_machines_made() -> None:
    box = "<div class='css-5'><img src='/z.jpg'><div data-testid='image-caption' class='css-7'>The pier</div><div data-testid='image-credit' class='css-8'>Jane Doe</div></div>"
    found = article(amid(box))
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("The pier", "Jane Doe")]


def test_the_card_of_another_page_is_no_photo() -> None:
    card = "<figure class='bookmark'><a href='/x'><div>The Ferryman</div><span class='credit'>Jane Doe</span><img src='/t.jpg'></a></figure>"
    assert article(amid(card)).photos == ()


def test_words_behind_a_counter_are_a_gallery_s() -> None:
    told = "The last ferry leaves the harbour on Tuesday, March 10, 2026. (AP Photo/Jane Doe)"
    found = article(amid(f"<div class='info'><p>1 of 2 | {told}</p></div>"))
    assert found.text == "\n\n".join(PROSE)
    assert [photo.credit for photo in found.photos] == ["AP Photo/Jane Doe"]


def test_the_agency_above_the_text_is_its_source() -> None:
    assert article(f"<p>EFE</p>{CONTENT}").agencies == ("EFE",)


@pytest.mark.parametrize("line", ["EFE", "dpa", "(Reuters)", "/ritzau/", "AP"])
def test_an_agency_under_the_text_is_its_source(line: str) -> None:
    found = article(f"{CONTENT}<p>{line}</p>")
    assert found.text == "\n\n".join(PROSE)
    assert len(found.agencies) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<p>+++ <a href='/x'>All the news from the lake can be read here</a> +++</p>",
        "<p>0:00 / 4:12</p>",
        "<p>Listen to this story</p>",
    ],
)
def test_what_leads_elsewhere_or_plays_leaves(markup: str) -> None:
    assert article(markup + CONTENT).text == "\n\n".join(PROSE)


def test_who_wrote_is_told_before_furniture_behind_the_text() -> None:
    foot = "<p>Jane Doe is a reporter of the Gazette. Reach her at jane@gazette.example.</p><p>Republish our articles for free</p><p>Share this article</p>"
    found = article(CONTENT + foot, head="<meta name='author' content='Jane Doe'>")
    assert found.text == "\n\n".join(PROSE)


def test_a_few_words_above_the_headline_are_a_kicker() -> None:
    assert article(CONTENT, above="<p class='kicker'>Town hall</p>").text == "\n\n".join(PROSE)


def test_a_heading_in_the_footer_makes_no_kickers() -> None:
    heads = f"<h2>{TITLE}</h2><p>{PROSE[0]}</p><h3>The vote</h3><p>{PROSE[1]}</p><h3>What the mayor says</h3><p>{PROSE[2]}</p>"
    markup = (
        f"<html><head><title>{TITLE}</title></head><body><article>{heads}</article><footer><h1>Gazette</h1></footer>"
    )
    found = extract(Page("https://gazette.example/a", f"{markup}</body></html>", NOW))
    assert isinstance(found, Article)
    assert "The vote" in found.text
    assert "What the mayor says" in found.text


@pytest.mark.parametrize(
    "behind",
    [
        "<h2>What happened on 11 September 2001</h2>",
        "<p>12 March 2011</p>",
        "<p>It was said on 4 May 2001 that it would not.</p>",
    ],
)
def test_a_day_within_the_text_does_not_date_it(behind: str) -> None:
    assert article(f"<p>{PROSE[0]}</p>{behind}<p>{PROSE[1]}</p><p>{PROSE[2]}</p>").published is None


def test_agencies_in_a_list_and_above_paragraphs_are_text() -> None:
    listed = "<p>The agencies that have signed the letter to the mayor are:</p><ul><li>BBC</li><li>AFP</li><li>Reuters</li></ul>"
    assert article(CONTENT + listed).text.endswith("- BBC\n- AFP\n- Reuters")
    heads = f"<h3>TASS</h3><p>{PROSE[0]} Again.</p><h3>Reuters</h3><p>{PROSE[1]} Again.</p>"
    assert "Reuters" in article(CONTENT + heads).text


def test_a_picture_that_is_a_link_to_itself_is_a_photo() -> None:
    for credit in ("© Ana Ruiz", "Ana Ruiz/AFP"):
        figure = f"<figure><a href='/big'><img src='/j.jpg'><span class='photo-credit'>{credit}</span></a></figure>"
        assert len(article(amid(figure)).photos) == 1
    figure = "<figure><a class='zoom' href='/j.jpg'><img src='/s.jpg'><span class='photo-credit'>Ana Ruiz</span></a></figure>"
    assert [photo.credit for photo in article(amid(figure)).photos] == ["Ana Ruiz"]


def test_an_empty_paragraph_hides_no_box_with_a_field() -> None:
    box = "<div class='x'><p>Stories of the lake and its ferries each day</p><p></p><form><input type='email'><button>OK</button></form></div>"
    assert article(amid(box)).text == "\n\n".join(PROSE)


@pytest.mark.parametrize("empty", ["<span></span>", "<b></b>"])
def test_an_empty_element_parts_no_number_and_no_address(empty: str) -> None:
    assert (
        "zern.example" in article(amid(f"<p>They can be read under zern.{empty}example by all who like to.</p>")).text
    )
    assert "1.5 million" in article(amid(f"<p>The council says that it will cost 1.{empty}5 million crowns.</p>")).text
