"""A cheap look at an element's first letters, before its whole text is asked for."""

from collections.abc import Iterable
from typing import Any

LETTERS = 4
"""Characters of a line that are compared."""


class Beginnings:
    """The first letters of some lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = {line[:LETTERS] for line in lines}

    def rule_out(self, element: Any) -> bool:
        """Whether the first letters in an element tell that it holds none of the lines."""
        inner = element
        while not (inner.text and inner.text.strip()):
            if not len(inner):
                return False
            inner = inner[0]
        first = inner.text.lstrip()[:LETTERS]
        return len(first) == LETTERS and first.isascii() and first.isalnum() and first not in self._known
