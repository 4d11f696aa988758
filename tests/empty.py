"""Archives with nothing in them: to make a warehouse takes a third of a second, to copy one next to nothing."""

import tempfile
from functools import cache
from pathlib import Path

from warehouse.described import describe
from warehouse.home import SETTINGS_FILE, Home
from warehouse.store import opened


def empty(root: Path, settings: str = "") -> Home:
    """An archive's folder, new or there already, with settings and a warehouse."""
    root.mkdir(exist_ok=True)
    (root / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    home = Home(root)
    home.work.mkdir()
    home.warehouse.write_bytes(new_warehouse())
    return home


@cache
def new_warehouse() -> bytes:
    """A file with its tables, views and comments, and not a row."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        with opened(home) as store:
            describe(store.connection)
        return home.warehouse.read_bytes()
