"""Live blogs: their updates with their times, from JSON-LD, else from boxes that are alike and hold a time each."""

import re
from collections import defaultdict
from datetime import datetime
from typing import Any

from articles import dates, jsonld
from articles.model import LiveUpdate, Moment
from articles.tables import table
from articles.textform import HEADINGS, HTML_BREAKS, body_lines, capped, clean_line

LIVE_TYPE = "LiveBlogPosting"
LIVE_WORDS = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in table("verdicts")["live"]), re.IGNORECASE
)
LEAST = 3
"""Boxes with times that make a live blog; two may be an article and its correction."""

LEAST_TEXT = 40
"""Characters of an update; less is a list of headlines."""

MAX_UPDATES = 500
MAX_TIMES = 2_000
MAX_TITLE = 500


def read(
    tree: Any, linked: jsonld.Linked, title: str | None, fetched_at: datetime, zone: str | None
) -> tuple[LiveUpdate, ...]:
    """The updates in the page's order; none for what is no live blog."""

    def moment(raw: str | None) -> Moment | None:
        return dates.moment(raw, "update", fetched_at, zone) if raw else None

    said = [
        LiveUpdate(position, moment(at), capped(headline, MAX_TITLE), paragraphs(text))
        for position, (headline, text, at) in enumerate(linked.updates[:MAX_UPDATES])
    ]
    if said or not (LIVE_TYPE in linked.types or LIVE_WORDS.search(title or "")):
        return tuple(said)
    return tuple(
        LiveUpdate(position, moment(box_time(box)), heading(box), text)
        for position, (box, text) in enumerate(boxes(tree)[:MAX_UPDATES])
    )


def paragraphs(text: str) -> str:
    """A text's lines, each a paragraph."""
    return "\n\n".join(line for raw in text.splitlines() if (line := clean_line(raw)))


def boxes(tree: Any) -> list[tuple[Any, str]]:
    """The most numerous boxes that are alike, each around one time, with their texts."""
    groups: defaultdict[tuple[Any, Any, str], dict[Any, None]] = defaultdict(dict)
    for time in tree.xpath("//time[@datetime]")[:MAX_TIMES]:
        box = around(time)
        first = (box.get("class") or "").partition(" ")[0]
        groups[box.getparent(), box.tag, first][box] = None
    told = [[(box, text) for box in group if len(text := text_of(box)) >= LEAST_TEXT] for group in groups.values()]
    best = max(told, key=len, default=[])
    return best if len(best) >= LEAST else []


def around(time: Any) -> Any:
    """The largest element that holds this time and no other."""
    box = time
    for outer in time.iterancestors():
        if outer.tag in ("body", "html") or sum(1 for _ in outer.iter("time")) > 1:
            break
        box = outer
    return box


def text_of(box: Any) -> str:
    """The lines of a box, without its time and its heading."""
    left_out = {clean_line(part.text_content()) for part in box.iter("time", *HEADINGS)}
    return "\n\n".join(line for line in body_lines(box, HTML_BREAKS) if line not in left_out)


def heading(box: Any) -> str | None:
    """The heading of a box."""
    return next((line for part in box.iter(*HEADINGS) if (line := clean_line(part.text_content())[:MAX_TITLE])), None)


def box_time(box: Any) -> str | None:
    """The time of a box, as its markup states it."""
    return next((time.get("datetime") for time in box.iter("time")), None)
