"""Pieces of large files: what a server may answer, and what is taken."""

import pytest
from scrapy.http import Response

from spiders.pieces import fault_of

PIECE = (100, 199)


def answered(range_: str | None, length: int, status: int = 206) -> Response:
    headers = {"Content-Range": range_} if range_ else {}
    return Response("https://e.example/file", status=status, headers=headers, body=b"x" * length)


@pytest.mark.parametrize(
    ("range_", "length"),
    [("bytes 100-199/500", 100), ("bytes 100-149/150", 50), ("bytes 100-199/*", 100), ("bytes 100-149/*", 50)],
)
def test_a_piece_or_the_end_of_the_file_is_taken(range_: str, length: int) -> None:
    assert fault_of(answered(range_, length), PIECE) is None


@pytest.mark.parametrize(
    ("range_", "length", "again"),
    [
        (None, 100, False),
        ("bytes 0-99/500", 100, False),
        ("bytes 100-199/500", 99, False),
        # It may give less than was asked for; whoever takes that for the end of the file loses the rest.
        ("bytes 100-149/500", 50, True),
    ],
)
def test_anything_else_is_no_piece(range_: str | None, length: int, again: bool) -> None:
    fault = fault_of(answered(range_, length), PIECE)
    assert fault is not None
    assert fault.again is again
