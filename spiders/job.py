"""What a crawl is asked to do and what it answers: two JSON files between parent and child."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from articles.model import SiteRule


class Frozen(BaseModel):
    """A record that is checked when it is read and never changed after."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Why = Literal["new", "changed", "revisit", "retry", "backfill"]


class Feed(Frozen):
    """A feed or sitemap to visit."""

    url: str
    kind: Literal["feed", "sitemap"]
    etag: str | None = None
    last_modified: str | None = None
    """Both as the last visit received them, for a conditional request; None where the whole is wanted."""
    last_success_at: datetime | None = None
    next_due_at: datetime | None = None
    believed: bool = True
    """Whether what its index says of it has been true so far."""


class Target(Frozen):
    """A page to fetch."""

    url: str
    """Normalised, as it was found; of a web archive's copy where that is played back."""
    replayed: bool = False
    """Whether it is a web archive's copy of the page that is fetched."""
    piece: tuple[int, int] | None = None
    """First and last byte of the part of a large file that is fetched."""
    via: str | None = None
    why: Why | None = None
    """What led to it."""
    published: str | None = None
    """The entry's date as the feed or sitemap wrote it."""
    held_digest: str | None = None
    held_segment: str | None = None
    held_offset: int | None = None
    held_length: int | None = None
    """The payload that the last capture of this URL holds: the same again becomes a revisit."""


class Source(Frozen):
    """A newspaper, as far as the crawl has to know it."""

    source: str
    name: str | None = None
    zone: str | None = None
    language: str | None = None
    delay: float = Field(default=5.0, ge=0)
    """Seconds between two requests to one host."""
    feeds: tuple[Feed, ...] = ()
    listed: tuple[Feed, ...] = ()
    """The sitemaps that its indexes have named so far, as they were last visited."""
    targets: tuple[Target, ...] = ()
    domains: tuple[str, ...] = ()
    """Registrable domains whose pages are its own, beside those of its feeds; links elsewhere are refused."""


class Network(Frozen):
    """How the crawl reaches the web."""

    user_agent: str
    """Names the project and a contact address; its first word is the token matched in robots.txt."""
    hosts: dict[str, str] = {}
    """Host names asked in plain HTTP at an address of our own: `tagblatt.example` -> `127.0.0.1:8001`."""
    timeout: float = 60.0
    """Seconds for one exchange."""
    max_body: int = 16 * 1024 * 1024
    """Bytes of a body after decompression."""


class Job(Frozen):
    """One crawl: feeds to read, or pages to fetch, of one or more sources."""

    mode: Literal["discover", "fetch"]
    """`discover` visits feeds and sitemaps and notes what they show; `fetch` takes the targets."""
    writer: str
    """Name of the archive segment and the journal that this crawl alone writes."""
    archive: Path
    locks: Path
    robots: Path
    """The folder of robots.txt files as they were last received."""
    shown: Path
    """The folder of what each feed and sitemap showed last."""
    sources: tuple[Source, ...]
    network: Network
    rules: tuple[SiteRule, ...] = ()
    """Those of the user's that tell of articles on several pages."""
    first_day: str | None = None
    last_day: str | None = None
    """`2026-10-01`: a sitemap index's children that cannot hold these days are not read."""
    max_minutes: float | None = None
    background: bool = False
    """Whether it lets another crawl of the same host go first."""
    answer: Path
    """Where the child writes its `Answer`."""


class Tally(Frozen):
    """What a crawl did for one source."""

    found: int = 0
    """Entries that its feeds and sitemaps showed."""
    fetched: int = 0
    """Captures acknowledged by the archive, whatever their HTTP status."""
    refused: int = 0
    failed: int = 0
    feeds_failed: int = 0
    feeds_left: int = 0
    """Not asked, because the host wants to be left alone or the crawl ended."""
    feed_error: str | None = None
    """What was wrong with the last of those that failed, in words."""
    error: str | None = None
    """Why the source gave nothing at all, no feed that could be read or no page, in words."""


class Answer(Frozen):
    """A crawl's account of itself. A child that leaves none has failed."""

    finished: Literal["finished", "max_minutes", "stopped"]
    tallies: dict[str, Tally]
    """By source."""
    seconds: float
    moved: dict[str, str] = {}
    """Where addresses have gone for good: what follows from their redirects 301 and 308 alone."""
