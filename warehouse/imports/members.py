"""Records of foreign files that can be kept as they stand: gzip members that read as the very page they gave."""

from articles.errors import Damaged
from warehouse.captures import Capture, Place
from warehouse.records import parse_member

ENCODED = frozenset({"content-encoding", "transfer-encoding"})
"""A payload that is stored packed would have to be unpacked at every reading, and by every reader in the same way."""


def member_of(capture: Capture, *, refers: bool = False) -> bytes | None:
    """The gzip member of a capture's file that holds it and no more; None where the record has to be written anew.

    One of an ARC file would be no record among those of a segment of ours: it may stay only where it is, if `refers`.
    """
    origin = capture.origin
    if origin is not None and origin.arc and not refers:
        return None
    if origin is None or origin.length is None or capture.status is None or capture.original is not None:
        return None
    if any(name.lower() in ENCODED for name, _ in capture.headers):
        return None
    with origin.path.open("rb") as file:
        file.seek(origin.offset)
        raw = file.read(origin.length)
    try:
        whole = parse_member(raw, Place(origin.path.name, origin.offset, origin.length)) == capture.body
    except Damaged:
        return None
    return raw if whole else None
