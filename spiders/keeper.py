"""Hands captures and events to the archive and the journal, in groups, from a thread of its own.

Writing, syncing and reading back take milliseconds a page; meanwhile the next pages come in.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from articles.errors import HemerotecaError
from spiders.job import Tally
from warehouse.archive import ArchiveWriter
from warehouse.captures import Capture, Entry, instant
from warehouse.journal import Event, Failed, Found, InForce, Journal, Refused, Visited

GROUP = 50
"""Captures acknowledged together: with 50 an fsync costs next to nothing (`facts.md`)."""

GROUP_BYTES = 32 * 1024 * 1024
"""Bodies that wait for acknowledgement: what a group may hold in memory."""

STRAY = 2
"""Pages that may fail or be refused, with none that comes, before the newspaper is said to give nothing."""

SECONDS = 1.0
"""The longest that a capture waits for its group to fill."""


class Keeper:
    """The crawl's end of archive and journal; it counts what they acknowledged."""

    def __init__(self, archive: ArchiveWriter, journal: Journal) -> None:
        self._archive = archive
        self._journal = journal
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")
        self._captures: list[Capture] = []
        self._events: list[Event] = []
        self._afterwards: list[Callable[[], None]] = []
        self._bytes = 0
        self._writing = asyncio.Lock()
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._feed_words: dict[str, str] = {}
        self._page_words: dict[str, str] = {}

    def note(self, event: Event) -> None:
        """Keep an event with the next group."""
        self._events.append(event)
        self._count(event)

    def leave(self, source: str) -> None:
        """Count a feed that is not asked in this crawl."""
        self._counts[source]["feeds_left"] += 1

    def afterwards(self, work: Callable[[], None]) -> None:
        """Do something once the events noted so far are safe."""
        self._afterwards.append(work)

    async def keep(self, capture: Capture) -> None:
        """Keep a capture; waits when its group is full until that is acknowledged."""
        self._captures.append(capture)
        self._bytes += len(capture.body)
        if len(self._captures) >= GROUP or self._bytes >= GROUP_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Have everything acknowledged that was handed in so far."""
        await asyncio.shield(self._flush())

    async def beat(self) -> None:
        """Flush about every second, until cancelled."""
        while True:
            await asyncio.sleep(SECONDS)
            await self.flush()

    async def close(self) -> None:
        """Have the rest acknowledged, and close the segment for good."""
        await self.flush()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._archive.close)
        self._thread.shutdown()

    def tally(self, source: str, mode: Literal["discover", "fetch"]) -> Tally:
        """What was done for a source."""
        counts = self._counts[source]
        feed_error, error = self._feed_words.get(source), None
        if mode == "discover" and not counts["feeds_read"]:
            error = feed_error
        # A stray page that is gone or on another site says nothing of the newspaper.
        if mode == "fetch" and not counts["fetched"] and counts["failed"] + counts["refused"] > STRAY:
            error = self._page_words.get(source)
        return Tally(
            found=counts["found"],
            fetched=counts["fetched"],
            refused=counts["refused"],
            failed=counts["failed"],
            feeds_failed=counts["feeds_failed"],
            feeds_left=counts["feeds_left"],
            feed_error=feed_error,
            error=error,
        )

    async def _flush(self) -> None:
        async with self._writing:
            captures, self._captures = self._captures, []
            events, self._events = self._events, []
            afterwards, self._afterwards = self._afterwards, []
            self._bytes = 0
            if captures or events:
                loop = asyncio.get_running_loop()
                kept = await loop.run_in_executor(self._thread, self._write, captures, events, afterwards)
                for entry in kept:
                    self._counts[entry.context.source]["fetched"] += 1

    def _write(self, captures: list[Capture], events: list[Event], afterwards: list[Callable[[], None]]) -> list[Entry]:
        for capture in captures:
            try:
                self._archive.add(capture)
            except HemerotecaError as error:  # whatever it was, it is this page's and no other's
                events.append(unwritable(capture, error))
        kept = self._archive.commit()
        for event in events:
            self._journal.add(event)
        self._journal.sync()
        for work in afterwards:
            work()
        return kept

    def _count(self, event: Event) -> None:
        counts = self._counts[event.source]
        match event:
            case Found():
                counts["found"] += 1
            case Refused():
                counts["refused"] += 1
                self._page_words[event.source] = f"refused: {event.detail or event.reason}"
            case Failed():
                counts["failed"] += 1
                self._page_words[event.source] = f"{event.reason}: {event.detail}"
            case Visited(error=str(error), entries=0):
                counts["feeds_failed"] += 1
                self._feed_words[event.source] = f"{event.url}: {error}"
            case Visited(kind=kind):  # an index shows no pages of its own: what it names may all be out of reach
                counts["feeds_read"] += kind != "sitemap-index"
            case InForce():
                pass


def unwritable(capture: Capture, error: HemerotecaError) -> Failed:
    """A page that cannot be written down without forging a record."""
    return Failed(
        instant(capture.captured_at),
        capture.context.source,
        capture.url,
        "bad-record",
        str(error)[:300],
        again=False,
        via=capture.context.via,
    )
