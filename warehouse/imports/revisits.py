"""Revisit records of foreign archives: a capture whose payload stands elsewhere, and what is said of where."""

from articles.errors import BadUrl
from articles.urls import normalise
from warehouse.captures import Original, instant
from warehouse.imports.heads import Head, without_controls
from warehouse.imports.options import read_date
from warehouse.imports.proof import matches, of_payload


def original_of(head: Head) -> Original | None:
    """What a revisit says of the capture that it repeats; None for one that says nothing."""
    digest = without_controls(head.get("WARC-Payload-Digest") or "") or None
    at = read_date(head.get("WARC-Refers-To-Date"))
    try:
        url = normalise(head.get("WARC-Refers-To-Target-URI") or "")
    except BadUrl:
        url = None
    named = url if at else None
    return Original(digest, named, instant(at) if named and at else None) if digest or named else None


def stated_digest(head: Head, block: bytes) -> str | None:
    """The payload's digest as a record states it, if it is true: a wrong one would lend a revisit another's text."""
    stated = (head.get("WARC-Payload-Digest") or "").strip()
    own = matches(stated, block) if head.kind == "resource" else of_payload(head, block)
    return stated if own else None
