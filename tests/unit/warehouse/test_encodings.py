"""Transfer and content encodings of foreign records, and bombs in them."""

import gzip
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard

from tests.unit.warehouse.foreign import BODY, GOOD, URL, one, refused, taken
from tests.warcs import chunks, http, packed, page, warc
from warehouse.imports.pages import MAX_BYTES


def bare_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


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
