"""A folder of saved pages with a list of their URLs: CSV or TSV, `path,url` and perhaps `captured_at`."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xxhash

from warehouse.captures import Capture
from warehouse.imports.options import Options, Unreadable, checked_url, context, file_date, read_date
from warehouse.imports.pages import MAX_BYTES, read_bytes

COLUMNS = ("path", "url", "captured_at")
TABBED = (".tsv", ".tab")
PAGES = (".html", ".htm", ".html.gz", ".htm.gz", ".xhtml")

MAX_LINE = 65_536
"""Characters of a line; what is longer holds no path and no URL."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list."""

    path: str
    """Relative to the folder."""
    url: str
    captured_at: str = ""
    """As `fetched_at` in JSON lines; empty for the file's date."""


def from_list(folder: Path, path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The pages of a folder under the URLs that a list gives them; pages that it does not name are told."""
    named: set[int] = set()
    for place, row in rows(path):
        if isinstance(row, str):
            yield Unreadable(path, place, "bad-row", row)
            continue
        page = within(folder, row.path)
        if page is None:
            yield Unreadable(path, place, "missing-page", f"no file {row.path[:200]!r} in {folder}")
            continue
        named.add(key_of(page))
        yield listed_page(path, place, row, page, options)
    for page in sorted(folder.rglob("*")):
        if page.name.lower().endswith(PAGES) and page.is_file() and key_of(page.resolve()) not in named:
            yield Unreadable(page, "", "not-listed", f"{path.name} gives it no URL")


def rows(path: Path) -> Iterator[tuple[str, Listed | str]]:
    """The rows of a list with their places, or what is wrong with one; a head of column names is passed over."""
    separator = "\t" if path.name.lower().endswith(TABBED) else ","
    # A path may hold bytes that are no text.
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            place = f"line {number}"
            whole = len(line) < MAX_LINE or line.endswith("\n")
            while not whole and (rest := file.readline(MAX_LINE)):
                whole = rest.endswith("\n")
            if len(line) == MAX_LINE:
                yield place, f"a line of over {MAX_LINE} characters"
            elif (found := row_of(line, separator)) and not (number == 1 and is_head(found)):
                yield place, found


def row_of(line: str, separator: str) -> Listed | str | None:
    """One line, or what is wrong with it; None for an empty one."""
    try:
        fields = [
            field.strip() for field in next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
        ]
    except csv.Error as error:
        return f"no row of a list: {error}"
    if not any(fields):
        return None
    if not 2 <= len(fields) <= len(COLUMNS):
        return (
            f"a row of {len(fields)} columns; it would be {separator.join(COLUMNS)}, the last of them left out at will"
        )
    return Listed(*fields)


def is_head(row: Listed | str) -> bool:
    """Whether a row names the columns."""
    return isinstance(row, Listed) and (row.path.lower(), row.url.lower()) == COLUMNS[:2]


def within(folder: Path, name: str) -> Path | None:
    """The file of a folder that a row names; None for one outside of it, or none at all."""
    try:
        page = (folder / name).resolve()
        return page if page.is_relative_to(folder.resolve()) and page.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, links in a circle
        return None


def key_of(page: Path) -> int:
    """What a page is remembered by: a list may name millions."""
    return xxhash.xxh3_64_intdigest(str(page).encode("utf-8", "surrogateescape"))


def listed_page(path: Path, place: str, row: Listed, page: Path, options: Options) -> Capture | Unreadable:
    """A row's capture, or why it is none."""
    url = checked_url(row.url)
    if url is None:
        return Unreadable(path, place, "bad-url", f"{row.url[:200]!r} is no address of a page")
    captured_at = read_date(row.captured_at) if row.captured_at else file_date(page)
    if captured_at is None:
        return Unreadable(
            path, place, "bad-date", f"captured_at {row.captured_at[:60]!r} is no ISO 8601 time since 1990"
        )
    try:
        body = read_bytes(page)
    except (OSError, EOFError, zlib.error) as error:
        return Unreadable(path, place, "damaged", f"cannot read the page: {error}")
    if len(body) > MAX_BYTES:
        return Unreadable(path, place, "too-large", f"the page is over {MAX_BYTES} bytes")
    return Capture(
        url=url,
        final_url=url,
        captured_at=captured_at,
        body=body,
        media_type="text/html",
        context=context(url, path, options, time_inferred=not row.captured_at),
    )
