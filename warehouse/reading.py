"""From a capture in the archive to what the extractor makes of it; runs inside a worker process."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from articles.errors import BadPage, Damaged
from articles.extract import extract
from articles.model import Hints, Page, SiteRule
from articles.urls import normalise
from warehouse.archive import read_payload
from warehouse.captures import Capture, Entry, read_instant
from warehouse.outcomes import Quarantined, Result


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture to read, and the archive it stands in."""

    archive: Path
    entry: Entry
    rule: SiteRule | None = None
    """What the user says of the newspaper's pages, as of now."""


def read(reading: Reading) -> Result:
    """Read a capture's payload from the archive and extract it."""
    entry = reading.entry
    try:
        body = read_payload(reading.archive, entry)
    except (Damaged, OSError) as error:
        return Quarantined("read", "damaged", str(error))
    return extracted(page_of(entry, body, read_instant(entry.captured_at), reading.rule))


def extract_capture(capture: Capture) -> Result:
    """Extract a capture that is not in the archive yet, as it will be read from there."""
    return extracted(page_of(capture, capture.body, capture.captured_at))


def extracted(page: Page) -> Result:
    """What the extractor makes of a page, also of one that it refuses."""
    try:
        return extract(page)
    except BadPage as error:
        return Quarantined("extract", error.reason, str(error))


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
