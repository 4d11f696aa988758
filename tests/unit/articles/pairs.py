"""The invented pairs of `data/pairs.toml`."""

import re
import tomllib
from pathlib import Path

CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
FILE = Path(__file__).with_name("data") / "pairs.toml"


def both(written: str) -> tuple[str, str]:
    """The two texts of a pair."""
    return CHOICE.sub(r"\1", written).strip(), CHOICE.sub(r"\2", written).strip()


def pairs(kind: str) -> dict[str, tuple[str, str]]:
    """The pairs that are `copies`, or `lookalikes`, by their names."""
    found = tomllib.loads(FILE.read_text("utf-8"))[kind]
    return {name: both(written) for name, written in found.items()}
