"""Loading the journal: finds, refusals, failures, visits and settings into the tables."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.captures import read_instant
from warehouse.dates import read_date
from warehouse.journal import Failed, Found, InForce, Refused, Visited
from warehouse.lines import Damage
from warehouse.loading import mark_rows, marks, staged_schema
from warehouse.outcomes import failed_row, refused_row
from warehouse.pending import Events, pending_events
from warehouse.polling import FeedState, after
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
            "published_at": read_date(e.published),
            "modified_raw": e.modified,
            "modified_at": read_date(e.modified),
            "found_at": read_instant(e.at),
            "backfill": e.backfill,
        }
        for e in news.events
        if isinstance(e, Found)
    ]
    stated = [setting_row(e, ordinal) for ordinal, e in enumerate(news.events) if isinstance(e, InForce)]
    return {
        "new_tries": table(TRIES, tries),
        "new_found": table(FOUND, found),
        "new_visits": table(staged_schema(store, "visits"), visit_rows(news)),
        "new_feeds": table(staged_schema(store, "feeds"), feed_rows(store, news)),
        "new_settings": table(staged_schema(store, "sources").append(pa.field("ordinal", pa.int64())), stated),
        "new_marks": mark_rows(store, news.marks),
    }


def feed_rows(store: Store, news: Events) -> list[dict[str, object]]:
    """The rows of the feeds and sitemaps that were visited, as these visits leave them."""
    visits = sorted(scheduled(news), key=lambda e: e.at)
    states = held_feeds(store, {visit.source for visit in visits})
    for visit in visits:
        states[visit.source, visit.url] = after(states.get((visit.source, visit.url)), visit)
    return [asdict(states[key]) for key in sorted({(visit.source, visit.url) for visit in visits})]


def visit_rows(news: Events) -> list[dict[str, object]]:
    """The visits by feed and day (UTC)."""
    days: dict[tuple[str, str, date], Counter[str]] = {}
    for event in scheduled(news):
        counts = days.setdefault((event.source, event.url, read_instant(event.at).date()), Counter())
        counts["visits"] += 1
        counts["failed"] += event.error is not None and not event.entries
        if event.kind != "sitemap-index":
            counts["new_entries"] += event.entries if event.new is None else event.new
    counted = ("visits", "failed", "new_entries")
    return [
        {"source": source, "url": url, "day": day} | {name: counts[name] for name in counted}
        for (source, url, day), counts in days.items()
    ]


def scheduled(news: Events) -> Iterator[Visited]:
    """The visits of the schedule: a backfill's say nothing of when a feed is due, nor whether today was looked at."""
    return (event for event in news.events if isinstance(event, Visited) and not event.backfill)


def held_feeds(store: Store, sources: Iterable[str]) -> dict[tuple[str, str], FeedState]:
    """The state of all feeds and sitemaps of some sources, by source and URL."""
    names = [field.name for field in fields(FeedState)]
    rows = store.rows(f"SELECT {', '.join(names)} FROM feeds WHERE source IN (SELECT unnest(?))", list(sources))  # noqa: S608 - our own names
    states = (FeedState(**dict(zip(names, row, strict=True))) for row in rows)  # type: ignore[arg-type]
    return {(state.source, state.url): state for state in states}


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
        *((name, TIME) for name in ("published_at", "modified_at", "found_at")),
        ("backfill", pa.bool_()),
    ]
)
