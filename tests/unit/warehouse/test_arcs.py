"""ARC files with the habits of those who wrote them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.warehouse.foreign import BODY, URL, read
from tests.warcs import http, packed


def arc(
    lines: list[bytes], head: bytes = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
) -> bytes:
    first = b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain %d\n%s\n" % (len(head), head)
    return first + b"".join(line + b"\n" for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        b"%s 127.0.0.1 20200101000000 text/html %d\n",
        b"%s 2001:db8::1 20200101000000 text/html %d\n",
        b"%s 127.0.0.1 20200101000000 text/html; charset=utf-8 %d\n",
        b"%s 127.0.0.1 20200101000000 text/html 200 ABCDEF - 1234 a.arc.gz %d\n",
    ],
    ids=["version 1", "IPv6", "a space in the type", "version 2"],
)
@pytest.mark.parametrize("pack", [bytes, packed])
def test_arc_files(tmp_path: Path, line: bytes, pack: type[bytes]) -> None:
    urls = [URL, "https://tagblatt.example/a b"]
    records = [line % (url.encode(), len(http(BODY))) + http(BODY) for url in urls]
    captures, damages = read(tmp_path, pack(arc(records)), "a.arc")
    assert [capture.url for capture in captures] == [URL, "https://tagblatt.example/a%20b"]
    assert {capture.body for capture in captures} == {BODY}
    assert captures[0].captured_at == datetime(2020, 1, 1, tzinfo=UTC)
    assert damages == []


def test_a_damaged_arc_record_costs_itself_alone(tmp_path: Path) -> None:
    line = b"%s 127.0.0.1 20200101000000 text/html %d\n"
    bad = line % (URL.encode(), 99) + http(BODY)
    good = line % (b"https://tagblatt.example/good", len(http(BODY))) + http(BODY)
    (capture,), (told,) = read(tmp_path, arc([bad, good, b"rest"])[:-5], "a.arc")
    assert capture.url.endswith("/good")
    assert told.reason == "damaged"


def test_a_page_from_before_http_had_heads(tmp_path: Path) -> None:
    captures, _ = read(
        tmp_path, arc([b"%s 127.0.0.1 19970101000000 text/html %d\n%s" % (URL.encode(), len(BODY), BODY)])
    )
    assert [(capture.body, capture.status, capture.captured_at.year) for capture in captures] == [(BODY, None, 1997)]
