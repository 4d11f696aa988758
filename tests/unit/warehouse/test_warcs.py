"""WARC files with the habits of those who write them."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.warehouse.foreign import BODY, GOOD, URL, one, read, refused, taken
from tests.warcs import DATE, chunks, http, packed, page, warc
from warehouse.imports.files import files_in


@pytest.mark.parametrize(
    "given",
    [
        {"url": f"<{URL}>"},
        {"url": f"  {URL}  "},
        {"url": "https://TAGBLATT.example:443/a"},
        {"version": "WARC/0.17"},
        {"version": "WARC/0.18"},
        {"version": "WARC/1.1"},
        {"date": "2020-01-01T00:00:00.123456789Z"},
        {"date": "2020-01-01T01:00:00+01:00"},
        {"date": "20200101000000"},
        {"kind": "Response"},
        {"media_type": "application/http;msgtype=response"},
    ],
)
def test_spellings_of_a_head(tmp_path: Path, given: dict[str, str]) -> None:
    url = given.pop("url", URL)
    capture = one(tmp_path, warc(url, http(BODY), **given))
    assert (capture.url, capture.body, capture.status) == (URL, BODY, 200)
    assert capture.captured_at == datetime(2020, 1, 1, tzinfo=UTC)


def test_lines_of_a_head_may_end_in_any_way_and_go_on_in_the_next(tmp_path: Path) -> None:
    block = http(BODY)
    for ending in (b"\n", b"\r\r\n"):
        lines = [b"WARC/1.0", b"warc-type:response", b"WARC-Date : %s" % DATE.encode(), b"no header", b"X: a", b"  b"]
        lines += [b"warc-target-uri:" + URL.encode(), b"content-length: %d" % len(block), b"", b""]
        assert one(tmp_path, ending.join(lines) + block + ending * 2).body == BODY


def test_a_space_in_an_address_is_escaped(tmp_path: Path) -> None:
    assert one(tmp_path, warc("https://tagblatt.example/a b?c d", http(BODY))).url.endswith("/a%20b?c%20d")


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        ("HTTP/1.1 200", 200, ""),
        ("HTTP/1.0 404 ", 404, ""),
        ("HTTP/2 200", 200, ""),
        ("HTTP/1.1  301  Moved  Permanently ", 301, "Moved  Permanently"),
        ("ICY 200 OK", 200, "OK"),
        ("HTTP/1.1 200 O\0K\x1b[2J", 200, "O K [2J"),
    ],
)
def test_status_lines(tmp_path: Path, status: str, code: int, reason: str) -> None:
    capture = one(tmp_path, warc(URL, http(BODY, "X: a\0b\rc", "Y: 1", " 2", status=status)))
    assert (capture.status, capture.reason, capture.body) == (code, reason, BODY)
    assert capture.headers[1:] == (("X", "a b c"), ("Y", "1 2"))


def test_what_says_something_about_pages_is_passed_over(tmp_path: Path) -> None:
    kinds = ("warcinfo", "request", "metadata")
    assert read(tmp_path, b"".join(warc(URL, http(BODY), kind=kind) for kind in kinds)) == ([], [])


@pytest.mark.parametrize("kind", ["conversion", "continuation", "report", ""])
def test_a_record_of_another_type_is_told(tmp_path: Path, kind: str) -> None:
    refused(tmp_path, warc(URL, BODY, kind=kind, media_type="text/plain"), "not-a-page")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (warc("dns:tagblatt.example", b"x", media_type="text/dns"), "not-a-page"),
        (warc("metadata://gnu.org/software/wget/warc/wget.log", b"x", kind="resource", media_type="text/plain"), "not-a-page"),
        (warc("urn:X-wpull:log", b"x", kind="resource", media_type="text/plain"), "not-a-page"),
        (warc(URL, http(b"{}", media_type="application/json")), "not-a-page"),
        (warc(URL, http(b"\0png", media_type="")), "not-a-page"),
        (warc(URL, BODY), "not-a-page"),
        (warc(URL, http(BODY), date="yesterday"), "bad-date"),
        (warc(URL, http(BODY), date="0001-01-01T00:00:00Z"), "bad-date"),
        (warc(URL, http(BODY), date="2026-02-31T00:00:00Z"), "bad-date"),
        (warc(URL, http(BODY), "WARC-Truncated: length"), "damaged"),
        (warc(URL, http(BODY), "WARC-Segment-Number: 1"), "damaged"),
        (warc(URL, http(BODY), length=-1), "damaged"),
        (warc(URL, http(BODY), length="many"), "damaged"),
        (warc(URL, http(BODY), length=10**13), "damaged"),
        (warc(URL, http(BODY), length=len(http(BODY)) + 200), "damaged"),
        (warc(URL, http(BODY), length=len(http(BODY)) - 20), "damaged"),
        (warc(URL, http(BODY), "WARC-Block-Digest: sha1:" + "A" * 32), "damaged"),
    ],
)  # fmt: skip
def test_records_that_give_no_page(tmp_path: Path, record: bytes, reason: str) -> None:
    refused(tmp_path, record, reason)


def test_a_page_without_a_type_is_known_by_its_markup(tmp_path: Path) -> None:
    assert one(tmp_path, warc(URL, http(BODY, media_type=""))).media_type == "text/html"


def test_a_resource_keeps_its_own_type(tmp_path: Path) -> None:
    capture = one(tmp_path, warc(URL, BODY, kind="resource", media_type='text/html; charset="ISO-8859-1"'))
    assert (capture.body, capture.charset, capture.status) == (BODY, "iso-8859-1", None)


@pytest.mark.parametrize("stated", [-20, 250])
@pytest.mark.parametrize("proof", ["Content-Length", "sha1 block", "chunks"])
def test_a_wrong_length_is_mended_where_something_proves_the_page(tmp_path: Path, stated: int, proof: str) -> None:
    headers = {"Content-Length": [f"Content-Length: {len(BODY)}"], "chunks": ["Transfer-Encoding: chunked"]}
    block = http(chunks(BODY) if proof == "chunks" else BODY, *headers.get(proof, []))
    digest = stated_digest(block) if proof == "sha1 block" else "X: y"
    (first, second), (told,) = read(tmp_path, warc(URL, block, digest, length=len(block) + stated) + GOOD)
    assert (first.body, second.body) == (BODY, page(2))
    assert told.reason == "damaged"


def stated_digest(block: bytes) -> str:
    return "WARC-Block-Digest: sha1:" + base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.arc.gz", "a.warc.gz.open", "a.bin"])
@pytest.mark.parametrize("pack", [bytes, packed])
def test_what_a_file_begins_with_decides_and_not_its_name(tmp_path: Path, name: str, pack: type[bytes]) -> None:
    (tmp_path / name).write_bytes(pack(GOOD))
    (path,) = files_in([tmp_path])
    assert taken(path)[0][0].body == page(2)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"no archive", packed(b""), b"PK\x03\x04", packed(b"x")[:9]])
def test_a_file_without_records_says_so(tmp_path: Path, content: bytes) -> None:
    captures, found = read(tmp_path, content, "a.warc.gz")
    assert captures == []
    assert {item.reason for item in found} == {"damaged"}


def test_hostile_lengths_do_not_make_it_slow(tmp_path: Path) -> None:
    tiny = warc(URL, b"", length=16_000_000)[:-4]
    for name, content in {"plain.warc": tiny * 60_000, "packed.warc.gz": packed(tiny * 60_000)}.items():
        captures, found = read(tmp_path, content, name)
        assert captures == []
        assert len(found) == 60_000
    members = [packed(tiny[at : at + 90]) for at in range(0, len(tiny), 90)]
    captures, _ = read(tmp_path, b"".join(members) * 5_000, "members.warc.gz")
    assert captures == []
