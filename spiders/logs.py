"""What a crawl says in its log, as a terminal may show it: pages and servers put words into errors."""

import logging

from articles.cleaning import escaped


class Escaping(logging.Formatter):
    """Formats as another formatter does, with control and direction marks spelled out."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines."""
        return escaped(self._inner.format(record))


def escape_logs() -> None:
    """Have every handler there is escape what it writes."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(Escaping(handler.formatter or logging.Formatter()))
