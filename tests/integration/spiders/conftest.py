"""Real crawls, each as a child process, on servers of our own on loopback."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from spiders.child import Child
from spiders.job import Answer, Feed, Job, Network, Source, Target
from tests.integration.spiders.site import Site
from warehouse.captures import Entry
from warehouse.journal import Event, Failed, Found, Refused, Visited
from warehouse.pending import pending, pending_events

AGENT = "hemeroteca/0.1 (+mailto:desk@crawl.example)"


@dataclass
class Crawls:
    """A home's archive and locks, and the crawls that write to it."""

    home: Path
    hosts: dict[str, str] = field(default_factory=dict)
    network: dict[str, float] = field(default_factory=dict)
    number: int = 0

    def serve(self, name: str, site: Site) -> None:
        """Let a host name stand for a server."""
        self.hosts[name] = site.address

    def job(self, mode: str, sources: Sequence[Source], **wishes: object) -> Job:
        """A job of a writer of its own."""
        self.number += 1
        return Job.model_validate(
            {
                "mode": mode,
                "writer": f"writer-{self.number}",
                "archive": self.home / "archive",
                "locks": self.home / "locks",
                "robots": self.home / "robots",
                "shown": self.home / "shown",
                "sources": sources,
                "network": Network(user_agent=AGENT, hosts=self.hosts, **self.network),  # type: ignore[arg-type]
                "answer": self.home / "work" / f"{self.number}.answer.json",
                **wishes,
            }
        )

    def start(self, mode: str, sources: Sequence[Source], **wishes: object) -> Child:
        """Start a crawl."""
        return Child.start(self.job(mode, sources, **wishes), self.home / "work")

    def run(self, mode: str, sources: Sequence[Source], **wishes: object) -> Answer:
        """Run a crawl to its end."""
        child = self.start(mode, sources, **wishes)
        try:
            assert child.wait(40), child.log.read_text()
            return child.answer()
        finally:
            child.stop()

    def fetch(self, *urls: str, delay: float = 0) -> Answer:
        """Fetch addresses for a source of no further interest."""
        return self.run("fetch", [source(targets=urls, delay=delay)])

    def entries(self) -> dict[str, Entry]:
        """What the archive acknowledged, by the address asked for; the last of each."""
        return {entry.url: entry for batch in pending(self.home / "archive", {}, 1000) for entry in batch.entries}

    def events(self) -> list[Event]:
        """What the journals hold."""
        return [event for news in pending_events(self.home / "archive", {}) for event in news.events]

    def found(self) -> list[Found]:
        """The pages that were found."""
        return [event for event in self.events() if isinstance(event, Found)]

    def visited(self) -> list[Visited]:
        """The visits to feeds and sitemaps."""
        return [event for event in self.events() if isinstance(event, Visited)]

    def reasons(self) -> dict[str, str]:
        """Why addresses gave no page."""
        return {event.url: event.reason for event in self.events() if isinstance(event, Failed | Refused)}


def source(slug: str = "paper", *, targets: Sequence[str] = (), feeds: Sequence[str] = (), delay: float = 0) -> Source:
    """A source with plain targets and feeds; a feed whose address says so is a sitemap."""
    kinds = {url: "sitemap" if "sitemap" in url else "feed" for url in feeds}
    return Source(
        source=slug,
        delay=delay,
        targets=tuple(Target(url=url) for url in targets),
        feeds=tuple(Feed.model_validate({"url": url, "kind": kind}) for url, kind in kinds.items()),
    )


@pytest.fixture
def crawls(tmp_path: Path) -> Crawls:
    """Crawls into a home of this test's own."""
    return Crawls(tmp_path)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server without pages yet."""
    with Site() as site:
        yield site


def wait_until(true: Callable[[], object], seconds: float = 15) -> None:
    """Wait until something holds."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def read_json(path: Path) -> object:
    """A file's JSON."""
    return json.loads(path.read_text())
