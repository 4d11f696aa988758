"""Write what the code says today into the pages that are made of it: `make docs`, then read the diff."""

import tempfile
from pathlib import Path

from tests.builders import NOON
from tests.docs.tables_page import tables_page
from warehouse.home import SETTINGS_FILE, Home
from warehouse.publish import publish
from warehouse.reader import open_published

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main() -> None:
    """Rewrite every such page."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        (home.root / SETTINGS_FILE).touch()
        publish(home, "load", "0.1.0", NOON)
        with open_published(home) as copy:
            (DOCS / "tables.md").write_text(tables_page(copy), encoding="utf-8")


if __name__ == "__main__":
    main()
