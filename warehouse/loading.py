"""Loading: a batch of captures or journal events into the tables, with its mark, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from articles.agencies import DOMAINS as AGENCY_DOMAINS
from articles.fingerprint import article_id
from articles.model import EXTRACTOR, Article
from articles.urls import normalise, registrable_domain
from warehouse.captures import Entry, Place, read_instant
from warehouse.changes import compare_versions
from warehouse.linking.clusters import remake_clusters
from warehouse.outcomes import (
    Outcome,
    Quarantined,
    capture_row,
    version_row,
)
from warehouse.store import Stamp, Store, table

RUN_COLUMNS = ("load_id", "indexed_at")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did; the outcomes add up to `captures`, and new, changed and unchanged to `articles`."""

    captures: int = 0
    articles: int = 0
    skipped: int = 0
    failed: int = 0
    quarantined: int = 0
    new: int = 0
    """Articles seen for the first time."""
    changed: int = 0
    """Captures that showed a version not seen before of an article that was."""
    unchanged: int = 0
    """Captures that showed a version already held."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def staged_schema(store: Store, name: str, without: Iterable[str] = ()) -> pa.Schema:
    """The columns of a table as Arrow types, less those that every row is stamped with."""
    held = store.connection.execute(f"FROM {name} LIMIT 0").to_arrow_table().schema  # `name` is one of our own tables
    dropped = {*RUN_COLUMNS, *without}
    return pa.schema([field for field in held if field.name not in dropped])


def marks(store: Store) -> dict[str, int]:
    """How far each manifest and journal file has been loaded, in bytes."""
    return {str(name): int(str(reached)) for name, reached in store.rows("SELECT file, bytes FROM marks")}


def load_captures(store: Store, outcomes: Sequence[Outcome], reached: Mapping[str, int], stamp: Stamp) -> Counts:
    """Load a batch of captures; one that is held already adds no row, or replaces one without its payload."""
    held = held_entries(store, [done.entry for done in outcomes])
    known, fresh = dict(held), dict[str, Outcome]()
    for done in outcomes:
        key, has_payload = done.entry.capture_id, bool(done.entry.payload)
        if adds(known, key, has_payload=has_payload):
            known[key], fresh[key] = has_payload, done
    staged = stage(store, list(fresh.values()), reached)
    return put(store, list(fresh.values()), staged, stamp, again=not held.keys().isdisjoint(fresh))


def replace_captures(store: Store, outcomes: Sequence[Outcome], attempts: Mapping[str, int], stamp: Stamp) -> Counts:
    """Put what became of captures that were read anew in the place of what had; `attempts` counts the tries before."""
    return put(store, outcomes, stage(store, outcomes, {}, attempts), stamp, again=True)


def put(store: Store, fresh: Sequence[Outcome], staged: dict[str, pa.Table], stamp: Stamp, *, again: bool) -> Counts:
    """Add a staged batch in one transaction; `again` says whether some of it stands in the tables already."""
    with store.transaction():
        if again:
            store.apply("load/again.sql", {"new_captures": staged["new_captures"]}, stamp)
        store.apply("load/captures.sql", staged, stamp)
        compare_versions(store, stamp)
        remake_clusters(store, stamp)
    return count(store, fresh, staged["new_versions"])


def stage(
    store: Store, fresh: Sequence[Outcome], reached: Mapping[str, int], attempts: Mapping[str, int] | None = None
) -> dict[str, pa.Table]:
    """A batch as the tables that `load/captures.sql` reads."""
    articles = [(done, done.result) for done in fresh if isinstance(done.result, Article)]
    versions = [version_row(done, article) for done, article in articles]

    def under(name: str, rows_of: Callable[[Article], Iterable[dict[str, object]]]) -> pa.Table:
        return table(with_capture(staged_schema(store, name)), rows_under(articles, versions, rows_of))

    return {
        "new_captures": table(staged_schema(store, "captures"), [capture_row(done) for done in fresh]),
        "new_versions": table(staged_schema(store, "article_versions"), versions),
        "new_photos": under("photos", photo_rows),
        "new_removed": under("removed_text", removed_rows),
        "new_updates": under("live_updates", update_rows),
        "new_domains": domains(articles),
        "new_quarantine": table(staged_schema(store, "quarantine"), quarantine_rows(fresh, attempts or {})),
        "new_marks": mark_rows(store, reached),
    }


def held_entries(store: Store, entries: Iterable[Entry]) -> dict[str, bool]:
    """Those of the archive's captures that the warehouse holds, and whether with their payload."""
    return held_captures(store, {entry.capture_id: read_instant(entry.captured_at) for entry in entries})


def held_captures(store: Store, asked: Mapping[str, datetime]) -> dict[str, bool]:
    """Those of the captures, given with their times, that the warehouse holds, and whether with their payload."""
    if not asked:
        return {}
    # Of an archive that grows by the day, DuckDB reads the blocks of these days alone.
    query = """SELECT capture_id, payload_segment IS NOT NULL FROM captures
        WHERE captured_at BETWEEN $first AND $last AND capture_id IN (FROM asked)"""
    times = {"first": min(asked.values()).replace(microsecond=0), "last": max(asked.values())}
    return {str(key): bool(has_payload) for key, has_payload in store.rows_of(query, list(asked), **times)}


