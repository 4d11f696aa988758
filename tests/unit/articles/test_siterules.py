"""Rules that a user adds for a newspaper: they win over what is found, and old pages keep theirs."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from articles.errors import BadSettings
from articles.extract import extract
from articles.model import Article, Page, Rejection, SiteRule
from articles.siterules import compiled, rule_for

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://www.gazette.example/news/ferries"
PROSE = "".join(
    f"<p>The council of Zern counted {n * 7} ferries on the lake on Tuesday, and the mayor asked where they went.</p>"
    for n in range(1, 7)
)
HTML = f"""<html><head><title>Gazette</title><meta property="og:title" content="Read this!"></head><body>
<div class="kop">Ferries return to Zern</div><span class="wie">By Ada Quill</span>
<i class="dag" data-x="1">3 March 2026</i>
<div class="strook"><p>Our readers travel to the fjords with us, in the best cabins of the ship, at half the price.</p></div>
<div class="tekst">{PROSE}<div class="tip">Tip of the day: eat more fish from the lake of Zern, says our cook.</div>
<ul><li>first boat</li><li>second boat</li></ul></div></body></html>"""
RULE = SiteRule(
    domain="gazette.example",
    body="div.tekst",
    title=".kop",
    author="//span[@class='wie']",
    published=".dag",
    strip=("div.tip",),
)


def page(rule: SiteRule | None, html: str = HTML) -> Page:
    return Page(URL, html, NOW, rule=rule)


def read(rule: SiteRule | None, html: str = HTML) -> Article:
    found = extract(page(rule, html))
    assert isinstance(found, Article)
    return found


def test_a_rule_says_where_everything_stands() -> None:
    found = read(RULE)
    assert found.title == "Ferries return to Zern"
    assert found.authors == ("Ada Quill",)
    assert found.published
    assert (found.published.day, found.published.source) == (date(2026, 3, 3), "rule")
    assert found.text.startswith("The council of Zern counted 7 ferries")
    assert found.text.endswith("- first boat\n- second boat")
    assert "fjords" not in found.text
    assert "Tip of the day" not in found.text
    assert found.extractor.endswith(" rule/gazette.example")


def test_what_a_rule_does_not_find_is_read_as_without_it() -> None:
    lost = SiteRule("gazette.example", body="#gone", title="#gone", author="#gone", published="#gone", strip=("#gone",))
    assert replace(read(lost), extractor="") == replace(read(None), extractor="")


@pytest.mark.parametrize(
    ("url", "day", "title"),
    [
        (URL, 20, "now"),
        (URL, 5, "then"),
        ("https://gazette.example/", 5, "then"),
        ("https://blog.gazette.example/a", 5, "blog"),
        ("https://notgazette.example/", 5, None),
        ("urn:sha256:" + "0" * 64, 5, None),
    ],
)
def test_the_rule_of_the_narrowest_domain_and_of_the_pages_own_time(url: str, day: int, title: str | None) -> None:
    rules = [
        SiteRule("gazette.example", title="now"),
        SiteRule("gazette.example", title="then", valid_until=date(2026, 11, 10)),
        SiteRule("gazette.example", title="long ago", valid_until=date(2020, 1, 1)),
        SiteRule("blog.gazette.example", title="blog"),
    ]
    found = rule_for(rules, url, datetime(2026, 11, day, tzinfo=UTC))
    assert (found.title if found else None) == title


@pytest.mark.parametrize("selector", ["div[", "//div[", "p >", "(//a"])
def test_what_is_no_selector_is_named(selector: str) -> None:
    with pytest.raises(BadSettings) as error:
        compiled(selector)
    assert selector in str(error.value)


@pytest.mark.parametrize("selector", ["string(//div)", "count(//p)", "boolean(//p)", "//p/text()", "//p/@class", "p"])
def test_any_answer_of_a_selector_is_taken(selector: str) -> None:
    path = selector if selector.startswith("/") or selector == "p" else f"({selector})"
    rule = SiteRule("gazette.example", body=path, title=path, author=path, published=path, strip=(path,))
    assert isinstance(extract(page(rule)), Article | Rejection)


def test_a_part_of_an_article_names_the_whole() -> None:
    rule = SiteRule("gazette.example", single_page="a.all")
    html = HTML.replace("<ul>", '<a class="all" href="?all=1">On one page</a><ul>')
    found = extract(page(rule, html))
    assert isinstance(found, Rejection)
    assert (found.reason, found.detail) == ("part", f"a part of {URL}?all=1")
    assert isinstance(extract(page(rule)), Article)
    assert isinstance(extract(page(rule, html.replace("?all=1", "https://other.example/"))), Article)
    assert isinstance(extract(page(rule, html.replace("?all=1", URL))), Article)
