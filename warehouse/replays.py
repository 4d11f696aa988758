"""Captures that are read anew: revisits whose original has come, and what lies in quarantine."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.archive import segments
from warehouse.captures import Entry, Place
from warehouse.lines import Line, read_lines
from warehouse.store import Store, sql

TRIES = 3
"""How often a page that the clock gave up is tried by itself: the machine may have been busy."""


@dataclass(frozen=True, slots=True)
class Again:
    """A capture to be read anew, and where its manifest tells of it."""

    capture_id: str
    segment: str
    offset: int
    attempts: int = 0
    """How often it has been quarantined."""
    digest: str | None = None
    """For a revisit: the digest, place and type of the payload that it repeats."""
    payload: Place | None = None
    media_type: str | None = None

    def entry(self, told: Entry) -> Entry:
        """What the manifest told, with what has become known since."""
        if self.payload is None or self.digest is None:
            return told
        return replace(
            told, digest=self.digest, payload=self.payload, media_type=told.media_type or self.media_type or ""
        )


def resolvable(store: Store) -> list[Again]:
    """Revisits that came without a payload which the archive now holds."""
    rows = store.rows(sql("originals.sql"))
    return [
        Again(str(key), str(segment), int(str(offset)), 0, str(digest), Place(*place), str(kind))  # type: ignore[arg-type]
        for key, segment, offset, digest, *place, kind in rows
    ]


def quarantined(
    store: Store,
    key: str | None = None,
    source: str | None = None,
    reason: str | None = None,
    under: int | None = None,
) -> list[Again]:
    """What lies in quarantine: all of it, or what an id begins with, of a source, for a reason, tried less than so."""
    rows = store.rows(sql("quarantined.sql"), key=key, source=source, reason=reason, under=under)
    return [Again(str(key), str(segment), int(str(offset)), int(str(n))) for key, segment, offset, n in rows]


def given_up(store: Store) -> list[Again]:
    """Pages that took too long, and were tried less than three times."""
    return quarantined(store, reason="timeout", under=TRIES)


def entries_of(archive: Path, wanted: Sequence[Again]) -> Iterator[tuple[Again, Entry]]:
    """What the manifests tell of captures; one whose line is damaged is passed over."""
    by_segment: defaultdict[str, dict[int, Again]] = defaultdict(dict)
    for again in wanted:
        by_segment[again.segment][again.offset] = again
    for segment, places in sorted(by_segment.items()):
        manifest = segments(archive) / f"{segment.removesuffix('.warc.gz')}.jsonl"
        if not manifest.exists():
            continue
        for line in read_lines(manifest):
            found = places.get(line.row["record"]["offset"]) if isinstance(line, Line) else None
            if found and isinstance(line, Line):
                yield found, found.entry(Entry.from_row(line.row))
