"""What a reader's connection can be asked: relations, their columns, and the words of its SQL."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from warehouse.described import descriptions
from warehouse.store import sql

WORDS = """
    SELECT keyword_name, 'keyword' FROM duckdb_keywords()
    UNION SELECT function_name, 'function' FROM duckdb_functions()
    WHERE internal AND regexp_full_match(function_name, '[a-z]\\w*') AND function_name NOT LIKE '\\_\\_%' ESCAPE '\\'
    ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation, or a parameter of a macro."""

    name: str
    type: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, a view or a macro; `own` where it was made in this session."""

    name: str
    kind: str
    about: str | None
    columns: tuple[Column, ...]

    @property
    def internal(self) -> bool:
        """Whether it is the archive's own business, and no reader's."""
        return self.name in descriptions().of and descriptions().of[self.name].internal


def relations(connection: duckdb.DuckDBPyConnection) -> dict[str, Relation]:
    """All that can stand after FROM, by name in alphabetical order.

    It is asked on the connection itself: what was registered there, its cursors do not see.
    """
    found: dict[str, Relation] = {}
    rows = connection.execute(sql("catalogue.sql")).fetchall()
    for name, kind, about, *column in rows:
        before = found[name].columns if name in found else ()
        found[name] = Relation(name, kind, about, (*before, Column(*column)))
    return found


def by_use(found: Iterable[Relation]) -> list[Relation]:
    """Those that most questions are about first, as docs/tables.md has them; those made in this session last."""
    order = {name: number for number, name in enumerate(descriptions().of)}
    return sorted(found, key=lambda relation: (relation.kind == "own", order.get(relation.name, len(order))))


def answered(connection: duckdb.DuckDBPyConnection, macro: Relation) -> tuple[Column, ...]:
    """The columns that a macro answers with."""
    call = f"{macro.name}({', '.join('NULL' for _ in macro.columns)})"
    rows = connection.execute(f"DESCRIBE FROM {call}").fetchall()
    return tuple(Column(name, kind, descriptions().column(macro.name, name)) for name, kind, *_ in rows)


def words(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str], ...]:
    """The keywords and functions of DuckDB's SQL, each with `keyword` or `function`."""
    return tuple(connection.cursor().execute(WORDS).fetchall())
