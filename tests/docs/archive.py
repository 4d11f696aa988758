"""The archive that `docs/queries.md` asks: the demo's, and what its newspapers did afterwards."""

from pathlib import Path

from tests.end_to_end.command import hemeroteca
from warehouse.home import Home

AFTERWARDS = Path(__file__).resolve().parents[2] / "examples" / "afterwards.warc"
"""A correction, a live blog that goes on, a page that is gone, one that reserves the training of AI."""


def afterwards(home: Home) -> Home:
    """Bring it into a demo's archive."""
    hemeroteca("import", AFTERWARDS, "--source", "courier", "--home", home.root)
    return home
