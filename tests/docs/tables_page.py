"""`docs/tables.md` as the comments in a published copy say it."""

from collections.abc import Iterable

import duckdb

from warehouse.described import Description, descriptions

HEAD = """# Tables

What stands in `hemeroteca.duckdb`. Instants are `TIMESTAMPTZ`, days are `DATE`, lists are lists. There are no primary
keys; `warehouse/checks.sql` asserts one row a key. Ask the views first: `articles` is what most questions are about, and
[twenty-five of them](queries.md) stand answered.

This page is made of the comments in the copy itself, which any client shows:

```sql
SELECT column_name, data_type, comment FROM duckdb_columns()
WHERE database_name = 'hemeroteca' AND table_name = 'articles' ORDER BY column_index;
```

The tables and views say what they hold in `duckdb_tables()` and `duckdb_views()`.

## Columns that mean the same everywhere

"""

KINDS = {"VIEW": "A view. ", "MACRO": "A macro. ", "TABLE": ""}

ABOUT = """
    SELECT table_name, 'TABLE', '', comment FROM duckdb_tables() WHERE database_name = 'hemeroteca'
    UNION ALL
    SELECT view_name, 'VIEW', '', comment FROM duckdb_views() WHERE database_name = 'hemeroteca' AND NOT internal
    UNION ALL
    SELECT function_name, 'MACRO', '(' || array_to_string(parameters, ', ') || ')', comment FROM duckdb_functions()
    WHERE database_name = 'hemeroteca' AND function_type = 'table_macro' AND NOT internal
"""
COLUMNS = """
    SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
    WHERE database_name = 'hemeroteca' AND NOT internal ORDER BY table_name, column_index
"""


def tables_page(copy: duckdb.DuckDBPyConnection) -> str:
    """The whole page; `copy` is a reader's connection."""
    told = descriptions()
    found = {name: rest for name, *rest in copy.execute(ABOUT).fetchall()}
    columns: dict[str, list[tuple[str, str, str]]] = {name: [] for name in found}
    for relation, *column in copy.execute(COLUMNS).fetchall():
        columns[relation].append(tuple(column))
    page = HEAD + table(("column", "meaning"), ((f"`{name}`", words) for name, words in told.common.items()))
    for name, description in told.of.items():
        kind, parameters, about = found[name]
        page += f"\n## `{name}{parameters}`\n\n{KINDS[kind]}{about}\n{body(description, columns[name])}"
    return page


def body(description: Description, columns: list[tuple[str, str, str]]) -> str:
    """A relation's columns, those first that it has for itself, and what more there is to say."""
    own = [column for column in columns if column[0] in description.columns]
    names = ", ".join(f"`{name}`" for name, *_ in columns if name not in description.columns)
    text = ""
    if own:
        rows = (
            (f"`{name}`", f"`{kind.replace('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ')}`", words)
            for name, kind, words in own
        )
        text += "\n" + table(("column", "type", "meaning"), rows)
    if names:
        text += f"\nAs {f'in `{description.like}`, or ' if description.like else ''}everywhere: {names}.\n"
    return text + (f"\n{description.notes}\n" if description.notes else "")


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return (
        "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace("| --- |", "|---|").replace(" --- |", "---|")
    )
