"""From a capture in the archive to what the extractor makes of it; runs inside a worker process."""

from articles.errors import BadPage, Damaged
from articles.extract import extract
from articles.model import Page
from warehouse.archive import read_payload
from warehouse.captures import Capture, read_instant
from warehouse.outcomes import Quarantined, Result
from warehouse.pages import Reading, page_of


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
