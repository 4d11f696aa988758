"""What crawls leave in their records: pages cut off, charsets that are not so or not said, one URL many times."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.model import Article
from tests.warcs import http, packed, page, warc
from warehouse.captures import Capture
from warehouse.imports.files import captures_in
from warehouse.imports.members import member_of
from warehouse.imports.options import Options, Unreadable
from warehouse.reading import extract_capture

URL = "https://tagblatt.example/a"
SAID = (
    "Die Bürger der Stadt müssen künftig höhere Gebühren zahlen, beschloß der Rat am Dienstag in öffentlicher Sitzung."
)


def taken(folder: Path, *records: bytes) -> list[Capture | Unreadable]:
    path = folder / "a.warc.gz"
    path.write_bytes(b"".join(map(packed, records)))
    return list(captures_in(path, Options()))


def one(folder: Path, record: bytes) -> Capture:
    (found,) = taken(folder, record)
    assert isinstance(found, Capture)
    return found


def text_of(capture: Capture) -> str:
    result = extract_capture(capture)
    assert isinstance(result, Article), result
    return result.text


def article(charset: str, *, meta: str = "") -> bytes:
    declared = f'<meta charset="{meta}">' if meta else ""
    paragraphs = f"<p>{SAID}</p>" * 4
    markup = f"<html lang=de><head>{declared}<title>Gebühren</title></head><body><article><h1>Gebühren</h1>{paragraphs}"
    return markup.encode(charset)


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified", "an unheard-of reason"])
def test_a_page_that_its_crawl_cut_off_is_told_and_never_an_article(tmp_path: Path, why: str) -> None:
    cut = warc(URL, http(article("utf-8")[:300]), f"WARC-Truncated: {why}")
    bad, good = taken(tmp_path, cut, warc(f"{URL}b", http(page(1))))
    assert isinstance(bad, Unreadable)
    assert bad.reason == "damaged"
    assert why in bad.detail
    assert isinstance(good, Capture)


@pytest.mark.parametrize(
    ("stored", "header", "meta"),
    [
        ("utf-8", "", ""),
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8", "windows-1252", ""),
        ("utf-8", "klingon", ""),
        ("utf-8", "", "iso-8859-1"),
        ("windows-1252", "", ""),
        ("windows-1252", "utf-8", ""),
        ("windows-1252", "utf-8", "windows-1252"),
        ("windows-1252", "", "utf-8"),
        ("iso-8859-1", "iso-8859-1", ""),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-16", "", ""),
        ("utf-16", "utf-8", ""),
    ],
)
def test_a_charset_is_believed_where_the_page_bears_it_out(tmp_path: Path, stored: str, header: str, meta: str) -> None:
    media_type = f"text/html; charset={header}" if header else "text/html"
    capture = one(tmp_path, warc(URL, http(article(stored, meta=meta), media_type=media_type)))
    assert capture.charset == (header or None)
    assert SAID in text_of(capture)
    assert member_of(capture) is not None


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate", "identity", "klingon"])
def test_a_content_encoding_that_contradicts_the_payload_is_not_believed(tmp_path: Path, coding: str) -> None:
    capture = one(tmp_path, warc(URL, http(article("utf-8"), f"Content-Encoding: {coding}")))
    assert capture.body == article("utf-8")
    # Other readers would try to unpack it: the record is written anew.
    assert member_of(capture) is None


def test_a_transfer_encoding_that_contradicts_the_payload_is_not_believed(tmp_path: Path) -> None:
    capture = one(tmp_path, warc(URL, http(article("utf-8"), "Transfer-Encoding: chunked")))
    assert capture.body == article("utf-8")
    assert member_of(capture) is None


def test_many_captures_of_one_url_keep_their_times_and_payloads(tmp_path: Path) -> None:
    days = [f"2020-01-{day:02}T00:00:00Z" for day in range(1, 21)]
    found = taken(tmp_path, *(warc(URL, http(page(number % 3)), date=day) for number, day in enumerate(days)))
    captures = [capture for capture in found if isinstance(capture, Capture)]
    assert [capture.captured_at for capture in captures] == [datetime(2020, 1, n, tzinfo=UTC) for n in range(1, 21)]
    assert [capture.body for capture in captures] == [page(number % 3) for number in range(20)]
    places = [capture.origin.offset for capture in captures if capture.origin]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    "between",
    [b"", packed(b""), bytes(20), packed(b"\r\n\r\n")],
    ids=["nothing", "an empty member", "zeros", "line breaks"],
)
def test_a_member_is_used_only_where_it_is_one(tmp_path: Path, between: bytes) -> None:
    """What stands between two members never gets into the record that is kept."""
    first, second = packed(warc(URL, http(page(1)))), packed(warc(f"{URL}b", http(page(2))))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(first + between + second)
    captures = [found for found in captures_in(path, Options()) if isinstance(found, Capture)]
    assert [capture.body for capture in captures] == [page(1), page(2)]
    kept = [member_of(capture) for capture in captures]
    assert kept[1] == second
    assert kept[0] == first or (kept[0] is None and between)
