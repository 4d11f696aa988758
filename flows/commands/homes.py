"""The home of a command."""

import os
from pathlib import Path

from warehouse.home import Home, find_home


def home_of(named: Path | None) -> Home:
    """The home that `--home`, the environment or the working folder names."""
    return find_home(named, os.environ.get("HEMEROTECA_HOME"), Path.cwd())
