"""Live blogs: entries with their times, and what only looks like one."""

import json
from datetime import UTC, datetime

import pytest

from articles.extract import extract
from articles.model import Article, Page

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAID = "The council of Zern went into its ninth hour, and the mayor asked for coffee and for patience once more."


def read(html: str) -> Article:
    found = extract(Page("https://gazette.example/live/council", html, NOW))
    assert isinstance(found, Article)
    return found


def box(hour: int, heading: str = "", said: str = SAID) -> str:
    head = f"<h3>{heading}</h3>" if heading else ""
    return f'<div class="entry x{hour}"><time datetime="2026-11-20T{hour:02}:30:00+01:00">{hour}.30</time>{head}<p>{said} {hour}.</p></div>'


def test_json_ld_says_it() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": "Coffee &amp; patience",
            "articleBody": f"<p>{SAID}</p>",
            "datePublished": "2026-11-20T09:30:00+01:00",
        },
        {"@type": "BlogPosting", "articleBody": "<p>It began.</p><p>It went on.<br>And on.</p>\n\nIt ended."},
        {"@type": "BlogPosting", "headline": "Empty", "articleBody": ""},
        "nonsense",
    ]
    linked = {"@type": "LiveBlogPosting", "headline": "Council, live", "liveBlogUpdate": updates}
    found = read(
        f'<script type="application/ld+json">{json.dumps(linked)}</script><h1>Council</h1><p>{SAID}</p><p>{SAID} So.</p>'
    )
    first, second = found.updates
    assert (first.position, first.title, first.text) == (0, "Coffee & patience", SAID)
    assert first.published
    assert first.published.at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert (second.title, second.text, second.published) == (
        None,
        "It began.\n\nIt went on.\n\nAnd on.\n\nIt ended.",
        None,
    )


def test_boxes_alike_with_a_time_each_are_entries() -> None:
    boxes = "".join(box(hour, f"Hour {hour}") for hour in (11, 10, 9))
    found = read(f"<title>Live: the council meets</title><article><h1>Live: the council meets</h1>{boxes}</article>")
    assert [update.title for update in found.updates] == ["Hour 11", "Hour 10", "Hour 9"]
    assert [update.published.at.hour for update in found.updates if update.published] == [10, 9, 8]
    assert found.updates[0].text == f"{SAID} 11."


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The council meets", "".join(box(hour) for hour in (11, 10, 9))),
        ("Live: the council meets", "".join(box(hour) for hour in (11, 10))),
        ("Live: the council meets", "".join(box(hour, said="Short") for hour in (11, 10, 9))),
        ("Olive harvest begins", "".join(box(hour) for hour in (11, 10, 9))),
    ],
)
def test_what_is_no_live_blog_has_no_entries(title: str, body: str) -> None:
    html = f"<title>{title}</title><article><h1>{title}</h1><p>{SAID}</p><p>{SAID} So.</p>{body}</article>"
    assert read(html).updates == ()
