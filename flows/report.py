"""What a run says of itself when it ends."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from flows.backfill import Backfilled
from flows.counts import counted
from flows.ingest import Visits
from flows.plan import day_of, zone_of
from flows.request import Imported
from flows.run import Run
from warehouse.imports.bookmarks import Bookmark
from warehouse.imports.options import printable

UNREADABLE_SHOWN = 5
"""Of what an import could not read; the rest is counted by reason."""

MISSING_SHOWN = 20
"""Addresses of a plan that a person is shown; `--json` has all of them."""

IDLE = ". Nothing was fetched; docs/settings.md says under [revisits] when held articles are looked at again"


@dataclass(frozen=True, slots=True)
class Report:
    """A headline for messages, and tables for those who want more."""

    headline: str
    numbers: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Rows by title."""
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"summary": self.headline, **self.numbers, **self.tables, "warnings": list(self.warnings)}

    def markdown(self) -> str:
        """For a Prefect artifact."""
        parts = [f"**{self.headline}**"]
        for title, rows in self.tables.items():
            if rows:
                head = list(rows[0])
                lines = [head, ["---"] * len(head), *([str(value) for value in row.values()] for row in rows)]
                parts.append(f"### {title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines))
        parts += [f"- {warning}" for warning in self.warnings]
        return "\n\n".join(parts)


def loaded(run: Run) -> str:
    """The counts of a load in words."""
    c = run.counts
    articles = f"{counted(c.articles, 'article')} ({c.new} new, {c.changed} changed, {c.unchanged} unchanged)"
    others = f"{c.skipped} skipped, {c.failed} failed, {c.quarantined} quarantined"
    return f"{counted(c.captures, 'capture')}: {articles}, {others}"


def numbers(run: Run) -> dict[str, Any]:
    """The counts of a load for machines."""
    return {"load_id": run.load_id, "counts": asdict(run.counts)}


def ingest_report(run: Run, visits: Visits) -> Report:
    """The report of an ingest; a failing paper is said, and does not fail the run."""
    rows = [{"source": name, **tally.model_dump()} for name, tally in visits.tallies.items()]
    warnings = [*run.warnings, *(f"{name}: {reason}" for name, reason in visits.failing().items())]
    if not rows and not run.warnings:
        warnings.append("there is no active source to visit; add one with: hemeroteca source add URL")
    idle = rows and not any(tally.fetched or tally.refused or tally.failed for tally in visits.tallies.values())
    return Report(loaded(run) + (IDLE if idle else ""), numbers(run), {"sources": rows}, tuple(warnings))


def backfill_report(run: Run, done: Backfilled) -> Report:
    """The report of a backfill: its plan, then what came of it."""
    to_fetch = sum(part.to_fetch for part in done.plan.sources)
    outside = f"; published on other days: {counted(done.outside, 'page')}" if done.outside else ""
    files = f"{counted(done.plan.files, 'file')} to look through" if done.plan.files else f"{to_fetch} to fetch"
    return Report(
        f"{files} by the plan. {loaded(run)}{outside}",
        numbers(run) | {"outside": done.outside, "missing": [candidate.url for candidate in done.plan.targets]},
        {
            "plan": done.plan.table(),
            f"missing, the first {MISSING_SHOWN}": [
                {"source": c.source, "url": c.url, "day": day_of(c, zone_of(run.settings.sources[c.source].zone))}
                for c in done.plan.targets[:MISSING_SHOWN]
            ],
            "sources": [{"source": name, **tally.model_dump()} for name, tally in done.tallies.items()],
        },
        (*run.warnings, *map(str, done.unreadable)),
    )


def import_report(run: Run, taken: Imported) -> Report:
    """The report of an import: what was read, what was held already, what could not be read."""
    unreadable, filtered = sum(taken.reasons.values()), sum(taken.filtered.values())
    by_filter = ", ".join(f"{count} by {name}" for name, count in sorted(taken.filtered.items()))
    return Report(
        f"read {counted(taken.captures, 'page')}, {taken.held} of them held already, {unreadable} without a page"
        + (f", {filtered} left out: {by_filter}" if filtered else "")
        + (f"; imported before: {counted(len(taken.before), 'file')}" if taken.before else "")
        + f". {loaded(run)}",
        numbers(run)
        | {
            "read": taken.captures,
            "held": taken.held,
            "unreadable": dict(taken.reasons),
            "filtered": dict(taken.filtered),
            "records": dict(taken.records),
            "imported_before": [before_row(bookmark) for bookmark in taken.before],
        },
        warnings=(*run.warnings, *told_unreadable(taken), *map(told_before, taken.before)),
    )


def told_unreadable(taken: Imported) -> Iterator[str]:
    """The first of what could not be read, and how much more there is, by reason."""
    yield from map(str, taken.unreadable[:UNREADABLE_SHOWN])
    more = sum(taken.reasons.values()) - UNREADABLE_SHOWN
    if more > 0:
        reasons = ", ".join(f"{count} {name}" for name, count in sorted(taken.reasons.items()))
        yield f"and {more} more that could not be read; in all: {reasons}"


def before_row(bookmark: Bookmark) -> dict[str, Any]:
    """A file that was not read because it was before."""
    return {"file": str(bookmark.path), "pages": bookmark.pages, "others": dict(bookmark.reasons)}


def told_before(bookmark: Bookmark) -> str:
    """The same in words, with what was found in it."""
    others = "".join(f", {count} {name}" for name, count in sorted(bookmark.reasons.items()))
    found = f"{counted(bookmark.pages, 'page')}{others}"
    return f"{printable(str(bookmark.path))} was imported before ({found}); --again reads it anew"
