"""What a careful reader finds under every URL that the papers list, for tests to compare with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from examples.newspapers.feeds import entries
from examples.newspapers.listed import ODDS
from examples.newspapers.papers import PAPERS, Paper, article_url
from examples.newspapers.stories import Block, Picture, Story, load

BODY_KINDS = ("p", "h2", "li", "photo")


@dataclass(frozen=True, slots=True)
class ExpectedPhoto:
    """A photo and its words, without label, brackets or tail."""

    caption: str | None
    credit: str | None
    alt: str | None
    url: str


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """An article as its editors know it."""

    source: str
    url: str
    """The stable URL, without tracking parameters or fragment."""
    title: str
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    language: str
    published: datetime | None
    """UTC; None where the page prints a day and nothing else (the sitemap's `lastmod` may know more)."""
    published_day: date
    """In the paper's zone."""
    modified: datetime | None
    """UTC; None where it never changed (JSON-LD then repeats the publication)."""
    free_access: bool | None
    text: str
    """Paragraphs parted by a blank line; list items `- `, one a line."""
    photos: tuple[ExpectedPhoto, ...]
    """Only those with words, in the page's order."""
    removed: tuple[tuple[str, str], ...]
    """Kind and words of the lines in the article's block that are not its text, photos' words apart."""
    since: int
    """The first edition that prints it."""

    @property
    def first_words(self) -> str:
        """The first six words of the text (of Japanese: its first 20 characters)."""
        return self.text[:20] if self.language == "ja" else " ".join(self.text.split()[:6])


@dataclass(frozen=True, slots=True)
class ExpectedOther:
    """A listed URL that is no article."""

    source: str
    url: str
    outcome: str
    """`redirect`, `not_found`, `gone`, `robots` or `section`."""
    status: int
    target: str | None
    listed_in: str


OTHERS: tuple[ExpectedOther, ...] = tuple(
    ExpectedOther(odd.paper.source, odd.url, odd.outcome, odd.status, odd.target, odd.listed_in) for odd in ODDS
)


@cache
def articles(edition: int) -> dict[str, ExpectedArticle]:
    """Every article of an edition, by its stable URL."""
    return {
        article_url(paper, story): _article(paper, story) for paper in PAPERS for story in load(paper.source, edition)
    }


def feed_urls(paper: Paper, edition: int) -> tuple[str, ...]:
    """The URLs as the paper's feed lists them, tracking parameters and all."""
    return tuple(entry.url for feed in paper.feeds for entry in entries(paper, feed, load(paper.source, edition)))


def _article(paper: Paper, story: Story) -> ExpectedArticle:
    return ExpectedArticle(
        source=paper.source,
        url=article_url(paper, story),
        title=story.title,
        authors=story.authors,
        agencies=story.agencies,
        language=story.language,
        published=None if story.times == ("printed",) else story.published.astimezone(UTC),
        published_day=story.published.date(),
        modified=story.modified.astimezone(UTC) if story.modified else None,
        free_access=story.free,
        text=story.text,
        photos=tuple(_photo(paper, photo) for photo in _in_order(story) if photo.caption or photo.credit),
        removed=tuple((block.kind, block.plain) for block in story.blocks if block.kind not in BODY_KINDS),
        since=story.since,
    )


def _in_order(story: Story) -> list[Picture]:
    """The photos as the page shows them."""
    return [story.photos[int(block.text)] for block in story.blocks if _is_photo(block)]


def _is_photo(block: Block) -> bool:
    return block.kind == "photo"


def _photo(paper: Paper, photo: Picture) -> ExpectedPhoto:
    return ExpectedPhoto(photo.caption, photo.credit, photo.alt, f"{paper.home}img/{photo.name}.png")
