"""Which feeds and sitemaps an ingest visits, and how: from what their last visits left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from flows.settings import Settings
from flows.sources import crawl_source
from spiders.job import Feed, Source
from warehouse.polling import SLACK, FeedState, is_believed

Kind = Literal["feed", "sitemap"]


def visits_of(
    settings: Settings, name: str, held: Mapping[tuple[str, str], FeedState], moment: datetime, *, only_due: bool
) -> Source:
    """The feeds and sitemaps of one source that an ingest visits.

    An index is always asked for the whole of it: it may stay the same while its children change.
    """
    source = settings.sources[name]
    states = {url: state for (of, url), state in held.items() if of == name}
    kinds: dict[str, Kind] = {**dict.fromkeys(source.feeds, "feed"), **dict.fromkeys(source.sitemaps, "sitemap")}
    asked = [
        feed_of(url, kind, states.get(url), moment)
        for url, kind in kinds.items()
        if not only_due or is_due(states.get(url), moment)
    ]
    listed = [feed_of(url, "sitemap", state, moment) for url, state in states.items() if state.parent]
    return crawl_source(name, settings, feeds=tuple(asked), listed=tuple(listed))


def answers_elsewhere(settings: Settings, asked: Source, held: Mapping[tuple[str, str], FeedState]) -> bool:
    """Whether a source has a feed that is not asked now, and answered when it was last."""
    source, now_asked = settings.sources[asked.source], {feed.url for feed in asked.feeds}
    others = {*source.feeds, *source.sitemaps} - now_asked
    return any((state := held.get((asked.source, url))) is not None and state.failures == 0 for url in others)


def feed_of(url: str, kind: Kind, state: FeedState | None, moment: datetime) -> Feed:
    """A feed or sitemap as it is visited: conditionally, while its "not modified" is believed and not too old."""
    if state is None:
        return Feed(url=url, kind=kind)
    whole = state.kind == "sitemap-index" or not is_believed(state, moment)
    return Feed(
        url=url,
        kind=kind,
        etag=None if whole else state.etag,
        last_modified=None if whole else state.last_modified,
        last_success_at=state.last_success_at,
        next_due_at=state.next_due_at,
        believed=not state.untrue,
    )


def is_due(state: FeedState | None, moment: datetime) -> bool:
    """Whether the next visit has come; one may come a minute early, as a schedule is not kept to the second."""
    return state is None or state.next_due_at is None or state.next_due_at <= moment + SLACK
