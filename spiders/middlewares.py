"""What every request passes on its way: the guard, and redirects followed under the same rules."""

from typing import Any, Self
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from w3lib.url import safe_url_string

from articles.errors import BadUrl
from articles.urls import normalise
from spiders.guard import Forbidden

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
MAX_REDIRECTS = 5

MAX_MOVED = 1_000
"""Addresses that moved for good of which a crawl's answer tells."""


class TooManyRedirects(IgnoreRequest):
    """A chain of redirects that does not end."""


class TooLarge(IgnoreRequest):
    """A body that is larger than we take, when it is unpacked."""


class BadEncoding(IgnoreRequest):
    """A body that is not packed the way its headers say."""


class OfCrawler:
    """A middleware that knows its crawler."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes them."""
        return cls(crawler)

    @property
    def spider(self) -> Any:
        """The crawl's spider, which holds guard, gate and job."""
        return self.crawler.spider


class GuardMiddleware(OfCrawler):
    """Refuses an address before its host's robots.txt would be asked."""

    def process_request(self, request: Request) -> None:
        """Raise `Forbidden` for what must not be asked."""
        self.spider.guard.check(request.url)


class RedirectMiddleware(OfCrawler):
    """Follows redirects: each hop is a new request, with guard, robots.txt and turn of its own host."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The next hop, or the response that is none."""
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or not location:
            return response
        hops = request.meta.get("hops", 0) + 1
        if hops > MAX_REDIRECTS:
            raise TooManyRedirects(f"more than {MAX_REDIRECTS} redirects, the last to {request.url}")
        try:
            target = hop(request.url, location)
            asked = request.meta.get("asked", request.url) if response.status in PERMANENT else None
            if asked and len(self.spider.moved) < MAX_MOVED:
                self.spider.moved[asked] = target
            return request.replace(url=target, meta={**request.meta, "hops": hops, "asked": asked})
        except (ValueError, BadUrl) as error:
            raise Forbidden(f"a redirect to no web address: {error}") from error


class UnpackMiddleware(HttpCompressionMiddleware):
    """Undoes a body's encodings, up to the size limit."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Any = None,  # noqa: ARG002  still in Scrapy's signature
    ) -> Request | Response:
        """Unpack as Scrapy does, with errors that say what went wrong."""
        if not response.body:  # a 304 may name the encoding of a body that it does not send
            return response
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise TooLarge(str(error)) from error
        except Exception as error:
            raise BadEncoding(f"{type(error).__name__}: {error}") from error


def hop(url: str, location: bytes) -> str:
    """Where a redirect leads: absolute, without fragment and without user names or passwords.

    Raises `ValueError` for what is no address, and `BadUrl` for what could not be that of a capture.
    """
    target = urldefrag(urljoin(url, safe_url_string(location.strip()))).url
    parts = urlsplit(target)
    target = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    normalise(target)
    return target
