"""The journal's line about a visit to a feed or sitemap."""

import re
from http import HTTPStatus

from scrapy.http import Response

from spiders.listings import Listing, Visit
from spiders.outcomes import Outcome
from spiders.retry_after import rest_asked
from warehouse.captures import instant
from warehouse.clock import now
from warehouse.journal import Visited

MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def visited(
    visit: Visit,
    response: Response | None,
    listing: Listing | None = None,
    *,
    new: int | None = None,
    error: str | None = None,
    outcome: Outcome | None = None,
) -> Visited:
    """The journal's line about a visit."""
    unmodified = response is not None and response.status == HTTPStatus.NOT_MODIFIED
    return Visited(
        at=instant(now()),
        source=visit.source.source,
        url=visit.feed.url,
        kind=listing.kind if listing else "unknown",
        status=response.status if response else None,
        entries=listing.shown + len(listing.children) if listing else 0,
        etag=header(response, "ETag") or (visit.feed.etag if unmodified else None),
        last_modified=header(response, "Last-Modified") or (visit.feed.last_modified if unmodified else None),
        error=f"{outcome.reason}: {outcome.detail}" if outcome else error,
        reason=outcome.reason if outcome else None,
        new=new,
        keeps_s=max(filter(None, (keeps(response), listing.keeps_s if listing else None)), default=None),
        parent=visit.parent,
        unannounced=visit.said_unchanged and bool(new),
        backfill=visit.backfill,
    )


def header(response: Response | None, name: str) -> str | None:
    """A header's value as text."""
    value = response.headers.get(name) if response else None
    return value.decode("latin-1").strip() or None if value else None


def keeps(response: Response | None) -> int | None:
    """Seconds that an answer keeps by its `Cache-Control`, or that it asks to be left alone."""
    if response is None:
        return None
    if rest := rest_asked(response.status, response.headers.get("Retry-After"), now()):
        return int(rest)
    found = MAX_AGE.search(header(response, "Cache-Control") or "")
    return int(found[1]) if found else None
