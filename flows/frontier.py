"""The frontier: what was found less what is done, decided from values alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from spiders.job import Target
from warehouse.store import Store, sql

Refetch = Literal["missing", "failed", "all"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that was found, and its last capture if there is one."""

    source: str
    url: str
    via: str | None
    published_raw: str | None
    modified_raw: str | None
    modified_at: datetime | None
    changed_at: datetime
    last_found_at: datetime
    captured_at: datetime | None
    outcome: str | None
    next_try_at: datetime | None
    digest: str | None
    segment: str | None
    offset: int | None
    length: int | None
    reason: str | None

    def target(self) -> Target:
        """The page to fetch."""
        return Target(
            url=self.url,
            via=self.via,
            published=self.published_raw,
            held_digest=self.digest,
            held_segment=self.segment,
            held_offset=self.offset,
            held_length=self.length,
        )


def candidates(store: Store, sources: Iterable[str]) -> list[Candidate]:
    """All that was found for the sources, newest first."""
    return [Candidate(*row) for row in store.rows(sql("frontier.sql"), list(sources))]  # type: ignore[arg-type]


def due(candidate: Candidate, now: datetime) -> bool:
    """Whether a visit has a reason to fetch it: never taken, changed since, or its next try has come."""
    if candidate.captured_at is None:
        return True
    if candidate.outcome == "failed":
        return candidate.next_try_at is not None and candidate.next_try_at <= now
    if candidate.reason == "robots":
        return False
    changed = candidate.changed_at > candidate.captured_at
    later = candidate.modified_at is not None and candidate.modified_at > candidate.captured_at
    return changed or later


def wanted(candidate: Candidate, refetch: Refetch) -> bool:
    """Whether a backfill fetches it."""
    if candidate.captured_at is None or refetch == "all":
        return True
    return refetch == "failed" and candidate.outcome == "failed"
