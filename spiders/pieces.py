"""Pieces of large files: what a request for a range of bytes may be answered with (RFC 9110, 14)."""

import re
from http import HTTPStatus

from scrapy.http import Response

from spiders.outcomes import Outcome

CONTENT_RANGE = re.compile(rb"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


def asking(piece: tuple[int, int]) -> dict[str, str]:
    """The headers that ask for a piece, and for its bytes as they are."""
    return {"Range": f"bytes={piece[0]}-{piece[1]}", "Accept-Encoding": "identity"}


def fault_of(response: Response, piece: tuple[int, int]) -> Outcome | None:
    """Why an answer is not the piece that was asked for."""
    if response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # it begins where the file ends
        return None
    if response.status != HTTPStatus.PARTIAL_CONTENT:
        served = "the whole file" if response.status == HTTPStatus.OK else f"status {response.status}"
        passing = response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status == HTTPStatus.TOO_MANY_REQUESTS
        return Outcome("no-ranges", f"asked for a piece, the server gave {served}", again=passing)
    found = CONTENT_RANGE.fullmatch(response.headers.get("Content-Range") or b"")
    if found is None or int(found[1]) != piece[0] or len(response.body) != int(found[2]) - piece[0] + 1:
        return Outcome("no-ranges", f"the server gave another piece than that from byte {piece[0]}", again=False)
    if found[3] != b"*" and int(found[2]) < min(piece[1], int(found[3]) - 1):
        # A server may; but a piece that is short is taken for the file's last.
        return Outcome("no-ranges", f"the server gave less than the piece from byte {piece[0]}", again=True)
    return None
