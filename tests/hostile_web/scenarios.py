"""What a hostile server does to a crawl, each on a host of its own, and what has to be noted of it."""

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat

import zstandard

Speech = Callable[[str], Iterator[bytes | None]]
"""What is said to a request for a path, piece by piece; None resets the connection."""

PAGE = b"<!doctype html><title>Rain</title><p>It rains."
ZEROS = b"\0" * (1 << 20)
BOMB_MB = 64


@dataclass(frozen=True)
class Scenario:
    """One host's manners."""

    name: str
    says: Speech
    noted: str
    """`captured STATUS`, the reason of a failure or refusal, or words of a visit's error."""
    robots: Speech | None = None
    kind: str = "page"
    """`page`, `feed` or `sitemap`: what is asked for."""

    @property
    def host(self) -> str:
        """Its name."""
        return f"{self.name}.example"

    @property
    def url(self) -> str:
        """What is asked of it."""
        return f"http://{self.host}/{self.kind}"


def whole(body: bytes = PAGE, status: str = "200 OK", *more: str) -> bytes:
    """A sound answer."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", *more])
    return head.encode("latin-1") + b"\r\n\r\n" + body


def says(*pieces: bytes | None) -> Speech:
    """The same to every request."""
    return lambda _: iter(pieces)


def to(location: str) -> Speech:
    """A redirect."""
    return says(whole(b"", "302 Found", f"Location: {location}"))


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Speech:
    """A beginning, and then the same without end."""

    def speak(_: str) -> Iterator[bytes]:
        yield head
        for again in repeat(piece):
            time.sleep(pause)
            yield again

    return speak


def packed(encoding: str, body: bytes) -> Speech:
    """A body that says how it is packed."""
    return says(whole(body, "200 OK", f"Content-Encoding: {encoding}"))


def zipped(wbits: int) -> bytes:
    """A bomb: 64 MB of zeros."""
    pack = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join(pack.compress(ZEROS) for _ in range(BOMB_MB)) + pack.flush()


def turns(path: str) -> Iterator[bytes]:
    """A chain of redirects that never ends."""
    number = int(path.rpartition("-")[2]) if "-" in path else 0
    yield whole(b"", "302 Found", f"Location: /page-{number + 1}")


def index(*urls: str) -> bytes:
    """An index of sitemaps."""
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return whole(f"<sitemapindex>{listed}</sitemapindex>".encode())


def deeper(path: str) -> Iterator[bytes]:
    """An index within an index within an index."""
    number = int(path.rpartition("-")[2]) if "-" in path else 0
    yield index(f"http://deep-index.example/sitemap-{number + 1}")


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n"
BEGUN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n"
OK = says(whole())
LAUGHS = (
    b"<!DOCTYPE rss [<!ENTITY l0 'ha'>"
    + b"".join(b"<!ENTITY l%d '%s'>" % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    + b"]><rss version='2.0'><channel><item><link>http://laughs.example/a</link><title>&l9;</title></item></channel></rss>"
)
MILLION = b"<urlset>" + b"<url><loc>http://million.example/a</loc></url>" * 1_000_000 + b"</urlset>"

SCENARIOS = (
    Scenario("endless-body", endless(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too-large"),
    Scenario("endless-chunk", endless(CHUNKED + b"ffffffff\r\n", b"x" * 65536), "too-large"),
    Scenario("slow-body", endless(BEGUN, b"x", 0.3), "timeout"),
    Scenario("endless-head", endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 100), "connection"),
    Scenario("slow-head", endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n", 0.3), "timeout"),
    Scenario("endless-line", endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 8192), "connection"),
    Scenario("silent", endless(b"", b"", 0.3), "timeout"),
    Scenario("half-status", says(b"HTTP/1.1 2"), "connection"),
    Scenario("garbage", says(bytes(range(256)) * 16), "connection"),
    Scenario("old-http", says(b"<html><p>no status line at all"), "connection"),
    Scenario("closed-at-once", says(), "connection"),
    Scenario("reset-at-once", says(None), "connection"),
    Scenario("reset-in-the-body", says(BEGUN + b"some of it", None), "connection"),
    Scenario("body-too-short", says(BEGUN + b"less than was said"), "connection"),
    Scenario("body-too-long", says(whole() + b"more than was said"), "captured 200"),
    Scenario("second-answer", says(whole() + whole(b"poison")), "captured 200"),
    Scenario("declared-huge", says(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"), "too-large"),
    Scenario("declared-nonsense", says(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx"), "connection"),
    Scenario("bad-chunk", says(CHUNKED + b"zz\r\nwhat\r\n0\r\n\r\n"), "connection"),
    Scenario("cut-chunk", says(CHUNKED + b"ff\r\nnot so many"), "connection"),
    Scenario("gzip-bomb", packed("gzip", zipped(31)), "too-large"),
    Scenario("deflate-bomb", packed("deflate", zipped(15)), "too-large"),
    Scenario("zstd-bomb", packed("zstd", zstandard.ZstdCompressor().compress(ZEROS * BOMB_MB)), "too-large"),
    Scenario("gzip-in-gzip-bomb", packed("gzip, gzip", gzip.compress(zipped(31))), "too-large"),
    Scenario("not-packed", packed("gzip", PAGE), "encoding"),
    Scenario("packed-and-cut", packed("gzip", gzip.compress(PAGE * 99)[:-20]), "captured 200"),
    Scenario("unknown-packing", packed("rot13", PAGE), "captured 200"),
    Scenario("redirects-without-end", turns, "redirects"),
    Scenario("redirect-to-itself", to("/page"), "redirects"),
    Scenario("redirect-to-data", to("data:text/html,hello"), "guard"),
    Scenario("redirect-to-file", to("file:///etc/passwd"), "guard"),
    Scenario("redirect-to-script", to("javascript:alert(1)"), "guard"),
    Scenario("redirect-to-mail", to("http://redirect-to-mail.example:25/"), "guard"),
    Scenario("redirect-home", to("http://127.0.0.2/"), "guard"),
    Scenario("redirect-nowhere", says(whole(b"", "302 Found")), "captured 302"),
    Scenario("header-flood", says(whole(PAGE, "200 OK", *(f"X-{n}: {'y' * 20}" for n in range(10_000)))), "connection"),
    Scenario("cookie-flood", says(whole(PAGE, "200 OK", *(f"Set-Cookie: c{n}=1" for n in range(500)))), "captured 200"),
    Scenario("nul-in-a-header", says(whole(PAGE, "200 OK", "X-Nul: a\0b\x1b[2J")), "captured 200"),
    Scenario("continues-without-end", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "connection timeout"),
    Scenario("strange-status", says(whole(PAGE, "999 What")), "captured 999"),
    Scenario("robots-missing", OK, "captured 200", says(whole(b"", "404 Not Found"))),
    Scenario("robots-shut", OK, "captured 200", says(whole(b"", "403 Forbidden"))),
    Scenario("robots-busy", OK, "robots-unreachable", says(whole(b"", "429 Too Many Requests"))),
    Scenario("robots-broken", OK, "robots-unreachable", says(whole(b"", "503 Service Unavailable"))),
    Scenario("robots-silent", OK, "robots-unreachable", endless(b"", b"", 0.3)),
    Scenario("robots-reset", OK, "robots-unreachable", says(None)),
    Scenario("robots-turning", OK, "captured 200", to("/robots.txt")),
    Scenario("robots-home", OK, "guard", to("http://127.0.0.2/robots.txt")),
    Scenario("robots-bomb", OK, "robots-unreachable", packed("gzip", zipped(31))),
    Scenario("robots-binary", OK, "captured 200", says(whole(bytes(range(256)) * 400))),
    Scenario("robots-long", OK, "robots", says(whole(b"User-agent: *\nDisallow: /page\n" + b"#\n" * 700_000))),
    Scenario("own-index", says(index("http://own-index.example/sitemap")), "visited", kind="sitemap"),
    Scenario("deep-index", deeper, "more than 3 deep", kind="sitemap"),
    Scenario("million", packed("gzip", gzip.compress(MILLION)), "too-large", kind="sitemap"),
    Scenario("laughs", says(whole(LAUGHS)), "SAXParseException", kind="feed"),
    Scenario("page-for-a-feed", OK, "HTML page", kind="feed"),
)


def reset(connection: socket.socket) -> None:
    """Close a connection the impolite way."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
