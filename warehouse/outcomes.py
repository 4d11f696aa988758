"""What became of a capture: exactly one outcome, decided from what was kept and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from articles.fingerprint import article_id, capture_id, text_hash, text_id, version_hash, version_id
from articles.model import Article, Rejection
from articles.rights import together
from articles.urls import normalise
from warehouse.captures import Capture, Entry, read_instant
from warehouse.journal import Failed, Refused

OutcomeKind = Literal["article", "skipped", "failed", "quarantined"]

RETRY_AFTER = timedelta(minutes=15)
"""When a failure is tried again for the first time; the frontier waits longer with each further one."""

REFUSAL = timedelta(hours=6)
"""The same for a server that does not want us now: 401, 402, 403, 451."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses that speak of the moment, not of the page."""

MISSING = frozenset({404, 410})
"""Statuses of a page that is not there; a new one may be listed before it is served."""

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types that can hold an article."""

NOT_HELD = "payload not held"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that the extractor could not take; its capture is kept and can be replayed."""

    stage: str
    """`read` or `extract`."""
    reason: str
    """A slug to count by: a limit's name (`elements`, `cpu`), `timeout`, `crash`, `error`, `damaged`."""
    detail: str


Result = Article | Rejection | Quarantined
"""What the extractor made of a page."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A capture and what became of it."""

    entry: Entry
    kind: OutcomeKind
    reason: str | None = None
    detail: str | None = None
    next_try_at: datetime | None = None
    result: Result | None = None


def holds_page(capture: Capture) -> bool:
    """Whether a capture is one that must be read, as `without_reading` will say of its entry."""
    return capture.status in (None, 200) and capture.original is None and capture.media_type in PAGES


def without_reading(entry: Entry) -> Outcome | None:
    """The outcome of a capture that holds no article whatever its bytes; None where they must be read."""
    status = entry.status
    if status is not None and status != 200:
        wait = retry_after(entry)
        next_try_at = read_instant(entry.captured_at) + wait if wait else None
        return Outcome(entry, "failed", f"http {status}", None, next_try_at)
    if entry.payload is None:
        return Outcome(entry, "failed", NOT_HELD, "a revisit; its row becomes an article's when the original comes")
    if entry.media_type not in PAGES:
        return Outcome(entry, "skipped", "not_html", f"media type {entry.media_type}")
    return None


def retry_after(entry: Entry) -> timedelta | None:
    """How long after a failure the first further try comes; None for what will not change."""
    if entry.status in PASSING:
        return max(RETRY_AFTER, timedelta(seconds=min(entry.context.retry_after or 0, 86_400)))
    if entry.status in MISSING:
        return RETRY_AFTER
    return REFUSAL if entry.status in (401, 402, 403, 451) else None


def outcome(entry: Entry, result: Result) -> Outcome:
    """The outcome of a capture that has been read."""
    if isinstance(result, Article):
        return Outcome(entry, "article", result=result)
    if isinstance(result, Rejection):
        return Outcome(entry, "skipped", result.reason, result.detail, result=result)
    return Outcome(entry, "quarantined", result.reason, result.detail, result=result)


def capture_row(done: Outcome) -> dict[str, object]:
    """The row of `captures` for an archived capture."""
    entry, context = done.entry, done.entry.context
    at = read_instant(entry.captured_at)
    article = done.result if isinstance(done.result, Article) else None
    identity = article_id(normalise(entry.final_url)) if article else None
    return {
        "capture_id": entry.capture_id,
        "url": normalise(entry.url),
        "final_url": normalise(entry.final_url),
        "source": context.source,
        "via": context.via,
        "why": context.why,
        "captured_at": at,
        "captured_date": at.date(),
        "time_inferred": context.time_inferred,
        "last_at": at,
        "attempts": 1,
        "status": entry.status,
        "media_type": entry.media_type,
        "digest": entry.digest,
        "size": entry.size,
        "record_type": entry.record_type,
        "segment": entry.record.segment,
        "record_offset": entry.record.offset,
        "record_length": entry.record.length,
        "payload_segment": entry.payload.segment if entry.payload else None,
        "payload_offset": entry.payload.offset if entry.payload else None,
        "payload_length": entry.payload.length if entry.payload else None,
        "stated_digest": entry.stated_digest,
        "original_url": entry.original.url if entry.original else None,
        "original_at": read_instant(entry.original.captured_at)
        if entry.original and entry.original.captured_at
        else None,
        "robots": context.robots,
        "rights": list(together(context.rights, article.rights if article else ())),
        "licence": article.licence if article else None,
        "outcome": done.kind,
        "reason": done.reason,
        "detail": done.detail,
        "next_try_at": done.next_try_at,
        "text_date": (article.published.day if article.published else at.date()) if article else None,
        "article_id": identity,
        "version_id": version_id(identity, version_hash(article)) if article and identity else None,
        "extractor": done.result.extractor if isinstance(done.result, Article | Rejection) else None,
    }


def failed_row(event: Failed) -> dict[str, object]:
    """The row of `captures` for an address that gave no page; each try is a row of its own."""
    at = read_instant(event.at)
    return {
        "capture_id": capture_id(event.url, at, f"failed:{event.reason}"),
        "url": event.url,
        "final_url": event.url,
        "source": event.source,
        "via": event.via,
        "captured_at": at,
        "captured_date": at.date(),
        "time_inferred": False,
        "last_at": at,
        "attempts": 1,
        "outcome": "failed",
        "reason": event.reason,
        "detail": event.detail,
        "next_try_at": at + RETRY_AFTER if event.again else None,
    }


def refused_row(event: Refused) -> dict[str, object]:
    """The row of `captures` for an address that was not asked for: one an URL and reason, counted."""
    at = read_instant(event.at)
    never = at.replace(year=1970, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return {
        "capture_id": capture_id(event.url, never, f"refused:{event.source}:{event.reason}"),
        "url": event.url,
        "final_url": event.url,
        "source": event.source,
        "via": event.via,
        "captured_at": at,
        "captured_date": at.date(),
        "time_inferred": False,
        "last_at": at,
        "attempts": 1,
        "robots": "forbidden" if event.reason == "robots" else None,
        "outcome": "skipped",
        "reason": event.reason,
        "detail": event.detail,
    }


def version_row(done: Outcome, article: Article) -> dict[str, object]:
    """The row of `article_versions` that a capture gives."""
    content, identity = version_hash(article), article_id(normalise(done.entry.final_url))
    published = article.published
    return {
        "version_id": version_id(identity, content),
        "article_id": identity,
        "version_hash": content,
        "text_hash": text_hash(article.text),
        "text_id": text_id(article.text),
        "title": article.title,
        "description": article.description,
        "text": article.text,
        "authors": list(article.authors),
        "agencies": list(article.agencies),
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "language_source": article.language_source,
        "published_at": published.at if published else None,
        "published_date": published.day if published else None,
        "published_raw": published.raw if published else None,
        "published_precision": published.precision if published else None,
        "published_zone": published.zone if published else None,
        "published_zone_source": published.zone_source if published else None,
        "published_source": published.source if published else None,
        "published_conflict": article.published_conflict,
        "modified_at": article.modified_at,
        "free_access": article.free_access,
        "text_status": article.text_status,
        "word_count": article.word_count,
        "char_count": len(article.text),
        "image_url": article.image_url,
        "canonical_claim": article.canonical_claim,
        "extractor": article.extractor,
        "capture_id": done.entry.capture_id,
        "captured_at": read_instant(done.entry.captured_at),
    }
