"""What a notebook imports: `hemeroteca.open()` gives the newest published copy, read-only."""

import os
from pathlib import Path

import duckdb

from warehouse.home import find_home
from warehouse.reader import open_published

__all__ = ["open"]


def open(home: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """Connect to an archive's published copy, read-only.

    `home` is the archive's folder; without it `HEMEROTECA_HOME`, then the nearest `hemeroteca.toml` upwards.
    The connection keeps its copy: open again to see what was published since.
    """
    named = Path(home) if home is not None else None
    return open_published(find_home(named, os.environ.get("HEMEROTECA_HOME"), Path.cwd()))
