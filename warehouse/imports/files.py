"""Which files an import takes, and who reads each."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from articles.errors import BadInput
from warehouse.captures import Capture
from warehouse.imports.heads import MAX_LINE, begins
from warehouse.imports.jsonl import from_jsonl
from warehouse.imports.options import Filtered, Options, Unreadable
from warehouse.imports.pages import from_html, from_text
from warehouse.imports.unpacked import Unpacked
from warehouse.imports.wacz import from_wacz
from warehouse.imports.warc import from_warc

Reader = Callable[[Path, Options], Iterator[Capture | Unreadable]]

READERS: dict[str, Reader] = {
    ".jsonl": from_jsonl,
    ".jsonl.gz": from_jsonl,
    ".jsonl.zst": from_jsonl,
    ".warc": from_warc,
    ".warc.gz": from_warc,
    ".arc": from_warc,
    ".arc.gz": from_warc,
    ".wacz": from_wacz,
    ".html": from_html,
    ".htm": from_html,
    ".html.gz": from_html,
    ".txt": from_text,
}


LONGEST_FIRST = sorted(READERS, key=len, reverse=True)


def reader_of(path: Path) -> Reader | None:
    """Who reads a file, by its name's ending; an archive under any name by how it begins: `crawl.warc.gz.open`."""
    name = path.name.lower()
    known = next((READERS[ending] for ending in LONGEST_FIRST if name.endswith(ending)), None)
    return known or (from_warc if is_archive(path) else None)


def is_archive(path: Path) -> bool:
    """Whether a file begins with a WARC or ARC record, packed or not."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return begins(Unpacked(file).has(0, MAX_LINE))
    except OSError:
        return False


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to read, folders looked through in order of name; a named file that nobody reads is an error."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file() and reader_of(file))
        elif not path.is_file():
            raise BadInput("no such file or folder", url=str(path))
        elif reader_of(path) is None:
            raise BadInput(f"no file that can be imported: it would end in {', '.join(READERS)}", url=str(path))
        else:
            yield path


def is_bookmarked(path: Path) -> bool:
    """Whether how far a file was read is kept: it is long, and holds all that it gives."""
    return reader_of(path) in (from_warc, from_wacz)


def captures_in(path: Path, options: Options) -> Iterator[Capture | Unreadable]:
    """The captures of one file."""
    reader = reader_of(path)
    if reader is None:
        yield Unreadable(path, "", "unknown-format", "the file's name ends in nothing that can be read")
        return
    try:
        for found in reader(path, options):
            yield left_out(path, found, options) or found if isinstance(found, Capture) else found
    except (OSError, EOFError, zlib.error) as error:
        yield Unreadable(path, "", "damaged", str(error))


def left_out(path: Path, capture: Capture, options: Options) -> Filtered | None:
    """A capture that a filter leaves out before it is read."""
    reason = options.filters.of_capture(capture.final_url, capture.captured_at)
    return Filtered(path, "", reason, f"{capture.final_url} is not asked for", capture.origin) if reason else None
