"""The tables of `hemeroteca.toml`, each key with its default and what it means (`docs/settings.md`)."""

import re
from datetime import date as Day  # noqa: N812 - `date` is a key of the rules
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator

from articles.errors import BadSettings, BadUrl
from articles.model import SiteRule
from articles.siterules import compiled
from articles.urls import normalise, without_user
from flows.version import VERSION

COUNTRY = re.compile("[A-Za-z]{2}")


class Section(BaseModel):
    """A table of the file: unknown keys are errors, so that a slip of the pen is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Network(Section):
    """How the crawler reaches the web."""

    contact: str = Field(
        default="", description="Mail address or page that a publisher can write to; part of the user agent."
    )
    user_agent: str = Field(
        default="", description="Replaces the whole user agent; its first word is matched in robots.txt."
    )
    delay: float = Field(default=5.0, ge=0, description="Seconds between two requests to one host.")
    timeout: float = Field(default=60.0, gt=0, description="Seconds for one exchange.")
    max_body: int = Field(
        default=16 * 1024 * 1024,
        gt=0,
        le=48 * 1024 * 1024,  # a record that is larger could not be read back
        description="Bytes of a page after decompression; 50331648 at most.",
    )
    hosts: dict[str, str] = Field(
        default={},
        description='Names asked in plain HTTP at your own address: `"paper.example" = "127.0.0.1:8001"`.',
    )

    def agent(self) -> str:
        """The user agent with the contact address."""
        contact = f" (+{self.contact})" if self.contact else ""
        return self.user_agent or f"Hemeroteca/{VERSION}{contact}"


Hours = Annotated[float, Field(gt=0, le=24 * 366)]


class Revisits(Section):
    """When articles are looked at again, so that their changes are kept."""

    hours: tuple[Hours, ...] = Field(
        default=(0.5, 2, 8, 24, 72, 168),
        description="Hours after an article was first seen, and after each change of it; `[]` for never. The older "
        "an article, the longer the first of them that counts; 30 days after its publication it is left alone.",
    )


class Wayback(Section):
    """The web archive that `backfill --via wayback` asks."""

    index: str = Field(
        default="https://web.archive.org/cdx/search/cdx",
        description="Its CDX server; a pywb's is `http://HOST/COLLECTION/cdx`.",
    )
    replay: str = Field(
        default="https://web.archive.org/web/{timestamp}id_/{url}",
        description="Where it gives pages as they were; a pywb's is `http://HOST/COLLECTION/{timestamp}id_/{url}`.",
    )
    delay: float = Field(default=5.0, ge=0, description="Seconds between two requests to it.")

    @field_validator("replay")
    @classmethod
    def has_places(cls, template: str) -> str:
        """Refuse what names no page."""
        if "{timestamp}" not in template or "{url}" not in template:
            raise ValueError("{timestamp} and {url} stand where an address has the time and the page")
        return template


class CCNews(Section):
    """The crawls of Common Crawl that `backfill --via ccnews` looks through."""

    lists: str = Field(
        default="https://data.commoncrawl.org/crawl-data/CC-NEWS/{year}/{month}/warc.paths.gz",
        description="Where the list of a month's files is.",
    )
    files: str = Field(default="https://data.commoncrawl.org/{path}", description="Where a file of such a list is.")
    delay: float = Field(default=5.0, ge=0, description="Seconds between two requests; each brings 8 MB of a file.")


class Extraction(Section):
    """How pages are read."""

    workers: int = Field(default=0, ge=0, description="Processes; 0 for one a core.")
    batch: int = Field(default=500, gt=0, description="Pages in one transaction.")
    timeout: float = Field(default=60.0, gt=0, description="Seconds before a page is given up and quarantined.")


class RuleSettings(Section):
    """How the pages of a newspaper are read; every selector is CSS, or an XPath that begins with a slash."""

    body: str | None = Field(default=None, description="The elements that hold the text.")
    title: str | None = Field(default=None, description="The headline.")
    author: str | None = Field(default=None, description="The authors' names.")
    date: str | None = Field(default=None, description="When the article was published.")
    strip: tuple[str, ...] = Field(default=(), description="Elements taken out before anything is read.")
    single_page: str | None = Field(
        default=None, description="The link to the whole article on pages that hold a part of it."
    )
    valid_until: Day | None = Field(default=None, description="The last day on which pages looked so: `2026-06-30`.")

    @field_validator("body", "title", "author", "date", "strip", "single_page")
    @classmethod
    def can_be_asked(cls, selectors: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
        """Refuse what is neither CSS nor XPath."""
        for selector in (selectors,) if isinstance(selectors, str) else selectors or ():
            try:
                compiled(selector)
            except BadSettings as error:
                raise ValueError(str(error)) from error
        return selectors

    def of(self, domain: str) -> SiteRule:
        """The rule for a domain's pages."""
        return SiteRule(
            domain=domain,
            body=self.body,
            title=self.title,
            author=self.author,
            published=self.date,
            strip=self.strip,
            single_page=self.single_page,
            valid_until=self.valid_until,
        )


