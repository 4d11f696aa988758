"""A backfill as it is asked for, and its plan: which days, what is known, what is missing, how long it takes.

All of it is decided from values alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from articles.errors import BadDate
from flows.frontier import Candidate, Refetch, wanted
from warehouse.dates import read_date

Order = Literal["newest", "oldest"]
Via = Literal["sitemap", "warc", "wayback", "ccnews"]

CAPTURE_MARGIN = 31
"""Days after the window: a page is captured when it is published, or later."""

DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
"""`/2026/10/05/`, `/2026-10-05-`, `/20261005/`: most newspapers date their addresses."""


EARLIEST, LATEST = date(1, 1, 10), date(9999, 12, 20)
"""As far as a window reaches: from there on the calendar still has the days that time zones and margins add."""


def near(day: date, days: int = 0) -> date:
    """The day so many days after one, no further than a window reaches: `--to 9999-12-31` is no mistake."""
    return date.fromordinal(max(EARLIEST.toordinal(), min(day.toordinal() + days, LATEST.toordinal())))


@dataclass(frozen=True, slots=True)
class Window:
    """Publication days, both ends included, in each source's own zone."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BadDate(f"the window ends on {self.last}, before it begins on {self.first}")

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class BackfillRequest:
    """What a backfill is asked."""

    sources: tuple[str, ...]
    first_day: date
    last_day: date
    via: Via = "sitemap"
    files: tuple[Path, ...] = ()
    """WARC files or folders of them, for `via="warc"`; folders of lists and files for `via="ccnews"`."""
    refetch: Refetch = "missing"
    order: Order = "newest"
    limit: int | None = None
    max_minutes: float | None = None
    dry_run: bool = False
    capture_margin: int | None = None
    """Days after the last one on which its pages may have been captured; of sitemaps, changed, where they tell no more.

    Without it, as many as `CAPTURE_MARGIN` for captures, and none for changes."""

    def window(self) -> Window:
        """The publication days asked for."""
        return Window(near(self.first_day), near(self.last_day))

    def reach(self) -> Window:
        """The days, in UTC, on which pages of the window can have been captured."""
        # The paper's own first and last day begin and end at another time than ours.
        margin = CAPTURE_MARGIN if self.capture_margin is None else max(1, self.capture_margin)
        return Window(near(self.first_day, -1), near(self.last_day, margin))

    def changes(self) -> Window:
        """The days of a last change on which a page of the window that tells no other may have been published."""
        return Window(near(self.first_day), near(self.last_day, self.capture_margin or 0))


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """What a backfill of one source comes to."""

    source: str
    found: int
    """Addresses that the sitemaps show."""
    outside: int
    """Of these, dated outside the window."""
    undated: int
    """Of those inside: without a date, taken to be on the safe side."""
    known: int
    """Of those inside: captured already."""
    to_fetch: int
    minutes: float
    """At the polite rate of its delay."""
    changed_later: int = 0
    """Of those outside: without a day of publication, and changed since: some may have been published within."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a backfill will do."""

    sources: tuple[SourcePlan, ...]
    targets: tuple[Candidate, ...]
    files: int = 0
    """Files of CC-NEWS to look through: what is in them is known when they have been."""

    def table(self) -> list[dict[str, Any]]:
        """A row a source, for people and artifacts."""
        return [asdict(source) for source in self.sources]


def plan_source(
    found: Iterable[Candidate], source: str, request: BackfillRequest, zone: str | None, delay: float
) -> tuple[SourcePlan, list[Candidate]]:
    """The plan of one source, and the addresses to fetch."""
    mine = [candidate for candidate in found if candidate.source == source]
    paper, since = zone_of(zone), request.changes().last
    days = {candidate.url: day_of(candidate, paper) for candidate in mine}
    changed = {c.url: changed_on(c, paper) for c in mine if days[c.url] is None}
    inside = [c for c in mine if may_be_of(request, days[c.url], changed.get(c.url))]
    missing = [candidate for candidate in inside if wanted(candidate, request.refetch)]
    counted = SourcePlan(
        source=source,
        found=len(mine),
        outside=len(mine) - len(inside),
        undated=sum(days[candidate.url] is None for candidate in inside),
        known=sum(candidate.captured_at is not None and not candidate.passing for candidate in inside),
        to_fetch=len(missing),
        minutes=round(len(missing) * delay / 60, 1),
        changed_later=sum(
            (last := changed.get(candidate.url)) is not None and last > since
            for candidate in mine
            if wanted(candidate, request.refetch)
        ),
    )
    return counted, missing


def may_be_of(request: BackfillRequest, day: date | None, changed: date | None) -> bool:
    """Whether a page of that day, or of none and last changed on that, may have been published in the window."""
    if day is not None:
        return request.window().holds(day)
    return changed is None or request.changes().holds(changed)


def zone_of(zone: str | None) -> tzinfo:
    """A newspaper's zone; UTC where its settings name none."""
    return ZoneInfo(zone) if zone else UTC


def day_of(candidate: Candidate, zone: tzinfo) -> date | None:
    """The day that an address belongs to: that of the publication date shown, else its path's."""
    if published := read_date(candidate.published_raw):
        return printed_day(candidate.published_raw, published, zone)
    if in_path := DAY_IN_PATH.search(candidate.url):
        year, month, day = map(int, in_path.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


def changed_on(candidate: Candidate, zone: tzinfo) -> date | None:
    """The day of the last change that its sitemap tells of."""
    modified = read_date(candidate.modified_raw)
    return printed_day(candidate.modified_raw, modified, zone) if modified else None


def printed_day(raw: str | None, at: datetime, zone: tzinfo) -> date:
    """The day in the paper's zone; a bare day is the one that was printed."""
    return at.date() if raw is not None and len(raw.strip()) == len("2026-10-05") else at.astimezone(zone).date()


def in_order(targets: Sequence[Candidate], order: Order, limit: int | None) -> tuple[Candidate, ...]:
    """The pages in the order asked, up to a limit; undated ones last."""
    dated = [(read_date(c.published_raw) or c.modified_at, c) for c in targets]
    newest = sorted(
        (pair for pair in dated if pair[0]),
        key=lambda pair: (pair[0], pair[1].url),
        reverse=order == "newest",
    )
    undated = [candidate for at, candidate in dated if at is None]
    return tuple([candidate for _, candidate in newest] + undated)[:limit]
