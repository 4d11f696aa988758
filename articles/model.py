"""The records that pass between the stages, frozen, each field's format said where it is declared."""

from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Literal

EXTRACTOR = f"hemeroteca/{version('hemeroteca')} trafilatura/{version('trafilatura')}"
"""By whom a page was read: it changes with what pages are read otherwise by."""

Precision = Literal["second", "minute", "day"]
ZoneSource = Literal["page", "feed", "source", "none"]
TextStatus = Literal["full", "teaser", "unknown"]
RemovedKind = Literal[
    "caption",
    "credit",
    "related",
    "newsletter",
    "share",
    "advertisement",
    "byline",
    "copyright",
    "cookie",
    "paywall",
    "comment",
    "other",
]
RejectionReason = Literal[
    "empty", "not_html", "no_text", "section", "consent", "error_page", "login", "search", "video", "part"
]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page from outside it. All of it is kept with the capture."""

    source_name: str | None = None
    """The newspaper's name as readers know it: it is cut from titles and authors."""
    source_zone: str | None = None
    """The newspaper's IANA time zone, for times that name none: `Europe/Berlin`."""
    source_language: str | None = None
    """ISO 639-1, the last resort where neither markup nor text tells."""
    feed_published: str | None = None
    """The entry's date as the feed or sitemap wrote it."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """How the pages of a domain are read; what it does not say is found as on any other page."""

    domain: str
    """A host and all below it: `paper.example`."""
    body: str | None = None
    """The elements that hold the text, like all others a CSS selector or an XPath."""
    title: str | None = None
    author: str | None = None
    published: str | None = None
    strip: tuple[str, ...] = ()
    """Elements that are taken out before anything is read."""
    single_page: str | None = None
    """The link to the whole article on the pages that hold a part of it."""
    valid_until: date | None = None
    """The last day on which pages looked so; None for pages as they are now."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched, and what the extractor may know about it."""

    url: str
    """The final URL, normalised; `urn:sha256:...` for what came without one."""
    content: bytes | str
    """HTML or plain text; bytes are decoded by the charset, BOM or markup they carry."""
    fetched_at: datetime
    """When, with zone. No date of the page may lie more than a day past it."""
    media_type: str = "text/html"
    """`text/plain` is taken as an article's bare text."""
    charset: str | None = None
    """What the HTTP header said; it may be wrong."""
    hints: Hints = Hints()
    rule: SiteRule | None = None
    """What the user says of the newspaper's pages, if anything."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the article and the words that stood beside it."""

    position: int
    """0 for the first of the page."""
    caption: str | None = None
    credit: str | None = None
    """As printed, without label or brackets: `Emad Nassar/Flash 90`."""
    agency: str | None = None
    """The agency in the credit under its usual name: `AFP`, `dpa`, `Getty Images`."""
    alt: str | None = None
    url: str | None = None
    """Absolute; None where the page gave words but no picture."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that stood in the article's block and is not its text."""

    position: int
    """The code points of `text` that stand before it; equal positions keep their order."""
    kind: RemovedKind
    rule: str
    """The rule that took it out, a stable slug: `caption-markup`."""
    text: str


@dataclass(frozen=True, slots=True)
class LiveUpdate:
    """One entry of a live blog."""

    position: int
    """0 for the first on the page, which is mostly the youngest."""
    published: "Moment | None"
    title: str | None
    text: str
    """Paragraphs parted by one blank line."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a page states it, with everything needed to doubt it."""

    at: datetime
    """UTC. Midnight in `zone` where only a day is stated (`precision` says so)."""
    day: date
    """The day in the paper's zone; as printed where a day is all there is."""
    raw: str
    """As written in the page or feed."""
    precision: Precision
    zone: str | None
    """`+02:00`, `UTC` or an IANA name; None where nobody says, and UTC was assumed."""
    zone_source: ZoneSource
    source: str
    """Where it was read: `json-ld`, `opengraph`, `meta`, `time`, `feed`, `text`, `url`."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a newspaper published under one URL, as one capture shows it."""

    url: str
    title: str | None
    """Without the site's name."""
    description: str | None
    text: str
    """Paragraphs parted by one blank line, headings as paragraphs, list items `- `; NFC, no trailing space."""
    authors: tuple[str, ...]
    """Persons, in the page's order; where it names none the agency as its byline has it, or else the newsroom."""
    agencies: tuple[str, ...]
    """News agencies whose copy it is by byline, dateline, closing or copyright line, under their usual names."""
    section: str | None
    tags: tuple[str, ...]
    language: str
    """ISO 639-1; `und` where undecided."""
    language_source: str
    """`markup`, `text`, `source` or `none`."""
    published: Moment | None
    published_conflict: bool
    """Whether the page states two publication times over a day apart."""
    modified_at: datetime | None
    """UTC."""
    free_access: bool | None
    """What the page says of itself; None where it says nothing."""
    text_status: TextStatus
    word_count: int
    """Words of `text` by the word boundaries of UAX 29."""
    image_url: str | None
    canonical_claim: str | None
    """The page's `rel=canonical` where it is another URL than its own: a claim, never an identity."""
    photos: tuple[Photo, ...]
    removed: tuple[Removed, ...]
    extractor: str
    """`hemeroteca/0.1.0 trafilatura/2.3.1`."""
    rights: tuple[str, ...] = ()
    """Reservations that the page states: `noarchive`, `noai`, `tdm-reservation` and the like."""
    licence: str | None = None
    """As the page states it: an address, or a name."""
    updates: tuple[LiveUpdate, ...] = ()
    """Of a live blog; their words may stand in `text` too."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that is no article, and why."""

    url: str
    reason: RejectionReason
    detail: str
    """In words, for a person."""
    extractor: str
