"""Records for tests, written once: whatever a test does not name is plain and valid."""

from datetime import UTC, datetime
from typing import Any

from articles.fingerprint import capture_id
from articles.model import Article, LiveUpdate, Moment, Photo, Removed
from warehouse.captures import Capture, Context, Entry, Place, instant
from warehouse.outcomes import Outcome

URL = "https://tagblatt.example/politik/haushalt-17.html"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def moment(at: datetime = NOON) -> Moment:
    return Moment(at, at.date(), at.isoformat(), "second", "UTC", "page", "json-ld")


def article(**given: Any) -> Article:
    plain: dict[str, Any] = {
        "url": URL,
        "title": "Council passes budget",
        "description": None,
        "text": "The council passed the budget on Friday.\n\nIt took nine hours.",
        "authors": ("Ada Brandt",),
        "agencies": (),
        "section": "Politics",
        "tags": ("budget",),
        "language": "en",
        "language_source": "markup",
        "published": moment(),
        "published_conflict": False,
        "modified_at": None,
        "free_access": None,
        "text_status": "full",
        "word_count": 11,
        "image_url": None,
        "canonical_claim": None,
        "photos": (Photo(0, "The town hall", "Lena Ostrow/AFP", "AFP", None, None),),
        "updates": (LiveUpdate(0, None, "Vote", "The vote began."),),
        "removed": (Removed(0, "caption", "caption-markup", "The town hall"),),
        "extractor": "test",
    }
    return Article(**{**plain, **given})


def entry(url: str = URL, at: datetime = NOON, digest: str = "sha256:" + "0" * 64, **given: Any) -> Entry:
    place = Place("segment-0001.warc.gz", 0, 100)
    plain: dict[str, Any] = {
        "capture_id": capture_id(url, at, digest),
        "url": url,
        "final_url": url,
        "captured_at": instant(at),
        "digest": digest,
        "size": 1000,
        "media_type": "text/html",
        "charset": "utf-8",
        "status": 200,
        "record_type": "response",
        "record": place,
        "payload": place,
        "checksum": "0" * 16,
        "context": Context(source="tagblatt"),
    }
    return Entry(**{**plain, **given})


def shown(found: Article, at: datetime = NOON, digest: str = "0") -> Outcome:
    """A capture of the article's URL that shows it."""
    return Outcome(entry(found.url, at, "sha256:" + digest * 64), "article", result=found)


def capture(url: str = URL, body: bytes = b"<p>page</p>", at: datetime = NOON, **given: Any) -> Capture:
    plain: dict[str, Any] = {
        "url": url,
        "final_url": url,
        "captured_at": at,
        "body": body,
        "media_type": "text/html",
        "context": Context(source="tagblatt"),
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html"),),
    }
    return Capture(**{**plain, **given})