class SourceSettings(Section):
    """A newspaper."""

    name: str = Field(description="As its readers know it; cut from the ends of titles.")
    url: str = Field(description="Its home page.")
    feeds: tuple[str, ...] = Field(default=(), description="RSS, Atom and JSON feeds, visited by `ingest`.")
    sitemaps: tuple[str, ...] = Field(default=(), description="Sitemaps visited by `ingest` and `backfill`.")
    archive_sitemaps: tuple[str, ...] = Field(
        default=(), description="Sitemaps of past months, visited by `backfill` only."
    )
    zone: str | None = Field(default=None, description="IANA time zone of times that name none: `Europe/Berlin`.")
    languages: tuple[str, ...] = Field(
        default=(), description="ISO 639-1; the first is assumed where a page does not tell."
    )
    country: str | None = Field(default=None, description="ISO 3166-1, two letters: `DE`.")
    media_type: str | None = Field(
        default=None, description="Your own word: `newspaper`, `agency`, `broadcaster`, `magazine`, `digital`."
    )
    collections: tuple[str, ...] = Field(
        default=(), description="Your own groups; a newspaper may be in several: `source list --collection NAME`."
    )
    delay: float | None = Field(default=None, ge=0, description="Seconds between requests; without it `network.delay`.")
    revisit_hours: tuple[Hours, ...] | None = Field(
        default=None, description="When its articles are looked at again; without it `revisits.hours`."
    )
    active: bool = Field(default=True, description="Whether `ingest` without names visits it.")

    @field_validator("zone")
    @classmethod
    def zone_exists(cls, zone: str | None) -> str | None:
        """Refuse a zone that the time zone database does not know."""
        try:
            if zone is not None:
                ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no time zone {zone!r}; zones are named like Europe/Berlin") from error
        return zone

    @field_validator("country")
    @classmethod
    def is_country(cls, country: str | None) -> str | None:
        """Refuse what is no code of a country, in capitals or not."""
        if country is not None and not COUNTRY.fullmatch(country.strip()):
            raise ValueError(f"{country!r} is no ISO 3166-1 code of two letters: DE for Germany, GB for Britain")
        return country.strip().upper() if country is not None else None

    @field_validator("media_type")
    @classmethod
    def is_word(cls, word: str | None) -> str | None:
        """Refuse what groups nothing; without blanks about it, so that one word is one group."""
        if word is not None and not word.strip():
            raise ValueError("an empty word; leave it out")
        return word.strip() if word is not None else None

    @field_validator("collections")
    @classmethod
    def are_words(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse a group without a name; a name that stands there twice counts once."""
        if not all(name.strip() for name in names):
            raise ValueError("an empty name; leave it out")
        return tuple(dict.fromkeys(name.strip() for name in names))

    @field_validator("url")
    @classmethod
    def is_address(cls, url: str) -> str:
        """Refuse what is no address of a page."""
        try:
            normalise(url)
        except BadUrl as error:
            raise ValueError(str(error)) from error
        return without_user(url)

    @field_validator("feeds", "sitemaps", "archive_sitemaps")
    @classmethod
    def are_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is no address of a feed."""
        return tuple(cls.is_address(url) for url in urls)
