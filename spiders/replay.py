"""A page out of a web archive, turned back into what the newspaper served.

What came is believed, never what was asked for: an archive answers with the capture nearest to the time asked, says
in `Memento-Datetime` (RFC 7089) when it was taken, and leads to the address of the capture that it gives.
"""

import re
from dataclasses import replace
from datetime import UTC
from email.utils import parsedate_to_datetime

from articles.errors import BadUrl
from articles.urls import normalise
from spiders.outcomes import NoPage, Outcome
from warehouse.captures import Capture

PLAYED = re.compile(r"/\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}[^/].*)", re.DOTALL)
"""The address of a capture in an archive, before and after the newspaper's own."""

ORIGINAL = "x-archive-orig-"
"""Before the newspaper's own headers, at web.archive.org."""

FOREIGN = frozenset(
    {
        "memento-datetime", "link", "content-location", "x-archive-src", "x-archive-guessed-content-type",
        "x-archive-guessed-charset", "x-app-server", "x-ts", "x-tr", "x-location", "x-cache-key", "x-rl", "x-na",
        "x-page-cache", "x-nid", "x-servername", "server-timing", "warcserver-type", "warcserver-source-coll",
        "warcserver-cdx",
    }
)  # fmt: skip
"""Headers that an archive adds."""

CARRIED = frozenset(
    {"server", "date", "connection", "cache-control", "content-length", "transfer-encoding", "set-cookie"}
)
"""Headers of the exchange with an archive that sets the newspaper's apart."""

PASSING = frozenset({401, 403, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Status of an archive that may give the page another time."""


def archived(capture: Capture) -> Capture:
    """The newspaper's page in an archive's answer; raises `NoPage`."""
    stated = {name.lower(): value for name, value in capture.headers}
    if "memento-datetime" not in stated:
        raise NoPage(refusal(capture))
    try:
        taken = parsedate_to_datetime(stated["memento-datetime"]).astimezone(UTC)
        url = normalise(original_of(capture))
    except (ValueError, TypeError, BadUrl) as error:
        raise NoPage(Outcome("replay", f"the archive says of no page when it was taken: {error}")) from error
    if taken > capture.captured_at:
        raise NoPage(Outcome("replay", f"the archive dates its capture {taken}, which is to come", again=False))
    return replace(
        capture,
        url=url,
        final_url=url,
        captured_at=taken,
        headers=served(capture.headers),
        source_uri=capture.url,
        context=replace(capture.context, robots=None, retry_after=None, via=capture.url),
    )


def original_of(capture: Capture) -> str:
    """The newspaper's address in that of the capture which was given."""
    found = PLAYED.search(capture.final_url)
    if found is None:
        raise ValueError(f"{capture.final_url[:200]} is no address of a capture")
    return found[1]


def served(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The newspaper's own headers: those that the archive set apart, and those that it passes on under their names."""
    apart = tuple((name[len(ORIGINAL) :], value) for name, value in headers if name.lower().startswith(ORIGINAL))
    theirs = FOREIGN | ({name.lower() for name, _ in apart} | CARRIED if apart else frozenset())
    return apart + tuple(
        (name, value) for name, value in headers if name.lower() not in theirs and not name.lower().startswith(ORIGINAL)
    )


def refusal(capture: Capture) -> Outcome:
    """Why an archive gave something of its own."""
    again = capture.status in PASSING
    return Outcome("replay", f"the archive answered {capture.status} and gave no capture", again=again)
