"""The one door to the network: every request passes here, be it a page, a redirect, a retry or a robots.txt."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.web._newclient import HEADER, STATUS

from articles.urls import host
from spiders.retry_after import rest_asked
from warehouse.clock import now

MAX_HEAD = 256 * 1024
"""Bytes of a response before its body; browsers take as much, and Scrapy any number."""


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 what the guard lets pass, when its host's turn has come."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = CappedFactory

    async def download_request(self, request: Request) -> Response:
        """Ask the host, or for a mapped name the server that stands for it, under its own name."""
        spider: Any = self._crawler.spider
        spider.guard.check(request.url)
        asked = spider.guard.mapped(request.url)
        async with spider.gate.turn(host(request.url), request.meta.get("pause", 0.0)) as turn:
            if asked is None:
                response = await super().download_request(request)
            else:
                headers = request.headers.copy()
                headers["Host"] = request.url.split("/", 3)[2]
                response = await super().download_request(request.replace(url=asked, headers=headers))
            turn.rest = rest_asked(response.status, response.headers.get("Retry-After"), now())
        return response.replace(url=request.url)


class CappedProtocol(_LenientHTTP11ClientProtocol):
    """Breaks off a response whose head does not end."""

    _head = 0

    def request(self, request: Any) -> Deferred[Any]:
        """Begin to count anew: a connection serves many requests."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  Twisted's interface
        """Hand on, while the head is within its limit."""
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MAX_HEAD:
                connection: Any = self.transport
                connection.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class CappedFactory(_LenientHTTP11ClientFactory):
    """Makes such connections."""

    def buildProtocol(self, addr: Any) -> CappedProtocol:  # noqa: ARG002, N802  Twisted's interface
        """One connection."""
        return CappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
