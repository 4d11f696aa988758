"""The folder of the search index: which index in it counts, and what is wrong when it cannot be read."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

import tantivy
from tantivy import Index, Query, Searcher

from articles.errors import Damaged, DiskFull
from warehouse.home import Home
from warehouse.replace import replace_text
from warehouse.search.analysis import ANALYSIS, CODES, analyser
from warehouse.search.fields import KEY, MARK, ROW, schema, unpacked

MEND = "Make it anew with: hemeroteca rebuild --search"
CURRENT = "current.json"
"""Names the index that counts: one that is being made stands beside it, and takes its place in one stroke."""

TRIES = 3
"""A new index may take the old one's place while somebody opens that."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an index was made of; it is written in the same commit as the articles."""

    born: int
    """Which warehouse: microseconds since 1970 when its file was made. One made anew counts from the start."""
    generation: int
    """Its transactions that the index has seen."""
    load_id: str
    """The load that published them."""
    codes: tuple[str, ...] = ()
    """The analyses of which there are articles."""


@contextmanager
def told(home: Home) -> Iterator[None]:
    """Say what tantivy's errors mean: it has one class for all, and panics over bytes that it did not expect."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise in_our_words(home, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise in_our_words(home, error) from error


def in_our_words(home: Home, error: BaseException) -> Damaged | DiskFull:
    """What a failure of the index means."""
    words = str(error)
    full = [os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT)]
    if any(text in words for text in full):
        return DiskFull(f"no space left for the search index: {words}")
    return Damaged(f"the search index in {home.search} cannot be used: {words.splitlines()[0][:300]}. {MEND}")


def current(home: Home) -> Path | None:
    """The folder of the index that counts; None where there is none, or none that this version can use."""
    try:
        said = json.loads((home.search / CURRENT).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise Damaged(f"{home.search / CURRENT} cannot be read. {MEND}") from error
    if not isinstance(said, dict) or said.get("made_by") != maker():
        return None
    return home.search / Path(str(said.get("index"))).name


def maker() -> str:
    """Which analysis and which of tantivy's formats an index is made in."""
    return f"analysis {ANALYSIS}, {tantivy.__version__.split(',')[-1].strip()}"  # type: ignore[attr-defined]


def set_current(home: Home, folder: Path) -> None:
    """Let an index count, and remove all others; whoever has one open keeps it."""
    replace_text(home.search / CURRENT, json.dumps({"index": folder.name, "made_by": maker()}) + "\n")
    sweep(home, folder)


def sweep(home: Home, kept: Path | None) -> None:
    """Remove what does not count: old indexes, and those that were never finished."""
    for folder in home.search.glob("index-*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def new_folder(home: Home) -> Path:
    """A folder for an index that is to be made."""
    folder = home.search / f"index-{token_hex(6)}"
    folder.mkdir(parents=True)
    return folder


def new_index(folder: Path) -> Index:
    """An empty index."""
    return with_analysers(Index(schema(), str(folder)))


def open_index(home: Home) -> Index:
    """The index that counts; `Damaged` names the remedy where there is none or it cannot be read."""
    for left in reversed(range(TRIES)):
        folder = current(home)
        if folder is None:
            raise Damaged(f"there is no search index in {home.search} that this version can use. {MEND}")
        try:
            with told(home):
                return with_analysers(Index.open(str(folder)))
        except Damaged:
            if not left or current(home) == folder:
                raise
    raise AssertionError("the last try either returns or raises")


def with_analysers(index: Index) -> Index:
    """An index that knows how texts are cut into words."""
    for code in CODES:
        index.register_tokenizer(code, analyser(code))
    return index


def read_mark(searcher: Searcher) -> Mark:
    """What an open index was made of."""
    hits = searcher.search(Query.term_query(schema(), KEY, MARK, "basic"), limit=1).hits
    if not hits:
        raise ValueError("it does not say what it was made of")
    row = unpacked(searcher.doc(hits[0][1]).get_first(ROW) or b"")
    return Mark(int(str(row["born"])), int(str(row["generation"])), str(row["load_id"]), tuple(row["codes"]))  # type: ignore[arg-type]


def mark_row(mark: Mark) -> dict[str, object]:
    """A mark as it is written."""
    return asdict(mark)
