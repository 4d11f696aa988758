"""Pages fetched for a look: through the same guard, robots.txt and gate as a crawl, kept in no archive."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.errors import BadUrl, CrawlFailed, NotServed
from articles.urls import domain_of_host, host, normalise
from flows.extracting import Document
from flows.sections import Network
from flows.sources import reach
from spiders.child import Child
from spiders.job import Job, Source, Target
from warehouse.archive import read_payload
from warehouse.captures import Entry, read_instant
from warehouse.home import Home
from warehouse.imports.options import Unreadable
from warehouse.journal import Failed, Refused
from warehouse.pages import page_of
from warehouse.pending import pending, pending_events

NO_DELAYS: Mapping[str, float] = {}

AT_ONCE = 100
"""Pages whose manifest lines are held together."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A page that was answered, whatever the status."""

    url: str
    """As asked for."""
    entry: Entry
    body: bytes
    moved: str | None = None
    """Where redirects lead that are meant for good."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A page that was not asked for, or gave no answer."""

    url: str
    reason: str
    """A slug, as in the journal: `robots`, `guard`, `dns`, `tls`, `timeout`, `connection`."""
    detail: str
    passing: bool
    """Whether it may be answered in a minute."""


def fetched(urls: Sequence[str], network: Network) -> Iterator[Document | Unreadable]:
    """Fetch pages, and say of each what it is or why it is not there."""
    for found in looked_at(list(dict.fromkeys(map(normalise, urls))), network):
        if isinstance(found, Unanswered):
            yield Unreadable(Path(), found.url, found.reason, found.detail)
        else:
            yield document_of(found)


def looked_at(
    urls: Sequence[str], network: Network, home: Home | None = None, delays: Mapping[str, float] = NO_DELAYS
) -> Iterator[Answered | Unanswered]:
    """Fetch addresses in one crawl, and give one answer each; the hosts of a home keep the pace of its crawls.

    `delays` has the seconds between two requests by registrable domain, where they are not the network's.
    """
    with tempfile.TemporaryDirectory(prefix="hemeroteca-look-") as folder:
        root = Path(folder)
        child = Child.start(look(urls, network, root, home, delays), root)
        try:
            child.wait(None)
        finally:
            child.stop()
        moved = child.answer().moved
        for batch in pending(root / "archive", {}, AT_ONCE):
            for entry in batch.entries:
                body = read_payload(root / "archive", entry)
                yield Answered(entry.url, entry, body, moved.get(entry.url))
        for news in pending_events(root / "archive", {}):
            for event in news.events:
                if isinstance(event, Failed | Refused):
                    passing = isinstance(event, Failed) and event.again
                    yield Unanswered(event.url, event.reason, event.detail or event.reason, passing)


def answered(url: str, what: str, network: Network, home: Home) -> Answered:
    """One document that a run cannot go on without; raises `CrawlFailed`, which says what it would have been."""
    for found in looked_at([url], network, home):
        if isinstance(found, Unanswered):
            kind = CrawlFailed if found.passing else NotServed
            raise kind(f"{what} could not be fetched: {found.reason}: {found.detail}", url=url)
        return found
    raise NotServed(f"{what} could not be fetched: its host asks to be left alone. Try again later", url=url)


def look(urls: Sequence[str], network: Network, root: Path, home: Home | None, delays: Mapping[str, float]) -> Job:
    """The crawl's job: each host a source of its own, so that none waits for another."""
    hosts: defaultdict[str, list[Target]] = defaultdict(list)
    for url in urls:
        hosts[lane(url)].append(Target(url=url))
    return Job(
        mode="fetch",
        writer="look",
        archive=root / "archive",
        locks=home.locks if home else root / "locks",
        robots=home.work / "robots" if home else root / "robots",
        shown=root / "shown",
        sources=tuple(
            Source(source=name, delay=delays.get(domain_of_host(name), network.delay), targets=tuple(targets))
            for name, targets in hosts.items()
        ),
        network=reach(network),
        answer=root / "answer.json",
    )


def lane(url: str) -> str:
    """The host of an address; what is none is refused by the guard, in its own words."""
    try:
        return host(url)
    except BadUrl:
        return "nowhere"


def document_of(found: Answered) -> Document | Unreadable:
    """A page that was answered, as a document."""
    entry = found.entry
    if entry.status != 200:
        return Unreadable(Path(), entry.url, f"http {entry.status}", f"the server answered {entry.status}")
    return Document(entry.url, page_of(entry, found.body, read_instant(entry.captured_at)))
