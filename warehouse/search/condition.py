"""What is wrong with the search index: damaged, missing, behind, or not what the copy holds. Changes nothing."""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from articles.errors import Never
from warehouse.home import Home
from warehouse.locks import search_lock
from warehouse.reader import open_published
from warehouse.search.folder import current
from warehouse.search.hits import searching
from warehouse.search.index import everything_in

MAGIC = (1337).to_bytes(4, "little")
"""With which tantivy ends its files, after a footer of JSON and its length."""

CHUNK = 1 << 20
META = "meta.json"
"""Lists the segments that count."""


def search_faults(home: Home) -> list[str]:
    """What is wrong with the index of the published copy; waits for a run that is bringing it up."""
    try:
        with search_lock(home.locks), open_published(home) as connection:
            folder = current(home)
            broken = [f"{path.name} in {home.search} is not what was written" for path in changed_files(folder)]
            if broken:
                return broken
            with searching(home, connection) as search:
                if standing := search.standing():
                    return [standing]
                held = pa.table(
                    dict(zip(("article_id", "version_id"), columns(everything_in(search.searcher)), strict=True))
                )
                connection.register("held", held)
                ((missing, foreign),) = connection.execute(
                    "SELECT (SELECT count(*) FROM article_state ANTI JOIN held USING (article_id, version_id)), "
                    "(SELECT count(*) FROM held ANTI JOIN article_state USING (article_id, version_id))"
                ).fetchall()
    except Never as error:
        return [str(error)]
    if missing or foreign:
        return [f"the search index lacks {missing} articles of the copy, and holds {foreign} that are not in it"]
    return []


def columns(ids: list[tuple[str, str]]) -> Iterator[pa.Array]:
    """Pairs of ids as two columns."""
    for place in (0, 1):
        yield pa.array([pair[place] for pair in ids], pa.string())


def changed_files(folder: Path | None) -> Iterator[Path]:
    """The files of an index that are not what their checksums say; what a writer that died left there is none of it."""
    if folder is None or not folder.is_dir():
        return
    counted = segments_of(folder / META)
    if counted is None:
        yield folder / META
        return
    for path in sorted(folder.iterdir()):
        if path.name.partition(".")[0] in counted and not is_sound(path):
            yield path


def segments_of(meta: Path) -> set[str] | None:
    """The names of the segments that count; None where the file that lists them cannot be read."""
    try:
        return {str(segment["segment_id"]).replace("-", "") for segment in json.loads(meta.read_bytes())["segments"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_sound(path: Path) -> bool:
    """Whether a file of tantivy's is what its footer says."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        tail = file.read(8)
        if len(tail) < 8 or tail[4:] != MAGIC:
            return False
        length = int.from_bytes(tail[:4], "little")
        if length > size - 8:
            return False
        file.seek(size - 8 - length)
        try:
            stated = int(json.loads(file.read(length))["crc"])
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        left, crc = size - 8 - length, 0
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                return False
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    return crc == stated
