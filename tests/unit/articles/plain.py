"""Articles made of bare text."""

from datetime import UTC, datetime

from articles.extract import extract
from articles.model import Article, Page

NOW = datetime(2026, 3, 5, tzinfo=UTC)
EN = (
    "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk.\n\n"
    "The mayor said that the money was there. It was not clear where."
)


def article(text: str) -> Article:
    found = extract(Page("urn:sha256:" + "0" * 64, text, NOW, media_type="text/plain"))
    assert isinstance(found, Article)
    return found
