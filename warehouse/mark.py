"""The mark beside the warehouse: which generation of it was committed last, known without opening it.

DuckDB opens an empty file in place of a missing one, and an older state where its log is missing, without a word.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import xxhash

from articles.errors import Damaged
from warehouse.home import Home
from warehouse.replace import replace_text

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Mark:
    """What was committed last."""

    generation: int
    checksum: str | None = None
    """XXH3 of the file's bytes, as long as nothing was written since it was last published."""


def read_mark(home: Home) -> Mark | None:
    """The mark of a home's warehouse; None where there never was one."""
    try:
        return Mark(**json.loads(home.mark.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise Damaged("the warehouse's mark cannot be read; make it anew with: hemeroteca rebuild") from error


def write_mark(home: Home, mark: Mark) -> None:
    """Leave a mark, whole or not at all."""
    replace_text(home.mark, json.dumps(asdict(mark)) + "\n")


def checksum_of(path: Path) -> str:
    """XXH3 of a file's bytes."""
    digest = xxhash.xxh3_64()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
