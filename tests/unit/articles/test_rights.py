"""What a page reserves, and its licence."""

import pytest

from articles.extract import extract
from articles.model import Article, Page
from tests.builders import NOON, URL

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("markup", "rights", "licence"),
    [
        ("", (), None),
        ('<meta name="robots" content="index, NoArchive"><meta name="robots" content="noai">', ("noarchive", "noai"), None),
        ('<meta name="googlebot" content="noarchive">', (), None),
        ('<meta name="tdm-reservation" content="1">', ("tdm-reservation",), None),
        ('<meta name="tdm-reservation" content="0">', (), None),
        (f'<link rel="license" href="{LICENCE}">', (), LICENCE),
        (f'<script type="application/ld+json">{{"@type": "NewsArticle", "license": "{LICENCE}"}}</script>', (), LICENCE),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "license": ["x", 1]}</script>', (), None),
    ],
)  # fmt: skip
def test_what_a_page_reserves(markup: str, rights: tuple[str, ...], licence: str | None) -> None:
    body = "<p>The council passed the budget on Friday after nine hours of debate, and went home late.</p>" * 6
    page = f"<html><head>{markup}</head><body><article><h1>Council passes budget</h1>{body}</article></body></html>"
    article = extract(Page(URL, page.encode(), NOON))
    assert isinstance(article, Article)
    assert (article.rights, article.licence) == (rights, licence)
