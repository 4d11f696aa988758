"""The three papers: who they are, and how each one writes the address of an article."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from examples.newspapers.stories import Story


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper, as a reader would enter it among the sources."""

    source: str
    """The stable slug, the key everywhere: `tagblatt`."""
    name: str
    home: str
    """The front page's URL, with a slash at its end."""
    language: str
    """ISO 639-1, of most of its articles."""
    languages: tuple[str, ...]
    zone: str
    """IANA."""
    country: str
    """ISO 3166-1 alpha-2."""
    media_type: str
    collections: tuple[str, ...]
    """Groups that a reader would put it in."""
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    tracking: str
    """What its feed appends to some URLs."""

    @property
    def host(self) -> str:
        """The host name alone."""
        return urlsplit(self.home).netloc


TAGBLATT = Paper(
    source="tagblatt",
    name="Tagblatt Lindenau",
    home="https://tagblatt.example/",
    language="de",
    languages=("de", "en"),
    zone="Europe/Berlin",
    country="DE",
    media_type="newspaper",
    collections=("local", "Europe"),
    feeds=("https://tagblatt.example/rss.xml",),
    sitemaps=("https://tagblatt.example/sitemap-index.xml",),
    tracking="?utm_source=rss&utm_medium=feed",
)
COURIER = Paper(
    source="courier",
    name="The Harbour Courier",
    home="http://www.courier.example/",
    language="en",
    languages=("en",),
    zone="America/Halifax",
    country="CA",
    media_type="newspaper",
    collections=("local",),
    feeds=("http://www.courier.example/feed.atom",),
    sitemaps=("http://www.courier.example/news-sitemap.xml", "http://www.courier.example/sitemap.xml"),
    tracking="?utm_source=atom&utm_campaign=front",
)
MERIDIAN = Paper(
    source="meridian",
    name="Meridian",
    home="http://meridian.example/",
    language="en",
    languages=("en", "ja", "ar", "es"),
    zone="Asia/Tokyo",
    country="JP",
    media_type="magazine",
    collections=("international",),
    feeds=("http://meridian.example/feed.json",),
    sitemaps=("http://meridian.example/sitemap.xml",),
    tracking="&utm_source=jsonfeed",
)
PAPERS: tuple[Paper, ...] = (TAGBLATT, COURIER, MERIDIAN)
HOSTS: tuple[str, ...] = tuple(paper.host for paper in PAPERS)


def article_url(paper: Paper, story: Story) -> str:
    """The article's address in the paper's own style."""
    if paper is TAGBLATT:
        return f"{paper.home}{section_slug(story.section)}/{story.slug}-{story.number}.html"
    if paper is COURIER:
        return f"{paper.home}{story.published:%Y/%m/%d}/{story.slug}/"
    return f"{paper.home}{story.language}/article?id={story.number}"


def section_url(paper: Paper, story: Story) -> str:
    """The front of the section that the article stands in; at Meridian a language is a section."""
    return f"{paper.home}{story.language if paper is MERIDIAN else section_slug(story.section)}/"


def section_slug(section: str) -> str:
    """The section's name as it stands in a URL."""
    return section.lower().replace(" ", "-").replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
