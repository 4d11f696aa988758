"""A server's words cannot rewrite the terminal of whoever reads the log."""

import logging

from spiders.logs import Escaping


def test_control_and_direction_marks_are_spelled_out_and_line_feeds_stay() -> None:
    formatter = Escaping(logging.Formatter("%(levelname)s %(message)s"))
    record = logging.LogRecord("crawl", logging.WARNING, __file__, 1, "no page: %s", ("\x1b[2J\u202ea\nb\r",), None)
    assert formatter.format(record) == "WARNING no page: \\x1b[2J\\u202ea\nb\\r"
