"""When a feed or sitemap is visited next: its state after each visit, from the one before. Decided from values alone.

The interval is halved by a visit that shows something new and grows by half with one that does not, within bounds; what
the server says of how long its answer keeps is kept to, within the same bounds. A feed is never given up: the
longest that one waits after failures is a quarter of a day.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from warehouse.captures import read_instant
from warehouse.journal import Visited

SHORTEST, FIRST, LONGEST = 600, 1200, 1800
"""Seconds between two visits: what stands in a feed for an hour is seen, even by a schedule of half of one."""

QUIET = 86_400
"""Seconds between two visits to an index's sitemap that has shown nothing new for two days."""

QUIET_AFTER = timedelta(days=2)

FULL_EVERY = timedelta(hours=6)
"""How often a feed that is trusted is asked unconditionally, to see whether "not modified" is true."""

UNTRUSTED_FULL_EVERY = timedelta(seconds=3600 - LONGEST - 300)
"""The same for one that is not trusted yet: the whole of it is then received every hour at the least."""

TRUSTED_AFTER = 3
"""How often a feed must have changed its ETag or Last-Modified along with what it shows to be trusted."""

SLACK = timedelta(minutes=1)
"""A visit may come so much before its time: a schedule is not kept to the second."""

PATIENT, DEAD = 8, 21_600
"""After so many failures in a row of the hard kind a feed is visited every six hours."""

Failure = Literal["passing", "soft", "hard"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """A row of `feeds`."""

    url: str
    source: str
    kind: str
    last_attempt_at: datetime
    last_success_at: datetime | None = None
    failures: int = 0
    """In a row."""
    entries: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    status: str = "ok"
    """In words."""
    interval_s: int = FIRST
    next_due_at: datetime | None = None
    last_new_at: datetime | None = None
    last_full_at: datetime | None = None
    """When the whole was last received, not "not modified"."""
    announced: int = 0
    """How often its ETag or Last-Modified changed along with what it shows."""
    untrue: bool = False
    """Whether it said that nothing had changed when something had: its word is taken no more."""
    overruns: int = 0
    """Visits that found nothing but new entries: some may have come and gone unseen."""
    parent: str | None = None
    """The index that names it."""


def after(held: FeedState | None, visit: Visited) -> FeedState:
    """The state that a visit leaves behind; one that is older than what is held changes nothing."""
    at = read_instant(visit.at)
    if held is None:
        held = FeedState(visit.url, visit.source, visit.kind, at, parent=visit.parent)
    elif at < held.last_attempt_at:
        return held
    seen = replace(held, last_attempt_at=at, parent=visit.parent or held.parent)
    return failed(seen, visit, at) if visit.error and not visit.entries else succeeded(seen, visit, at)


def failed(held: FeedState, visit: Visited, at: datetime) -> FeedState:
    """A visit that gave nothing: what is dead is visited less, what hiccups is not."""
    failures = held.failures + 1
    wait = DEAD if kind_of(visit) == "hard" and failures > PATIENT else min(SHORTEST * 2 ** min(failures, 9), LONGEST)
    if kind_of(visit) == "passing":
        wait = SHORTEST
    due = at + timedelta(seconds=max(wait, min(visit.keeps_s or 0, DEAD)))
    return replace(held, failures=failures, status=visit.error or "", next_due_at=due)


def succeeded(held: FeedState, visit: Visited, at: datetime) -> FeedState:
    """A visit that was answered."""
    whole = visit.status != 304
    first = held.last_success_at is None
    interval = held.interval_s
    if not first:
        interval = max(SHORTEST, interval // 2) if visit.new else interval * 3 // 2
    last_new_at = at if visit.new or first else held.last_new_at
    quiet = held.parent is not None and last_new_at is not None and at - last_new_at > QUIET_AFTER
    longest = QUIET if quiet else LONGEST
    interval = min(interval, longest)
    marked = (visit.etag, visit.last_modified) != (None, None)
    said_the_same = marked and (visit.etag, visit.last_modified) == (held.etag, held.last_modified)
    announced = marked and not said_the_same and not first and whole and bool(visit.new)
    return replace(
        held,
        kind=visit.kind if visit.kind != "unknown" else held.kind,
        last_success_at=at,
        failures=0,
        status=visit.error or "ok",
        entries=visit.entries if whole else held.entries,
        etag=visit.etag,
        last_modified=visit.last_modified,
        interval_s=interval,
        next_due_at=at + timedelta(seconds=max(interval, min(visit.keeps_s or 0, longest))),
        last_new_at=last_new_at,
        last_full_at=at if whole else held.last_full_at,
        announced=held.announced + announced,
        untrue=held.untrue or visit.unannounced or (said_the_same and bool(visit.new)),
        overruns=held.overruns + (0 < visit.entries == visit.new and held.parent is None and not first),
    )


def is_believed(state: FeedState, moment: datetime) -> bool:
    """Whether a feed's "not modified" would be believed now: for a while, and longer once it has earned it."""
    if state.untrue or state.last_full_at is None:
        return False
    trusted = state.announced >= TRUSTED_AFTER
    return moment - state.last_full_at < (FULL_EVERY if trusted else UNTRUSTED_FULL_EVERY)


def kind_of(visit: Visited) -> Failure:
    """How a failure weighs: `hard` where the feed is no more, `soft` where something else came, else `passing`."""
    if visit.status in (404, 410, 451) or visit.reason in ("dns", "guard", "robots"):
        return "hard"
    if visit.status is None or visit.status == 429 or visit.status >= 500:
        return "passing"
    return "soft"
