"""Large files, fetched in pieces through the crawler: with its guard, its pace and its robots.txt, and resumed."""

import os
import tempfile
from http import HTTPStatus
from pathlib import Path

from articles.errors import CrawlFailed, NotServed
from flows.crawl import crawl_folder, job
from flows.run import Run
from spiders.child import Child
from spiders.job import Source, Target
from warehouse.archive import read_payload
from warehouse.journal import Failed, Refused
from warehouse.pending import pending, pending_events

PIECE = 8 * 1024 * 1024
"""Bytes of one request."""

PIECES = 8
"""Requests of one crawl; the first of a file has one, as its answer says whether the server gives pieces."""


def downloaded(run: Run, url: str, path: Path, delay: float) -> Path:
    """Fetch a file, from where an earlier try was cut off; raises `CrawlFailed`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.touch()
    size = min(PIECE, run.settings.network.max_body)
    while run.steps.run(f"a piece of {path.name}", lambda: lengthened(run, url, part, size, delay)):
        pass
    return part.replace(path)


def lengthened(run: Run, url: str, part: Path, size: int, delay: float) -> bool:
    """Add the next pieces to a part of a file; whether there may be more."""
    begin = part.stat().st_size
    end = begin + (PIECES if begin else 1) * size
    pieces = [(first, first + size - 1) for first in range(begin, end, size)]
    targets = tuple(Target(url=url, piece=piece, via=str(piece[0])) for piece in pieces)
    asked = job(run, "fetch", [Source(source="download", delay=delay, targets=targets)], background=True)
    with tempfile.TemporaryDirectory(dir=part.parent, prefix="pieces-") as folder, part.open("ab") as file:
        root = Path(folder)
        child = Child.start(asked.model_copy(update={"archive": root, "rules": ()}), crawl_folder(run), run.crawl_locks)
        try:
            child.wait()
        finally:
            child.stop()
        child.answer()
        entries = {entry.context.via: entry for batch in pending(root, {}, PIECES) for entry in batch.entries}
        for first, _ in pieces:
            entry = entries.get(str(first))
            if entry is None:
                break
            body = b"" if entry.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE else read_payload(root, entry)
            file.write(body)
            if len(body) < size:
                sync(file.fileno())
                return False
        sync(file.fileno())
        if part.stat().st_size == begin:
            raise failure(root, url)
    return True


def sync(handle: int) -> None:
    """Make what was written durable."""
    os.fsync(handle)


def failure(root: Path, url: str) -> CrawlFailed:
    """Why a crawl brought nothing."""
    for news in pending_events(root, {}):
        for event in news.events:
            if isinstance(event, Failed | Refused):
                passing = isinstance(event, Failed) and event.again
                kind = CrawlFailed if passing else NotServed
                return kind(f"a file could not be fetched: {event.reason}: {event.detail}", url=url)
    return CrawlFailed("a file could not be fetched: the crawl was ended; run it again", url=url)
