"""Agencies by the names that bylines and credits give them."""

import re
from functools import lru_cache

from articles.tables import table
from articles.textform import squeeze

AGENCIES = table("agencies")["agency"]
BY_NAME: dict[str, str] = {squeeze(written): entry["name"] for entry in AGENCIES for written in entry["written"]}
NEWS = frozenset(entry["name"] for entry in AGENCIES if entry.get("news"))
DOMAINS = frozenset(domain for entry in AGENCIES for domain in entry.get("domains", ()))
"""Registrable domains on which news agencies publish their own copy."""
MAX_LINE = 40
PARTS = re.compile(r"\s*(?:[/,;|•·()\[\]–—]|\s-\s|\bvia\b|\bfür\b|\bfor\b|\bpour\b|\bper\b|\+)\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def agency_of(credit: str) -> str | None:
    """The agency in a credit, under its usual name: the last named part that is one, as printed `Name/Agency`."""
    if len(credit) > 300:
        return None
    for part in reversed(PARTS.split(credit)):
        if name := BY_NAME.get(squeeze(part)):
            return name
    return BY_NAME.get(squeeze(credit))


def is_agency(text: str) -> bool:
    """Whether a few words are the name of an agency and nothing else."""
    return squeeze(text) in BY_NAME


def lone_agency(line: str) -> str | None:
    """The news agency that a line is, in brackets or between slashes as agencies sign, under its usual name."""
    return news_agency(line.strip("()[]/ .")) if len(line) <= MAX_LINE and not line.startswith("- ") else None


@lru_cache(maxsize=4096)
def news_agency(name: str) -> str | None:
    """The news agency that a byline names as author, under its usual name."""
    found = BY_NAME.get(squeeze(name)) if len(name) <= 80 else None
    return found if found in NEWS else None
