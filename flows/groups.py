"""What files hold, in groups that fit in memory and are acknowledged together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from flows.request import Imported
from flows.run import Run
from warehouse.captures import Capture
from warehouse.imports.bookmarks import Bookmark, bookmark_of
from warehouse.imports.files import captures_in, is_bookmarked
from warehouse.imports.options import Filtered, Options, Unreadable
from warehouse.loading import adds

Reader = Callable[[Path, Options], Iterator[Capture | Unreadable]]

GROUP, GROUP_BYTES = 100, 8 * 1024 * 1024
"""Captures acknowledged with one sync: 50 already take most of its cost away, more hold more pages in memory."""

GROUP_ITEMS = 5_000
"""Records without a wanted page after which the bookmark is moved all the same."""


@dataclass(slots=True)
class Group:
    """Captures that are acknowledged together."""

    captures: list[Capture] = field(default_factory=list)
    size: int = 0
    items: int = 0
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    """Bookmarks to move once the group is acknowledged."""

    @property
    def full(self) -> bool:
        """Whether the next item belongs to another group."""
        return len(self.captures) >= GROUP or self.size >= GROUP_BYTES or self.items >= GROUP_ITEMS

    def add(self, found: Capture | Unreadable) -> None:
        """Take an item in; only captures are kept."""
        self.items += 1
        if isinstance(found, Capture):
            self.captures.append(found)
            self.size += len(found.body)


def grouped(
    run: Run,
    files: Iterable[Path],
    options: Options,
    taken: Imported,
    *,
    again: bool = False,
    remembered: bool = True,
    read: Reader = captures_in,
) -> Iterator[Group]:
    """The captures of the files in groups that fit in memory; what gives none is noted.

    `again` reads on where an earlier run has read to the end; only what is `remembered` is known to a later one.
    """
    group = Group()
    for path in files:
        bookmark = kept_of(run, path, options, again=again) if remembered else None
        if bookmark and bookmark.done:
            taken.known(bookmark)
            continue
        pages, reasons = (bookmark.pages, bookmark.reasons) if bookmark else (0, Counter[str]())
        whole = True
        for found in read(path, replace(options, start=bookmark.start if bookmark else None)):
            if group.full:
                if bookmark and found.origin:
                    group.afterwards.append(partial(bookmark.turn, found.origin, pages, dict(reasons)))
                yield group
                group = Group()
            group.add(found)
            if isinstance(found, Capture):
                taken.captures += 1
                pages += 1
            else:
                taken.note(found)
                reasons[found.reason] += 1
                whole = whole and (bool(found.place) or isinstance(found, Filtered))
        if not whole:  # what could not be opened or read through may be, the next time
            taken.cut_short.append(path)
        elif bookmark:
            group.afterwards.append(partial(bookmark.finish, pages, dict(reasons)))
    if group.items or group.afterwards:
        yield group


def kept_of(run: Run, path: Path, options: Options, *, again: bool) -> Bookmark | None:
    """How far a file was read, None for one of which that is not kept; `again` puts it back to the beginning."""
    if not is_bookmarked(path):
        return None
    try:
        bookmark = bookmark_of(run.home.archive, path, options)
    except OSError:  # its reader will say so
        return None
    return Bookmark(bookmark.kept_in, path) if again else bookmark


def additions(captures: Iterable[tuple[str, Capture]], held: Mapping[str, bool]) -> dict[str, Capture]:
    """Those of the captures, by key, that say more than what is held and than one another."""
    known, found = dict(held), dict[str, Capture]()
    for key, capture in captures:
        has_payload = capture.original is None
        if adds(known, key, has_payload=has_payload):
            known[key], found[key] = has_payload, capture
    return found
