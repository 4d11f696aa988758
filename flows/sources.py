"""The newspapers of a run: chosen from the settings, stated in the journal, handed to the crawl."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from articles.errors import BadInput, RunBusy
from articles.urls import registrable_domain
from flows.run import Run
from flows.sections import Network as NetworkSettings
from flows.sections import SourceSettings
from flows.settings import Settings
from spiders.job import Feed, Network, Source, Target
from warehouse.archive import writer_name
from warehouse.captures import instant
from warehouse.clock import now
from warehouse.imports.options import Known
from warehouse.journal import InForce, Journal
from warehouse.locks import crawl_lock, run_lock
from warehouse.store import opened, sql


def chosen(settings: Settings, names: Iterable[str]) -> list[str]:
    """The named sources, or all active ones."""
    asked = list(dict.fromkeys(names))
    for name in asked:
        if name not in settings.sources:
            known = ", ".join(sorted(settings.sources)) or "none yet; add one with: hemeroteca source add URL"
            raise BadInput(f"no source {name!r} in hemeroteca.toml (known: {known})")
    return asked or [name for name, source in settings.sources.items() if source.active]


@contextmanager
def locked(run: Run, flow: str, names: list[str]) -> Iterator[list[str]]:
    """Those of the sources that no other run of this flow holds; `RunBusy` where none is left."""
    with ExitStack() as stack:
        free: list[str] = []
        for name in names:
            try:
                stack.enter_context(run_lock(run.home.locks, flow, name))
                run.crawl_locks.append(stack.enter_context(crawl_lock(run.home.locks, flow, name)))
            except RunBusy as busy:
                run.warnings.append(str(busy))
                continue
            free.append(name)
        if names and not free:
            raise RunBusy(run.warnings[-1])
        yield free


def state_configured(run: Run) -> None:
    """Journal the settings of configured sources where they differ from those in force."""
    state(run, {name: settings_row(source, run.settings) for name, source in run.settings.sources.items()})


def state(run: Run, rows: dict[str, dict[str, Any]]) -> None:
    """Journal the settings of sources where they differ from those in force."""
    held = in_force(run)
    changed = {name: row for name, row in rows.items() if held.get(name) != tuple(row.values())}
    if not changed:
        return
    with Journal(run.home.archive, writer_name(now())) as journal:
        for name, row in changed.items():
            journal.add(InForce(instant(now()), name, row))


def in_force(run: Run) -> dict[str, tuple[object, ...]]:
    """The settings of sources as the warehouse knows them."""
    with opened(run.home) as store:
        return {str(row[0]): row[1:] for row in store.rows(sql("in_force.sql"))}


def settings_row(source: SourceSettings, settings: Settings) -> dict[str, Any]:
    """A configured source as the tables know it, in the order of the columns that `state` compares."""
    return {
        "name": source.name,
        "url": source.url,
        "domain": registrable_domain(source.url),
        "country": source.country,
        "languages": list(source.languages),
        "media_type": source.media_type,
        "collections": list(source.collections),
        "zone": source.zone,
        "origin": "configured",
        "active": source.active,
        "delay": source.delay if source.delay is not None else settings.network.delay,
        "revisit_hours": list(settings.revisits.hours if source.revisit_hours is None else source.revisit_hours),
    }


def imported_row(source: str) -> dict[str, Any]:
    """A source that came in with a file: never scheduled."""
    row: dict[str, Any] = dict.fromkeys(
        ("name", "url", "domain", "country", "languages", "media_type", "collections", "zone")
    )
    return row | {
        "domain": source if "." in source else None,
        "origin": "import",
        "active": False,
        "delay": None,
        "revisit_hours": None,
    }


def known(name: str, source: SourceSettings) -> Known:
    """What an import has to know of a configured source."""
    return Known(name, source.name, source.zone, source.languages[0] if source.languages else None)


def own_domains(source: SourceSettings) -> set[str]:
    """The registrable domains whose pages are the source's own, whichever of its feeds are visited."""
    return {registrable_domain(url) for url in (source.url, *source.feeds, *source.sitemaps, *source.archive_sitemaps)}


def delays(settings: Settings) -> dict[str, float]:
    """Seconds between two requests to newspapers whose settings name them, by registrable domain."""
    configured = settings.sources.values()
    return {registrable_domain(source.url): source.delay for source in configured if source.delay is not None}


def reach(network: NetworkSettings) -> Network:
    """The crawl's view of `[network]`."""
    return Network(user_agent=network.agent(), hosts=network.hosts, timeout=network.timeout, max_body=network.max_body)


def crawl_source(
    name: str,
    settings: Settings,
    feeds: tuple[Feed, ...] = (),
    targets: tuple[Target, ...] = (),
    listed: tuple[Feed, ...] = (),
) -> Source:
    """The crawl's view of a configured source."""
    source = settings.sources[name]
    return Source(
        source=name,
        name=source.name,
        domains=tuple(sorted(own_domains(source))),
        zone=source.zone,
        language=source.languages[0] if source.languages else None,
        delay=source.delay if source.delay is not None else settings.network.delay,
        feeds=feeds,
        listed=listed,
        targets=targets,
    )
