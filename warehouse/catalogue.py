"""What a reader's connection can be asked: relations, their columns, and the words of its SQL."""

from dataclasses import dataclass

import duckdb

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


def words(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str], ...]:
    """The keywords and functions of DuckDB's SQL, each with `keyword` or `function`."""
    return tuple(connection.cursor().execute(WORDS).fetchall())