def adds(held: Mapping[str, bool], capture_id: str, *, has_payload: bool) -> bool:
    """Whether a capture says more than what is held: one with its payload does, where a bare revisit stands.

    An archive may fetch a page twice within the second to which its records are dated; both have then one id.
    """
    return capture_id not in held or (has_payload and not held[capture_id])


def held_payloads(store: Store, digests: Sequence[str]) -> dict[str, Place]:
    """Where the payloads with these digests stand, as far as the archive holds them."""
    rows = store.rows_of(
        "SELECT DISTINCT ON (digest) digest, payload_segment, payload_offset, payload_length FROM captures "
        "WHERE digest IN (FROM asked) AND payload_segment IS NOT NULL ORDER BY digest, payload_segment, payload_offset",
        digests,
    )
    return {
        str(digest): Place(str(segment), int(str(offset)), int(str(length))) for digest, segment, offset, length in rows
    }


def count(store: Store, fresh: Sequence[Outcome], versions: pa.Table) -> Counts:
    """Count the outcomes of a batch, and its articles by what was known of them before it was loaded."""
    kinds = [done.kind for done in fresh]
    known_articles = {str(article) for (article,) in store.rows("SELECT article_id FROM before")}
    known_versions = {str(version) for (version,) in store.rows("SELECT version_id FROM held")}
    new = changed = 0
    for article, version in zip(
        *(versions.column(name).to_pylist() for name in ("article_id", "version_id")), strict=True
    ):
        new += article not in known_articles
        changed += article in known_articles and version not in known_versions
        known_articles.add(article)
        known_versions.add(version)
    return Counts(
        captures=len(kinds),
        articles=kinds.count("article"),
        skipped=kinds.count("skipped"),
        failed=kinds.count("failed"),
        quarantined=kinds.count("quarantined"),
        new=new,
        changed=changed,
        unchanged=len(versions) - new - changed,
    )


def with_capture(schema: pa.Schema) -> pa.Schema:
    """A staged row also says which capture it was read from."""
    return schema.append(pa.field("capture_id", pa.string()))


def rows_under(
    articles: Sequence[tuple[Outcome, Article]],
    versions: Sequence[dict[str, object]],
    rows_of: Callable[[Article], Iterable[dict[str, object]]],
) -> list[dict[str, object]]:
    """The rows of what hangs under a version, each with the version's keys."""
    return [
        {key: version[key] for key in ("version_id", "article_id", "capture_id")} | row
        for (_, article), version in zip(articles, versions, strict=True)
        for row in rows_of(article)
    ]


def photo_rows(article: Article) -> Iterator[dict[str, object]]:
    """The rows of `photos`."""
    for photo in article.photos:
        yield {
            "position": photo.position,
            "caption": photo.caption,
            "credit": photo.credit,
            "agency": photo.agency,
            "alt": photo.alt,
            "url": photo.url,
        }


def removed_rows(article: Article) -> Iterator[dict[str, object]]:
    """The rows of `removed_text`."""
    for ordinal, line in enumerate(article.removed):
        yield {
            "ordinal": ordinal,
            "position": line.position,
            "kind": line.kind,
            "rule": line.rule,
            "text": line.text,
        }


def update_rows(article: Article) -> Iterator[dict[str, object]]:
    """The rows of `live_updates`."""
    for update in article.updates:
        yield {
            "position": update.position,
            "published_at": update.published.at if update.published else None,
            "published_raw": update.published.raw if update.published else None,
            "title": update.title,
            "text": update.text,
        }


def domains(articles: Sequence[tuple[Outcome, Article]]) -> pa.Table:
    """The registrable domain of each article's URL, None for what came without one, and whether it is an agency's."""
    urls = {normalise(done.entry.final_url) for done, _ in articles}
    rows: list[dict[str, object]] = [
        {"article_id": article_id(url), "domain": domain, "is_agency": domain in AGENCY_DOMAINS}
        for url in sorted(urls)
        for domain in [None if url.startswith("urn:") else registrable_domain(url)]
    ]
    columns = [("article_id", pa.string()), ("domain", pa.string()), ("is_agency", pa.bool_())]
    return table(pa.schema(columns), rows)


def quarantine_rows(fresh: Sequence[Outcome], attempts: Mapping[str, int]) -> list[dict[str, object]]:
    """The rows of `quarantine`."""
    return [
        {
            "capture_id": done.entry.capture_id,
            "url": done.entry.final_url,
            "source": done.entry.context.source,
            "stage": done.result.stage,
            "reason": done.result.reason,
            "detail": done.result.detail,
            "attempts": attempts.get(done.entry.capture_id, 0) + 1,
            "extractor": EXTRACTOR,
        }
        for done in fresh
        if isinstance(done.result, Quarantined)
    ]


def mark_rows(store: Store, reached: Mapping[str, int]) -> pa.Table:
    """The marks of a batch; one never falls behind what another process has loaded meanwhile."""
    held = marks(store)
    rows = [{"file": name, "bytes": max(end, held.get(name, 0))} for name, end in reached.items()]
    return table(staged_schema(store, "marks"), rows)
