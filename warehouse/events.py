"""Loading the journal: finds, refusals, failures, visits and settings into the tables."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pyarrow as pa

from warehouse.captures import read_instant
from warehouse.journal import Failed, Found, InForce, Refused, Visited
from warehouse.lines import Damage
from warehouse.loading import mark_rows, marks, staged_schema
from warehouse.outcomes import failed_row, refused_row
from warehouse.pending import Events, pending_events
from warehouse.store import Stamp, Store, table


def load_journal(store: Store, archive: Path, stamp: Stamp) -> tuple[Damage, ...]:
    """Load the journal's events past its marks, a batch a transaction; what could not be read on the way."""
    damage: tuple[Damage, ...] = ()
    for news in pending_events(archive, marks(store)):
        damage += news.damage
        if news.marks:
            with store.transaction():
                store.apply("load/journal.sql", staged_events(store, news), stamp)
    return damage


def staged_events(store: Store, news: Events) -> dict[str, pa.Table]:
    """The events as tables for `load/journal.sql`."""
    tries: list[dict[str, object]] = [
        failed_row(e) if isinstance(e, Failed) else refused_row(e)
        for e in news.events
        if isinstance(e, Failed | Refused)
    ]
    found: list[dict[str, object]] = [
        {
            "url": e.url,
            "source": e.source,
            "via": e.via,
            "published_raw": e.published,
            "modified_raw": e.modified,
            "modified_at": read_date(e.modified),
            "found_at": read_instant(e.at),
        }
        for e in news.events
        if isinstance(e, Found)
    ]
    visits: list[dict[str, object]] = [
        {
            "url": e.url,
            "source": e.source,
            "kind": e.kind,
            "status": e.status,
            "entries": e.entries,
            "etag": e.etag,
            "last_modified": e.last_modified,
            "error": e.error,
            "visited_at": read_instant(e.at),
            "ordinal": ordinal,
        }
        for ordinal, e in enumerate(news.events)
        if isinstance(e, Visited)
    ]
    stated = [setting_row(e, ordinal) for ordinal, e in enumerate(news.events) if isinstance(e, InForce)]
    return {
        "new_tries": table(TRIES, tries),
        "new_found": table(FOUND, found),
        "new_visits": table(VISITS, visits),
        "new_settings": table(staged_schema(store, "sources").append(pa.field("ordinal", pa.int64())), stated),
        "new_marks": mark_rows(store, news.marks),
    }


def setting_row(event: InForce, ordinal: int) -> dict[str, object]:
    """The row of `sources` that an event states; keys that are no columns are for the crawl alone."""
    return {
        **event.settings,
        "source": event.source,
        "in_force_since": read_instant(event.at),
        "ordinal": ordinal,
    }


TEXT, TIME = pa.string(), pa.timestamp("us", tz="UTC")
TRIES = pa.schema(
    [
        *(
            (name, TEXT)
            for name in (
                "capture_id",
                "url",
                "final_url",
                "source",
                "via",
                "robots",
                "outcome",
                "reason",
                "detail",
            )
        ),
        *((name, TIME) for name in ("captured_at", "last_at", "next_try_at")),
        ("attempts", pa.int32()),
    ]
)
FOUND = pa.schema(
    [
        *((name, TEXT) for name in ("url", "source", "via", "published_raw", "modified_raw")),
        ("modified_at", TIME),
        ("found_at", TIME),
    ]
)
VISITS = pa.schema(
    [
        *((name, TEXT) for name in ("url", "source", "kind", "etag", "last_modified", "error")),
        ("status", pa.int32()),
        ("entries", pa.int32()),
        ("visited_at", TIME),
        ("ordinal", pa.int64()),
    ]
)


def read_date(raw: str | None) -> datetime | None:
    """The instant that a feed (RFC 822) or sitemap (W3C) states; UTC where it names no zone."""
    if not raw:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(raw.strip())
        except ValueError:
            continue
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return None
