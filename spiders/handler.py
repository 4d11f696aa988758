"""The one door to the network: every request passes here, be it a page, a redirect, a retry or a robots.txt."""

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from articles.urls import host


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 what the guard lets pass, when its host's turn has come."""

    async def download_request(self, request: Request) -> Response:
        """Ask the host, or for a mapped name the server that stands for it, under its own name."""
        spider: Any = self._crawler.spider
        spider.guard.check(request.url)
        asked = spider.guard.mapped(request.url)
        async with spider.gate.turn(host(request.url), request.meta.get("pause", 0.0)):
            if asked is None:
                return await super().download_request(request)
            headers = request.headers.copy()
            headers["Host"] = request.url.split("/", 3)[2]
            response = await super().download_request(request.replace(url=asked, headers=headers))
        return response.replace(url=request.url)
