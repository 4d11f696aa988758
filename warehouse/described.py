"""What every table, view and column means: `COMMENT ON` in the published copy, and `docs/tables.md`."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import duckdb
import xxhash

from warehouse.database import quoted
from warehouse.store import numbered, sql

COMMON = "common"
"""Under this name stand the columns that mean the same in every table."""

RELATIONS = """
    SELECT 'TABLE', table_name, NULL FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT 'VIEW', view_name, NULL FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT DISTINCT 'MACRO TABLE', function_name, NULL FROM duckdb_functions()
        WHERE function_type = 'table_macro' AND NOT internal
    UNION ALL SELECT 'COLUMN', table_name, column_name FROM duckdb_columns() WHERE NOT internal
"""


Named = tuple[str, str, str | None]
"""What kind of thing, its name or its relation's, and the column's."""


@dataclass(frozen=True, slots=True)
class Description:
    """What one table, view or macro holds."""

    about: str
    columns: Mapping[str, str]
    like: str | None = None
    """Another one, whose columns of the same name mean the same."""
    notes: str = ""
    """Markdown for the page alone."""
    internal: bool = False
    """Whether it is there for the archive itself: readers are not shown it unasked."""


@dataclass(frozen=True, slots=True)
class Descriptions:
    """All of them, in the order of the page."""

    of: Mapping[str, Description]
    common: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def words(self, relation: str, column: str | None) -> str | None:
        """What a relation holds, or one of its columns means; None where nobody says."""
        if column is not None:
            return self.column(relation, column)
        return self.of[relation].about if relation in self.of else None

    def column(self, relation: str, name: str) -> str | None:
        """What a column means: as its table says, else the one that it is like, else every table."""
        description = self.of.get(relation)
        if description is None:
            return None
        if name in description.columns:
            return description.columns[name]
        return self.column(description.like, name) if description.like else self.common.get(name)


@cache
def descriptions() -> Descriptions:
    """As `descriptions/*.toml` state them."""
    stated: dict[str, Any] = {}
    for name in numbered("descriptions", ".toml"):
        stated |= tomllib.loads(sql(name))
    common = stated.pop(COMMON)["columns"]
    return Descriptions(
        {
            name: Description(
                told["about"],
                told.get("columns", {}),
                told.get("like"),
                told.get("notes", "").strip(),
                told.get("internal", False),
            )
            for name, told in stated.items()
        },
        common,
    )


@cache
def digest() -> str:
    """Of all that `descriptions/*.toml` state."""
    return xxhash.xxh3_64_hexdigest("".join(map(sql, numbered("descriptions", ".toml"))).encode())


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment on all that a warehouse holds, unless its comments say so already: four hundred take a tenth of a second.

    All or nothing is written.
    """
    if connection.execute("SELECT digest FROM described").fetchall() == [(digest(),)]:
        return
    named = connection.execute(RELATIONS).fetchall()
    connection.begin()
    connection.execute(";\n".join(comments(named)))
    connection.execute("DELETE FROM described")
    connection.execute("INSERT INTO described VALUES (?)", [digest()])
    connection.commit()


def describe_these(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], views: Iterable[str]) -> None:
    """Comment on tables and views that were made just now."""
    made = [("TABLE", name) for name in tables] + [("VIEW", name) for name in views]
    named: list[Named] = [(kind, name, None) for kind, name in made]
    for _, name in made:
        named += [("COLUMN", name, column[0]) for column in connection.execute(f'DESCRIBE "{name}"').fetchall()]
    connection.begin()
    connection.execute(";\n".join(comments(named)))
    connection.commit()


def comments(named: Iterable[Named]) -> Iterator[str]:
    """The statements that comment on relations and columns, as far as there are words for them."""
    for kind, relation, column in named:
        if (words := descriptions().words(relation, column)) is not None:
            name = f'"{relation}"' if column is None else f'"{relation}"."{column}"'
            yield f"COMMENT ON {kind} {name} IS {quoted(words)}"  # it takes no parameters
