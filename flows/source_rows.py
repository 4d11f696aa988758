"""Sources as rows of a list: what a cell holds, in CSV and in our attributes of OPML, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles.cleaning import clean
from articles.errors import BadInput, HemerotecaError
from articles.urls import without_user
from flows.sections import SourceSettings
from flows.settings_file import slug_of, stated

MAX_BYTES = 8 * 1024 * 1024
"""Of a list; 40,000 newspapers."""

ADDRESSES = frozenset({"feeds", "sitemaps", "archive_sitemaps"})
WORDS = frozenset({"languages", "collections"})
HOURS = frozenset({"revisit_hours"})
NEVER = "never"
"""What an empty list of hours says, where an empty cell says nothing."""

COLUMNS = ("source", *SourceSettings.model_fields)

BETWEEN_ADDRESSES = re.compile(r"\s+|;\s*(?=https?:|feed:|$)|;\s+", re.IGNORECASE)
"""A semicolon may be part of an address: it parts two only where another begins."""

TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Row:
    """A source that can be taken."""

    place: str
    """`line 3`."""
    source: str
    settings: SourceSettings
    stated: tuple[str, ...]
    """The settings that the row names."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot, and why."""

    place: str
    why: str


def row_from(place: str, key: str | None, values: Mapping[str, Any]) -> Row | BadRow:
    """A row as a source, or what is wrong with it."""
    try:
        if not values.get("url"):
            raise BadInput("the column url is empty: it is the newspaper's home page")
        source = slug_of(values["url"], key)
        settings = stated({"name": source, **values})
        if not (settings.feeds or settings.sitemaps or settings.archive_sitemaps):
            raise BadInput(f"neither feed nor sitemap; find them with: hemeroteca source add {settings.url}")
    except HemerotecaError as error:
        return BadRow(place, str(error))
    return Row(place, source, settings, tuple(values))


def cells(raw: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row's cells, empty ones left out; raises `BadInput` for a column that is no setting."""
    values: dict[str, Any] = {}
    for name, text in raw.items():
        if name not in COLUMNS:
            raise BadInput(f"no setting is called {name!r}; there are: {', '.join(COLUMNS)}")
        if text.strip():
            values[name] = value(name, clean(text.strip()))
    return values


def value(name: str, text: str) -> Any:
    """What a cell says."""
    if name in ADDRESSES:
        return tuple(without_user(url) for url in BETWEEN_ADDRESSES.split(text) if url)
    if name in WORDS:
        parts = text.split(";") if ";" in text else text.split()
        return tuple(part.strip() for part in parts if part.strip())
    if name in HOURS:
        return () if text.lower() == NEVER else tuple(text.replace(";", " ").split())
    if name == "active":
        return TRUTH.get(text.lower(), text)
    return text


def cell(name: str, value: Any) -> str:
    """A setting as a cell; raises `BadInput` for a value that would be read back as two."""
    if name in ADDRESSES:
        return " ".join(re.sub(r";(?=\s*(?:https?:|feed:|$))", "%3B", re.sub(r"\s", "%20", url)) for url in value)
    if name in WORDS:
        for word in value:
            if ";" in word or word != word.strip() or not word:
                raise BadInput(f"{name} holds {word!r}: a semicolon parts two values, so none can hold one")
        return ";".join(value) + (";" if len(value) == 1 and re.search(r"\s", value[0]) else "")
    if name in HOURS:
        return ";".join(map(str, value)) or NEVER
    return str(value).lower() if isinstance(value, bool) else str(value)
