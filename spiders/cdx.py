"""The index of a web archive: questions in the CDX server protocol, and its answers.

Both dialects in use are understood: that of web.archive.org (a JSON array of rows, the first of which names the
columns) and that of pywb (a JSON object a line).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from articles.errors import BadInput, BadUrl
from articles.urls import normalise, registrable_domain

LIMIT = 20_000
"""Captures that one answer is asked for: 4 MB of JSON."""

PAGES = frozenset({"text/html", "application/xhtml+xml"})

NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
"""web.archive.org's words for columns, and pywb's."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A capture that an archive has."""

    url: str
    """Normalised."""
    original: str
    """As the archive knows it."""
    timestamp: str
    """`20260912081500`, UTC."""
    digest: str
    """Of the payload, as the archive writes it: equal for equal pages."""

    @property
    def captured_at(self) -> datetime:
        """When it was captured."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One answer."""

    captures: tuple[Indexed, ...]
    rows: int
    """Of any kind: an answer with as many as were asked for may have been cut off."""
    resume: str | None = None
    """What the next question has to name, where there is more."""
    damaged: int = 0
    """Rows that could not be read."""


def question(index: str, domain: str, first: date, last: date, resume: str | None = None) -> str:
    """The address that asks for the captures of a domain's pages, its subdomains included, from day to day."""
    asked = [
        ("url", domain),
        ("matchType", "domain"),
        ("from", f"{first:%Y%m%d}"),
        ("to", f"{last:%Y%m%d}"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("output", "json"),
        ("limit", str(LIMIT)),
        ("showResumeKey", "true"),
        *([("resumeKey", resume)] if resume else []),
    ]
    return f"{index}{'&' if '?' in index else '?'}{urlencode(asked)}"


def read_index(body: bytes) -> IndexPage:
    """Read an answer; raises `BadInput` for what is none."""
    rows, resume = table(body) if body.lstrip().startswith(b"[") else (list(lines(body)), None)
    captures: list[Indexed] = []
    damaged = 0
    for row in rows:
        try:
            if found := indexed(row):
                captures.append(found)
        except (BadUrl, ValueError, KeyError, TypeError, AttributeError):
            damaged += 1
    if rows and damaged == len(rows):
        raise BadInput("no answer of a CDX server: not one of its rows names a capture")
    return IndexPage(tuple(captures), len(rows), resume, damaged)


def table(body: bytes) -> tuple[list[Mapping[str, Any]], str | None]:
    """The rows of an array, and the key that follows an empty one."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"no answer of a CDX server: {str(error)[:200]}") from error
    head, rows = (told[0], told[1:]) if told else ([], [])
    if not isinstance(head, list) or not all(isinstance(name, str) for name in head):
        raise BadInput("no answer of a CDX server: its first row names no columns")
    resume = None
    if len(rows) > 1 and rows[-2] == [] and isinstance(rows[-1], list) and len(rows[-1]) == 1:
        resume = str(rows[-1][0])
        rows = rows[:-2]
    return [dict(zip(head, row, strict=False)) if isinstance(row, list) else {} for row in rows], resume


def lines(body: bytes) -> Iterator[Mapping[str, Any]]:
    """The rows of an answer with an object a line."""
    for line in body.splitlines():
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = {}
            yield row if isinstance(row, dict) else {}


def indexed(row: Mapping[str, Any]) -> Indexed | None:
    """A row's capture; None where it is no page that was served whole. Raises what a bad row raises."""
    named = {NAMES.get(name, name): value for name, value in row.items()}
    if str(named["status"]) != "200" or named["mime"] not in PAGES:
        return None
    found = Indexed(normalise(named["url"]), named["url"], str(named["timestamp"]), str(named["digest"]))
    return found if len(found.timestamp) == 14 and found.captured_at else None


def distinct(captures: Iterable[Indexed], domain: str) -> list[Indexed]:
    """The first capture of each page and text; a front page, which changes by the hour, is no article."""
    first: dict[tuple[str, str], Indexed] = {}
    for capture in sorted(captures, key=lambda found: (found.timestamp, found.original)):
        front = urlsplit(capture.url)[2:4] == ("/", "")
        if not front and registrable_domain(capture.url) == domain:
            first.setdefault((capture.url, capture.digest), capture)
    return list(first.values())


def address(template: str, timestamp: str, original: str) -> str:
    """Where an archive plays a capture back: `{timestamp}` and `{url}` stand in the template."""
    return template.replace("{timestamp}", timestamp).replace("{url}", original)
