"""What a response's headers say of a capture."""

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Headers, Response

from spiders.capture import capture_of
from spiders.job import Source, Target
from warehouse.captures import Capture


def capture(body: bytes = b"", **headers: str | list[str]) -> Capture:
    named = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    asked = Request(
        "https://e.example/a", meta={"robots": "allowed", "rights": ("ai-train",) if b"trained" in body else ()}
    )
    response = Response("https://e.example/b", headers=named, body=body, request=asked)
    at = datetime(2026, 11, 20, 8, 0, 0, 999_999, tzinfo=UTC)
    return capture_of(response, Source(source="e"), Target(url="https://e.example/a"), at)


def test_time_is_kept_to_the_second() -> None:
    assert capture().captured_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        (' Text/HTML ; charset="UTF-8"; x=1', "text/html", "utf-8"),
        ("text/html;charset = windows-1251", "text/html", "windows-1251"),
        ("application/pdf", "application/pdf", None),
    ],
)
def test_type_and_charset(header: str, media_type: str, charset: str | None) -> None:
    made = capture(Content_Type=header)
    assert (made.media_type, made.charset) == (media_type, charset)


def test_a_type_that_nobody_states() -> None:
    assert capture(b"\n<!-- x --><!DOCTYPE HTML><p>").media_type == "text/html"
    assert capture(b"%PDF-1.7").media_type == "application/octet-stream"


def test_rights() -> None:
    assert capture(X_Robots_Tag=["NoArchive", "noai, max-snippet: 5"]).context.rights == ("noarchive", "noai")
    assert capture(X_Robots_Tag="googlebot: noarchive", tdm_reservation="0").context.rights == ()
    assert capture(tdm_reservation=" 1").context.rights == ("tdm-reservation",)
    assert capture(Content_Usage="train-ai=n, search=y").context.rights == ("ai-train",)
    assert capture(Content_Usage="train-ai=y").context.rights == ()
    assert capture(b"trained", X_Robots_Tag="noai").context.rights == ("noai", "ai-train")


def test_headers_are_kept_each_on_one_line() -> None:
    made = capture(Vary=["a", "b"], X_Odd="a\r\nForged: b\0")
    assert made.headers == (("Vary", "a"), ("Vary", "b"), ("X-Odd", "a Forged: b "))
