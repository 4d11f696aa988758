"""What every table, view and column means: `COMMENT ON` in the published copy, and `docs/tables.md`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import duckdb

from warehouse.store import numbered, sql

COMMON = "common"
"""Under this name stand the columns that mean the same in every table."""

RELATIONS = """
    SELECT 'TABLE', table_name, NULL, comment FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT 'VIEW', view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT DISTINCT 'MACRO TABLE', function_name, NULL, comment FROM duckdb_functions()
        WHERE function_type = 'table_macro' AND NOT internal
    UNION ALL SELECT 'COLUMN', table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
"""


@dataclass(frozen=True, slots=True)
class Description:
    """What one table, view or macro holds."""

    about: str
    columns: Mapping[str, str]
    like: str | None = None
    """Another one, whose columns of the same name mean the same."""
    notes: str = ""
    """Markdown for the page alone."""


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
            name: Description(told["about"], told.get("columns", {}), told.get("like"), told.get("notes", "").strip())
            for name, told in stated.items()
        },
        common,
    )


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment on all that a database holds, as far as its comments say something else.

    Four hundred new comments take a tenth or two of a second, as many old ones a hundredth.
    """
    statements: list[str] = []
    for kind, relation, column, said in connection.execute(RELATIONS).fetchall():
        words = descriptions().words(relation, column)
        if words is not None and words != said:
            name = f'"{relation}"' if column is None else f'"{relation}"."{column}"'
            statements.append(f"COMMENT ON {kind} {name} IS {quoted(words)}")  # it takes no parameters
    if statements:
        connection.execute(";\n".join(["BEGIN", *statements, "COMMIT"]))


def quoted(words: str) -> str:
    """A string as SQL has it."""
    return "'" + words.replace("'", "''") + "'"
