"""Pages fetched for a look: through the same guard and robots.txt as a crawl, kept in no archive."""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles.urls import host, normalise
from flows.extracting import Document
from flows.settings import Network
from flows.sources import reach
from spiders.child import Child
from spiders.job import Job, Source, Target
from warehouse.archive import read_payload
from warehouse.captures import Entry, read_instant
from warehouse.imports.options import Unreadable
from warehouse.journal import Failed, Refused
from warehouse.pending import pending, pending_events
from warehouse.reading import page_of

AT_ONCE = 100
"""Pages whose manifest lines are held together."""


def fetched(urls: Sequence[str], network: Network) -> Iterator[Document | Unreadable]:
    """Fetch pages, and say of each what it is or why it is not there."""
    with tempfile.TemporaryDirectory(prefix="hemeroteca-extract-") as folder:
        root = Path(folder)
        child = Child.start(look(urls, network, root), root)
        try:
            child.wait(None)
        finally:
            child.stop()
        child.answer()
        for batch in pending(root / "archive", {}, AT_ONCE):
            for entry in batch.entries:
                yield document_of(root / "archive", entry)
        for news in pending_events(root / "archive", {}):
            for event in news.events:
                if isinstance(event, Failed | Refused):
                    yield Unreadable(Path(), event.url, event.reason, event.detail or event.reason)


def look(urls: Sequence[str], network: Network, root: Path) -> Job:
    """The crawl's job: each host a source of its own, so that none waits for another."""
    hosts: defaultdict[str, list[Target]] = defaultdict(list)
    for url in dict.fromkeys(map(normalise, urls)):
        hosts[host(url)].append(Target(url=url))
    return Job(
        mode="fetch",
        writer="look",
        archive=root / "archive",
        locks=root / "locks",
        robots=root / "robots",
        shown=root / "shown",
        sources=tuple(Source(source=name, delay=network.delay, targets=tuple(t)) for name, t in hosts.items()),
        network=reach(network),
        answer=root / "answer.json",
    )


def document_of(archive: Path, entry: Entry) -> Document | Unreadable:
    """A page that was answered, as a document."""
    if entry.status != 200:
        return Unreadable(Path(), entry.url, f"http {entry.status}", f"the server answered {entry.status}")
    page = page_of(entry, read_payload(archive, entry), read_instant(entry.captured_at))
    return Document(entry.url, page)
