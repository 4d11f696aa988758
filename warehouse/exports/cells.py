"""CSV that no spreadsheet executes, and from which everything can be had back.

A spreadsheet takes a cell that begins with one of `DANGEROUS` for a formula. One that is set to another separator than
the comma reads what stands inside a quoted cell as cells of their own: so a cell begins, for this, also after a
semicolon, a tab and a line break.
"""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

DANGEROUS = "=+-@\t\r\n＝＋－＠"
"""With what a formula begins, after OWASP's CSV Injection: the full-width forms and what is skipped before it too."""

SEPARATORS = ";\t\r\n"

# After apostrophes of the cell's own too: so one that is taken away is always one that was put there.
UNSAFE = re.compile(f"(?<![^{SEPARATORS}])(?='*[{re.escape(DANGEROUS)}])")
GUARDED = re.compile(f"(?<![^{SEPARATORS}])'(?='*[{re.escape(DANGEROUS)}])")


def guarded(text: str) -> str:
    """A text with an apostrophe before whatever a spreadsheet could take for a formula."""
    return UNSAFE.sub("'", text)


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return GUARDED.sub("", text)


def cell(value: Any) -> str:
    """A value in quotes; nothing at all for none, so that it differs from an empty text."""
    if value is None:
        return ""
    return '"' + guarded(written(value)).replace('"', '""') + '"'


def written(value: Any) -> str:
    """A value as text: ISO 8601 in UTC, JSON for lists, `true` and `false`."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def line(values: Iterable[Any]) -> str:
    """A row with its line break, as RFC 4180 has it."""
    return ",".join(map(cell, values)) + "\r\n"
