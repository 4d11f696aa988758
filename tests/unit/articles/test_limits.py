"""What one page may ask for is counted before any parser sees it; a page too deep for one parser is read another way."""

import pytest

from articles.errors import BadPage
from articles.extract import extract
from articles.limits import MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_MARKUP, MAX_TEXT
from articles.model import Article, Page
from tests.builders import NOON, URL

TEXT = "The council of the harbour district met on Tuesday and passed its budget for the coming year, after nine hours."
PARAGRAPHS = "".join(f"<p>{TEXT} It was meeting number {number}.</p>" for number in range(8))


def page(body: str) -> Page:
    return Page(URL, f"<html lang=en><title>Budget</title><body><h1>Budget</h1>{body}", NOON)


@pytest.mark.parametrize(
    ("reason", "body"),
    [
        ("bytes", "x" * MAX_BYTES),
        ("elements", PARAGRAPHS + "<br>" * MAX_MARKUP),
        ("elements", "<" * (MAX_MARKUP + 1)),
        ("attributes", PARAGRAPHS + "<p " + " ".join(f"a{n}='{n}'" for n in range(2 * MAX_ATTRIBUTES)) + ">x"),
        ("attributes", PARAGRAPHS + "<p " + " ".join(f"a{n:09}" for n in range(2 * MAX_ATTRIBUTES)) + ">x"),
        ("text-node", PARAGRAPHS + f"<p>{'word ' * (MAX_TEXT // 4)}"),
        ("depth", PARAGRAPHS + "<x-y>" * 2 * MAX_DEPTH + "x"),
    ],
)
def test_a_page_beyond_a_limit_is_refused_with_its_name_and_its_figures(reason: str, body: str) -> None:
    with pytest.raises(BadPage, match=r"limit|more than") as refusal:
        extract(page(body))
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPHS + f"<img src='data:image/png;base64,{'QUJD' * 500_000}'>",
        PARAGRAPHS + f"<script>{'x = 1; ' * MAX_TEXT}</script>",
        PARAGRAPHS + f"<p class='{'wide ' * 100_000}'>{TEXT}</p>",
    ],
    ids=["picture in the page", "long script", "long attribute"],
)
def test_what_newspapers_do_is_within_the_limits(body: str) -> None:
    article = extract(page(body))
    assert isinstance(article, Article)
    assert "meeting number 7" in article.text


@pytest.mark.parametrize("levels", [100, 199, 254, 300, 2_100, 20_000])
@pytest.mark.parametrize("wrapper", ["<div>", "<div class='a'><section>", "<b><font>", "<table><tr><td>", "<ul><li>"])
def test_a_page_of_any_depth_gives_its_text_in_order(wrapper: str, levels: int) -> None:
    article = extract(page(wrapper * (levels // wrapper.count("<")) + PARAGRAPHS))
    assert isinstance(article, Article)
    places = [article.text.find(f"meeting number {number}.") for number in range(8)]
    assert -1 not in places
    assert places == sorted(places)
