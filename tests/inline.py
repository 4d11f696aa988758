"""A pool of workers that is none: what is to be done is done here and now."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from warehouse.workers import Workers


class Inline(Workers):
    """Calls in this process, so that tests start none."""

    def __init__(self) -> None:
        super().__init__(1, 60.0)

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Answers in order."""
        for item in items:
            yield item, function(item)
