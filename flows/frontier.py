"""The frontier: what was found less what is done."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from articles.urls import host
from spiders.job import Target, Why
from warehouse.clock import now
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
    captured_at: datetime | None
    outcome: str | None
    digest: str | None
    segment: str | None
    offset: int | None
    length: int | None
    reason: str | None
    why: Why | None = None
    """What speaks for fetching it."""
    passing: bool = False
    """Whether the last try failed in a way that may pass: it is missing yet."""

    def target(self) -> Target:
        """The page to fetch."""
        return Target(
            url=self.url,
            via=self.via,
            why=self.why,
            published=self.published_raw,
            held_digest=self.digest,
            held_segment=self.segment,
            held_offset=self.offset,
            held_length=self.length,
        )


def found(store: Store, sources: Iterable[str]) -> list[Candidate]:
    """All that was found for the sources, newest first."""
    return [Candidate(*row) for row in store.rows(sql("frontier.sql"), sources=list(sources), now=now())]  # type: ignore[arg-type]


def due(store: Store, sources: Iterable[str], moment: datetime) -> list[Candidate]:
    """What a visit has a reason to fetch at a moment, most urgent first."""
    return [Candidate(*row) for row in store.rows(sql("due.sql"), sources=list(sources), now=moment)]  # type: ignore[arg-type]


def fair(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The same in turns of the hosts, so that a limit falls on each of them alike."""
    hosts: defaultdict[str, deque[Candidate]] = defaultdict(deque)
    for candidate in candidates:
        hosts[host(candidate.url)].append(candidate)
    while hosts:
        for name in list(hosts):
            yield hosts[name].popleft()
            if not hosts[name]:
                del hosts[name]


def wanted(candidate: Candidate, refetch: Refetch) -> bool:
    """Whether a backfill fetches it."""
    if candidate.captured_at is None or candidate.passing or refetch == "all":
        return True
    return refetch == "failed" and candidate.outcome == "failed"
