"""Backfill from CC-NEWS, the news crawl of Common Crawl: which of its files hold the days, and what is in them.

Its files hold the pages of thousands of newspapers in the order of their capture, 1 GB each; a list names those of a
month. Lists and files are taken from folders, or fetched, one file at a time, which is removed once it is read.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import xxhash

from articles.errors import BadInput, CrawlFailed, NotServed
from flows.downloads import downloaded
from flows.fetching import answered
from flows.plan import BackfillRequest, Plan, SourcePlan
from flows.run import Run
from flows.warcs import InWindow, take
from warehouse.clock import now
from warehouse.imports.bookmarks import Bookmark, bookmarks, read_kept
from warehouse.imports.ccnews import MAX_LIST, Listed, holding, listed, months, read_list
from warehouse.workers import Workers

BEGAN = date(2016, 8, 1)
"""The first month of the crawl."""

LISTS = "*warc.paths*"
FILES = "CC-NEWS-*.warc.gz"


def from_ccnews(choice: InWindow, request: BackfillRequest, workers: Workers) -> Plan:
    """Look through the files of the days, less those that were; or only say how many they are."""
    run = choice.run
    run.progress.stage("the lists of CC-NEWS")
    refuse_others(request.files)
    here = {path.name: path for path in found_in(request.files, FILES)}
    files = holding(known_files(run, request, here), choice.reach.first, choice.reach.last)
    again = request.refetch == "all"
    left = [file for file in files if again or not bookmark_of(choice, file, here.get(file.name)).done]
    parts = [SourcePlan(name, 0, 0, 0, 0, 0, 0.0) for name in choice.names]
    drawn = Plan(tuple(parts), (), files=len(left))
    if request.dry_run:
        return drawn
    ends = None if request.max_minutes is None else time.monotonic() + 60 * request.max_minutes
    not_served: list[NotServed] = []
    for file in left if request.order == "oldest" else reversed(left):
        pages = None if request.limit is None else request.limit - choice.taken.archived
        if pages == 0 or (ends is not None and time.monotonic() >= ends):
            break
        run.progress.stage(f"look through {file.name}")
        path = here.get(file.name)
        before = choice.taken.archived
        try:
            place = path or brought(run, file)
        except NotServed as error:  # the files behind it may be
            not_served.append(error)
            continue
        take(choice, [place], workers, limit=pages, again=again)
        taken = choice.taken.archived - before
        if place in choice.taken.cut_short:
            run.warnings.append(f"{place} could not be read to its end, and will be looked through again")
        elif pages is None or taken < pages:
            bookmark_of(choice, file, path).finish(taken, {})
        else:
            continue
        landing(run, file).unlink(missing_ok=True)
    if not_served and len(not_served) == len(left):
        raise not_served[0]
    run.warnings += map(str, not_served)
    return drawn


def known_files(run: Run, request: BackfillRequest, here: dict[str, Path]) -> Iterator[Listed]:
    """The files that are here or that a list names; lists are fetched where no folder was named."""
    for path in here.values():
        if found := listed(path.name):
            yield found
    for path in found_in(request.files, LISTS):
        with path.open("rb") as file:
            yield from named(run, str(path), file.read(MAX_LIST + 1))
    if not request.files:
        reach = request.reach()
        # Of months before its first and after this one there is none to ask for.
        for year, month in months(max(reach.first, BEGAN), min(reach.last, now().date())):
            url = run.settings.ccnews.lists.replace("{year}", f"{year}").replace("{month}", f"{month:02}")
            yield from named(run, url, fetched(run, url))


def refuse_others(paths: Iterable[Path]) -> None:
    """Refuse files that are none of CC-NEWS by their names, and folders without any: they would be passed over."""
    for path in paths:
        if not path.exists():
            raise BadInput("no such file or folder", url=str(path))
        if not any(next(found_in([path], pattern), None) for pattern in (LISTS, FILES)):
            raise BadInput(f"nothing of CC-NEWS: its lists are named {LISTS}, its files {FILES}", url=str(path))


def found_in(paths: Iterable[Path], pattern: str) -> Iterator[Path]:
    """The files of a pattern among some files and folders."""
    for path in paths:
        yield from sorted(path.rglob(pattern)) if path.is_dir() else [path] if path.match(pattern) else []


def named(run: Run, place: str, body: bytes) -> list[Listed]:
    """The files that a list names."""
    try:
        found = read_list(body)
    except BadInput as error:
        raise BadInput(str(error.args[0]), url=place) from error
    if not found.whole:
        run.warnings.append(f"{place} is cut short, and files of its month are missing: get it once more")
    if found.others:
        run.warnings.append(f"{place}: {found.others} lines name no file of CC-NEWS, and were passed over")
    return found.files


def fetched(run: Run, url: str) -> bytes:
    """A list; empty for a month that has none (yet)."""
    network = run.settings.network.model_copy(update={"delay": run.settings.ccnews.delay})
    found = answered(url, "a list of CC-NEWS", network, run.home)
    if found.entry.status in (403, 404):
        run.warnings.append(f"CC-NEWS has no list at {url}")
        return b""
    if found.entry.status != 200:
        raise CrawlFailed(f"the list of CC-NEWS: the server answered {found.entry.status}; try again later", url=url)
    return found.body


def brought(run: Run, file: Listed) -> Path:
    """A file that is not here, fetched."""
    path = landing(run, file)
    if not path.exists():
        settings = run.settings.ccnews
        downloaded(run, settings.files.replace("{path}", file.path), path, settings.delay)
    return path


def landing(run: Run, file: Listed) -> Path:
    """Where a file is while it is looked through."""
    return run.home.work / "ccnews" / file.name


def bookmark_of(choice: InWindow, file: Listed, here: Path | None) -> Bookmark:
    """What is known of a file: whether it was looked through for these newspapers and days.

    One in a folder is known by its size, too: it may be there in part, and whole another time.
    """
    size = here.stat().st_size if here else None
    asked = repr((file.name, size, sorted(choice.names), choice.window, choice.reach))
    root = bookmarks(choice.run.home.archive)
    return read_kept(Bookmark(root / f"{xxhash.xxh3_128_hexdigest(asked.encode())}.jsonl", Path(file.name)))
