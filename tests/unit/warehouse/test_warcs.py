"""WARC, ARC and WACZ files with the habits of those who write them."""

import base64
import gzip
import hashlib
import io
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard

from tests.warcs import DATE, http, packed, page, warc
from warehouse.captures import Capture
from warehouse.imports.files import captures_in, files_in
from warehouse.imports.options import Options, Unreadable
from warehouse.imports.pages import MAX_BYTES

URL = "https://tagblatt.example/a"
BODY = page(1)
GOOD = warc("https://tagblatt.example/good", http(page(2)))


def taken(path: Path) -> tuple[list[Capture], list[Unreadable]]:
    found = list(captures_in(path, Options()))
    return [c for c in found if isinstance(c, Capture)], [u for u in found if isinstance(u, Unreadable)]


def read(folder: Path, content: bytes, name: str = "a.warc") -> tuple[list[Capture], list[Unreadable]]:
    path = folder / name
    path.write_bytes(content)
    return taken(path)


def one(folder: Path, content: bytes, name: str = "a.warc") -> Capture:
    (capture,), refused = read(folder, content, name)
    assert refused == []
    return capture


def refused(folder: Path, record: bytes, reason: str) -> Unreadable:
    """The record is refused, and the next one read all the same."""
    (good,), (why,) = read(folder, record + GOOD)
    assert good.url.endswith("/good")
    assert why.reason == reason
    assert why.place.startswith("offset ")
    return why


