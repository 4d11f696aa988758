"""A capture as the extractor is given it; what extracts it is loaded by the worker processes alone."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from articles.model import Hints, Page, SiteRule
from articles.urls import normalise
from warehouse.captures import Capture, Entry
from warehouse.outcomes import Result
from warehouse.processes import Named


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture to read, and the archive it stands in."""

    archive: Path
    entry: Entry
    rule: SiteRule | None = None
    """What the user says of the newspaper's pages, as of now."""


READ: Named[Reading, Result] = Named("warehouse.reading:read")
"""What becomes of a capture in the archive."""

EXTRACTED: Named[Page, Result] = Named("warehouse.reading:extracted")
"""What becomes of a page."""


def page_of(capture: Capture | Entry, body: bytes, fetched_at: datetime, rule: SiteRule | None = None) -> Page:
    """A capture as the extractor sees it: what the archive holds decides, and the user's rule."""
    context = capture.context
    return Page(
        url=normalise(capture.final_url),
        content=body,
        fetched_at=fetched_at,
        media_type=capture.media_type,
        charset=capture.charset,
        hints=Hints(
            source_name=context.name,
            source_zone=context.zone,
            source_language=context.language,
            feed_published=context.feed_published,
        ),
        rule=rule,
    )
