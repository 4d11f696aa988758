"""Which sitemaps of an index are read: those that are due and can hold pages of a window of days.

On any doubt, all of them can.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spiders.job import Feed
from spiders.sitemaps import SitemapEntry
from warehouse.dates import read_date
from warehouse.polling import SLACK

ZONES = timedelta(days=1)
"""A day begins at another moment in the paper's zone than in ours."""

LOOK_ANYWAY = timedelta(hours=6)
"""How often a sitemap is visited that its index says has not changed: some say so of all."""

DATED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_/.]?(?P<month>0[1-9]|1[0-2])(?:[-_/.]?(?P<day>0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both ends included; None is open."""

    first: date | None = None
    last: date | None = None

    def meets(self, first: date, last: date) -> bool:
        """Whether any of these days may lie in the window."""
        return not (
            (self.last is not None and first - ZONES > self.last)
            or (self.first is not None and last + ZONES < self.first)
        )


def may_hold(children: Sequence[SitemapEntry], window: Window) -> list[SitemapEntry]:
    """The children of an index that can hold pages of the window.

    A date in a name counts only where siblings differ by nothing else: it may be the day the file was made. A
    `lastmod` counts where siblings differ in it, and only against what was last changed before the window.
    """
    names = [series(child.url) for child in children]
    repeated = {name for name, times in Counter(names).items() if times > 1}
    days = {day_of(child.lastmod) for child in children} - {None}
    return [
        child
        for child, name in zip(children, names, strict=True)
        if not_ruled_out(child, window, dated=name in repeated, trusted=len(days) > 1)
    ]


def not_ruled_out(child: SitemapEntry, window: Window, *, dated: bool, trusted: bool) -> bool:
    """Judge by the name where it is dated, else by `lastmod` where that is to be trusted."""
    span = days_in_name(child.url) if dated else None
    if span:
        return window.meets(*span)
    modified = day_of(child.lastmod) if trusted else None
    return modified is None or window.first is None or modified >= window.first - ZONES


def series(url: str) -> str:
    """An address with its date blotted out; unequal to all others where it has none or several."""
    return DATED.sub("*", url) if days_in_name(url) else f"{url} undated"


def days_in_name(url: str) -> tuple[date, date] | None:
    """The days of the year, month or day that an address names, if it names one alone."""
    found = list(DATED.finditer(url.partition("://")[2].partition("/")[2]))
    if len(found) != 1:
        return None
    year, month, day = (int(part) if part else None for part in found[0].group("year", "month", "day"))
    if year is None:
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])


def day_of(lastmod: str | None) -> date | None:
    """The day of a W3C date, None for what does not begin with one."""
    try:
        return date.fromisoformat((lastmod or "")[:10])
    except ValueError:
        return None


def said_changed(lastmod: str | None, feed: Feed) -> bool | None:
    """Whether an index says that a sitemap has changed since its last visit; None where it says nothing to believe."""
    # A bare day says nothing of the hours after the visit on that day.
    at = read_date(lastmod) if lastmod and len(lastmod.strip()) > len("2026-11-23") else None
    if at is None or feed.last_success_at is None or not feed.believed:
        return None
    return at >= feed.last_success_at


def is_due(feed: Feed, moment: datetime, said_changed: bool | None) -> bool:
    """Whether an index's sitemap is visited; one said to be unchanged is looked at now and then all the same."""
    if feed.next_due_at is None:
        return True
    if said_changed is None or feed.last_success_at is None:
        return feed.next_due_at <= moment + SLACK
    return said_changed or moment - feed.last_success_at >= LOOK_ANYWAY
