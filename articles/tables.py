"""The tables of `articles/data/`, read once at import."""

import tomllib
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """One TOML file of `articles/data/`."""
    return tomllib.loads(files("articles").joinpath(f"data/{name}.toml").read_text("utf-8"))
