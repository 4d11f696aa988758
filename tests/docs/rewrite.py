"""Write what the code says today into the pages that are made of it: `make docs`, then read the diff."""

import tempfile
from pathlib import Path

from tests.docs.archive import afterwards
from tests.docs.queries_page import answered
from tests.docs.tables_page import tables_page
from tests.end_to_end.command import hemeroteca
from warehouse.home import Home
from warehouse.reader import open_published

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main() -> None:
    """Rewrite every such page."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Home(Path(folder) / "demo")
        hemeroteca("demo", "--folder", demo.root)
        with open_published(afterwards(demo)) as copy:
            (DOCS / "tables.md").write_text(tables_page(copy), encoding="utf-8")
            page = DOCS / "queries.md"
            page.write_text(answered(page.read_text("utf-8"), copy), encoding="utf-8")


if __name__ == "__main__":
    main()