def chunks(body: bytes, size: int = 100, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end


def bare_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


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


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (chunks(BODY), ["Transfer-Encoding: chunked"]),
        (chunks(BODY, len(BODY)), ["transfer-encoding: Chunked"]),
        (chunks(BODY).replace(b"\r\n", b"  ;x=y\r\n", 1), ["Transfer-Encoding: chunked"]),
        (chunks(BODY, end=b"0\r\nTrailer: x\r\n\r\n"), ["Transfer-Encoding: chunked"]),
        (chunks(BODY, end=b""), ["Transfer-Encoding: chunked"]),
        (chunks(BODY, len(BODY), end=b"")[:-2], ["Transfer-Encoding: chunked"]),
        (BODY, ["Transfer-Encoding: chunked"]),
        (gzip.compress(BODY), ["Content-Encoding: gzip"]),
        (gzip.compress(BODY) + b"\0\0rest", ["Content-Encoding: x-gzip"]),
        (gzip.compress(BODY[:50]) + gzip.compress(BODY[50:]), ["Content-Encoding: gzip"]),
        (gzip.compress(BODY)[:-8], ["Content-Encoding: gzip"]),
        (zlib.compress(BODY), ["Content-Encoding: deflate"]),
        (bare_deflate(BODY), ["Content-Encoding: deflate"]),
        (brotli.compress(BODY), ["Content-Encoding: br"]),
        (zstandard.compress(BODY), ["Content-Encoding: zstd"]),
        (brotli.compress(gzip.compress(BODY)), ["Content-Encoding: gzip, br"]),
        (gzip.compress(gzip.compress(BODY)), ["Content-Encoding: gzip", "Content-Encoding: gzip"]),
        (chunks(gzip.compress(BODY)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        *((BODY, [f"Content-Encoding: {name}"]) for name in ("gzip", "deflate", "br", "zstd", "identity", "utf-8")),
    ],
)
def test_transfer_and_content_encodings_are_undone(tmp_path: Path, payload: bytes, headers: list[str]) -> None:
    assert one(tmp_path, warc(URL, http(payload, *headers))).body == BODY


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_an_encoding_that_breaks_off_is_told(tmp_path: Path, name: str) -> None:
    long = b"".join(map(page, range(30)))
    whole = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}[name]
    cut = whole(long)[: len(whole(long)) // 2]
    assert name in refused(tmp_path, warc(URL, http(cut, f"Content-Encoding: {name}")), "damaged").detail


@pytest.mark.parametrize(
    ("payload", "coding"),
    [
        (gzip.compress(bytes(100_000_000)), "gzip"),
        (zlib.compress(bytes(100_000_000)), "deflate"),
        (brotli.compress(bytes(100_000_000), quality=5), "br"),
        (zstandard.compress(bytes(100_000_000)), "zstd"),
        (gzip.compress(gzip.compress(bytes(100_000_000))), "gzip, gzip"),
        (gzip.compress(bytes(MAX_BYTES + 1)), "gzip"),
        (b"a" * (MAX_BYTES + 1), ""),
        (b"a" * (MAX_BYTES + 5_000_000), ""),
    ],
)
@pytest.mark.parametrize("pack", [bytes, packed])
def test_a_bomb_is_refused_in_bounded_memory(tmp_path: Path, payload: bytes, coding: str, pack: type[bytes]) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(pack(warc(URL, http(payload, f"Content-Encoding: {coding}"))) + pack(GOOD))
    tracemalloc.start()
    (good,), (why,) = taken(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert good.url.endswith("/good")
    assert why.reason == "too-large"
    assert peak < 100 * 1024 * 1024


def test_a_member_of_nothing_but_zeros_is_left(tmp_path: Path) -> None:
    bomb = warc(URL, b"", length=2_000_000_000)[:-4]
    path = tmp_path / "a.warc.gz"
    zeros = zlib.compressobj(9, wbits=31)
    with path.open("wb") as file:
        file.write(zeros.compress(bomb))
        for _ in range(400):
            file.write(zeros.compress(bytes(1_000_000)))
        file.write(zeros.flush() + packed(GOOD))
    (good,), found = taken(path)
    assert good.url.endswith("/good")
    assert all(item.reason == "damaged" for item in found)


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


def wacz(folder: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.wacz"
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "name", ["archive/a.warc.gz", "data/archive/a.warc", "archive/deep/er/a.warc.gz", "ARCHIVE/A.WARC"]
)
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packages_are_read_however_they_are_laid_out(tmp_path: Path, name: str, compression: int) -> None:
    (capture,), found = taken(wacz(tmp_path, {"pages/pages.jsonl": b"{}", name: packed(GOOD)}, compression))
    assert capture.body == page(2)
    assert found == []


def test_a_package_of_packages(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("archive/a.warc", GOOD)
    assert taken(wacz(tmp_path, {"archive/inner.wacz": inner.getvalue()}))[0][0].body == page(2)


def test_a_damaged_entry_costs_what_is_damaged_of_it(tmp_path: Path) -> None:
    record = packed(GOOD)
    path = wacz(tmp_path, {"archive/a.warc.gz": record * 2, "archive/b.warc.gz": record})
    content = bytearray(path.read_bytes())
    content[content.index(record) + len(record) // 2] ^= 0xFF
    path.write_bytes(content)
    captures, found = taken(path)
    assert len(captures) == 2
    assert {item.place.partition(" ")[0] for item in found} == {"archive/a.warc.gz"}


def test_a_packed_bomb_in_a_package_is_not_unpacked(tmp_path: Path) -> None:
    path = wacz(tmp_path, {"archive/a.warc": bytes(200_000_000), "archive/b.warc": GOOD}, zipfile.ZIP_DEFLATED)
    (good,), (why,) = taken(path)
    assert good.body == page(2)
    assert (why.reason, why.place) == ("too-large", "archive/a.warc")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"no package"])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    captures, (why,) = read(tmp_path, content, "a.wacz")
    assert captures == []
    assert why.reason == "damaged"


def test_hostile_lengths_do_not_make_it_slow(tmp_path: Path) -> None:
    tiny = warc(URL, b"", length=16_000_000)[:-4]
    for name, content in {"plain.warc": tiny * 60_000, "packed.warc.gz": packed(tiny * 60_000)}.items():
        captures, found = read(tmp_path, content, name)
        assert captures == []
        assert len(found) == 60_000
    members = [packed(tiny[at : at + 90]) for at in range(0, len(tiny), 90)]
    captures, _ = read(tmp_path, b"".join(members) * 5_000, "members.warc.gz")
    assert captures == []
