"""A WARC file as CC-NEWS publishes them, made from the pages at hand: `python -m benchmarks.ccnews FILE --records N`.

A record a gzip member, responses only, payloads stored unpacked, SHA-1 digests; no two pages or texts are equal, and
they are spread over thousands of domains.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import typer

from articles.urls import registrable_domain
from benchmarks.pages import Sample, samples

DOMAINS = 3_000
FIRST_CAPTURE = datetime(2026, 10, 1, tzinfo=UTC)
GZIP_LEVEL = 6
PARAGRAPH_END = re.compile(rb"</p>", re.IGNORECASE)
WORD = re.compile(rb"(?<=[ >])[a-z\x80-\xff]{4,20}(?=[ ,.])")
SENTENCE, SENTENCES = 8, 40
"""Words that a page says of its own at the end of each of so many paragraphs."""


def main(path: Path, records: int = 50_000) -> None:
    """Write the file."""
    write(path, records)


def write(path: Path, count: int) -> list[int]:
    """Write a file of so many pages; the byte at which each one's record begins, and the file's end."""
    _, pages = samples()
    offsets = []
    with path.open("wb") as file:
        file.write(member(info()))
        for record in varied(pages, count):
            offsets.append(file.tell())
            file.write(member(record))
        return [*offsets, file.tell()]


def varied(pages: list[Sample], count: int) -> Iterator[bytes]:
    """Records of pages that differ in address and text."""
    for number in range(count):
        page = pages[number % len(pages)]
        moment = FIRST_CAPTURE + timedelta(seconds=number * 40)
        yield response(address(page.url, number), varied_body(page.body, number), moment)


def address(url: str, number: int) -> str:
    """A page's address on one of thousands of domains."""
    parts = urlsplit(url)
    paper, _, zone = registrable_domain(url).partition(".")
    return f"https://www.{paper}-{number % DOMAINS}.{zone}{parts.path}?page={number}"


def varied_body(body: bytes, number: int) -> bytes:
    """A page that says in each paragraph what no other page does, in words that it has.

    A number that changes from page to page would make reports of one template of them, which are no copies.
    """
    chance = Random(number)  # noqa: S311 - the same pages each time
    words = words_of(body) or [b"paper"]

    def said(end: re.Match[bytes]) -> bytes:
        own = b" ".join(chance.choices(words, k=SENTENCE))
        return b" " + own[:1].upper() + own[1:] + b"." + end[0]

    return PARAGRAPH_END.sub(said, body, count=SENTENCES) + f"<!-- {number} -->".encode()


@lru_cache(maxsize=300)
def words_of(body: bytes) -> list[bytes]:
    """The words of a page in small letters, in its own encoding."""
    return sorted(set(WORD.findall(body)))


def response(url: str, body: bytes, moment: datetime) -> bytes:
    """A page's record."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawl-Content-Encoding: gzip\r\n\r\n" + body
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Payload-Digest: {sha1(body)}",
        f"WARC-Block-Digest: {sha1(http)}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + http + b"\r\n\r\n"


def info() -> bytes:
    """The record that the file begins with."""
    said = b"software: StormCrawler\r\nformat: WARC File Format 1.0\r\n"
    head = ["WARC/1.0", "WARC-Type: warcinfo", f"WARC-Date: {FIRST_CAPTURE:%Y-%m-%dT%H:%M:%SZ}"]
    head += ["Content-Type: application/warc-fields", f"Content-Length: {len(said)}"]
    return "\r\n".join([*head, "", ""]).encode() + said + b"\r\n\r\n"


def sha1(content: bytes) -> str:
    """A digest as crawlers write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def member(record: bytes) -> bytes:
    """A record as a gzip member."""
    gzip = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, wbits=31)
    return gzip.compress(record) + gzip.flush()


if __name__ == "__main__":
    typer.run(main)
