"""The index of a web archive: both dialects, and what is no answer of one."""

import json
from contextlib import suppress
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import BadInput
from spiders.cdx import Indexed, distinct, question, read_index

HEAD = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def row(stamp: str, url: str, digest: str = "A", status: str = "200", mime: str = "text/html") -> list[str]:
    return ["key", stamp, url, mime, status, digest, "1"]


def test_an_array_with_a_key_to_go_on() -> None:
    rows = [HEAD, row("20260901120000", "http://paper.example:80/a"), [], ["example%2Cpaper%29%2Fb"]]
    page = read_index(json.dumps(rows).encode())
    assert page.captures == (Indexed("http://paper.example/a", "http://paper.example:80/a", "20260901120000", "A"),)
    assert (page.rows, page.resume, page.damaged) == (1, "example%2Cpaper%29%2Fb", 0)


def test_an_object_a_line() -> None:
    fields = {"timestamp": "20260901120000", "url": "https://paper.example/a", "mime": "text/html", "digest": "A"}
    body = "\n".join(json.dumps(fields | {"status": status}) for status in ("200", "301", "404"))
    page = read_index(body.encode())
    assert [found.url for found in page.captures] == ["https://paper.example/a"]
    assert page.rows == 3


@pytest.mark.parametrize("body", [b"", b"[]", b"\n"])
def test_an_archive_that_has_nothing(body: bytes) -> None:
    assert read_index(body).captures == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>We are sorry</html>",
        b"[" * 100_000,
        b'{"a": ' * 50_000,
        b'[["urlkey"], 7]',
        b"\xff\xfe\x00",
        json.dumps([HEAD, row("2026", "file:///etc/passwd")]).encode(),
        json.dumps([HEAD, ["short"]]).encode(),
    ],
    ids=["html", "deep array", "deep object", "no rows", "no text", "a file", "short"],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="no answer of a CDX server"):
        read_index(body)


def test_rows_that_cannot_be_read_cost_themselves() -> None:
    rows = [
        HEAD,
        row("20260901120000", "https://paper.example/a"),
        row("20269901120000", "https://paper.example/b"),
        row("20260901", "https://paper.example/c"),
        row("20260901120000", "javascript:alert(1)"),
        "text",
    ]
    page = read_index(json.dumps(rows).encode())
    assert [found.url for found in page.captures] == ["https://paper.example/a"]
    assert page.damaged == 3


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(BadInput):
        read_index(body)


def test_one_capture_of_each_text_and_none_of_others_pages() -> None:
    def indexed(url: str, stamp: str, digest: str) -> Indexed:
        return Indexed(url, url, stamp, digest)

    found = [
        indexed("https://paper.example/a", "20260903000000", "B"),
        indexed("https://paper.example/a", "20260902000000", "A"),
        indexed("https://paper.example/a", "20260901000000", "A"),
        indexed("https://www.paper.example/?id=7", "20260901000000", "C"),
        indexed("https://paper.example/", "20260901000000", "D"),
        indexed("https://other.example/a", "20260901000000", "E"),
    ]
    assert [(one.url, one.timestamp[:8]) for one in distinct(found, "paper.example")] == [
        ("https://paper.example/a", "20260901"),
        ("https://www.paper.example/?id=7", "20260901"),
        ("https://paper.example/a", "20260903"),
    ]


def test_the_question_names_days_and_domain() -> None:
    asked = parse_qs(
        urlsplit(
            question("http://a.example/cdx?x=1", "paper.example", date(2026, 9, 1), date(2026, 10, 31), "k&")
        ).query
    )
    assert asked["x"] == ["1"]
    assert (asked["url"], asked["matchType"]) == (["paper.example"], ["domain"])
    assert (asked["from"], asked["to"], asked["resumeKey"]) == (["20260901"], ["20261031"], ["k&"])
