"""Strings that any table, terminal and program can take: without what no reader sees and no database holds."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from unicodedata import category

from articles.textform import INVISIBLE

Record = TypeVar("Record")


def cleaned(record: Record) -> Record:
    """A frozen record with every string in it cleaned, however deep; a page may have put anything there.

    NUL and control characters, halves of surrogate pairs and marks that turn the reading direction go; line feeds
    and tabs stay.
    """
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed = {f.name: clean(getattr(record, f.name)) for f in fields(record)}
    return replace(record, **{name: value for name, value in changed.items() if value is not getattr(record, name)})


def clean(value: Any) -> Any:
    """A value, cleaned; the same object where there is nothing to do."""
    if isinstance(value, str):
        return INVISIBLE.sub("", value) if INVISIBLE.search(value) else value
    if isinstance(value, tuple):
        parts = tuple(map(clean, value))
        return value if all(map(lambda a, b: a is b, value, parts)) else parts
    return cleaned(value)


SHOWN = frozenset("\n\u200c\u200d")
"""Beside what prints: the joiners, without which Persian and Hindi words fall apart."""


def escaped(text: str) -> str:
    """Text from outside with control and direction marks spelled out: they could rewrite what a terminal shows."""
    return "".join(c if is_shown(c) else c.encode("unicode_escape").decode() for c in text)


def is_shown(character: str) -> bool:
    """Whether a terminal shows a character, a space of any width too, and does nothing else."""
    return character.isprintable() or character in SHOWN or category(character) == "Zs"
