"""robots.txt after a failure that may pass."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response, TextResponse

from spiders.robots import RobotsMiddleware


class Resolving:
    """An engine whose resolver fails once."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request.url)
        if len(self.asked) == 1:
            raise CannotResolveHostError("Temporary failure in name resolution")
        return TextResponse(request.url, status=200, body=b"User-agent: *\nDisallow: /secret\n")


def test_a_name_that_was_not_found_fails_its_pages_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.robots.UNRESOLVED", 0.05)
    engine = Resolving()
    spider = SimpleNamespace(
        robots=SimpleNamespace(get=lambda _: None, put=lambda _: None),
        job=SimpleNamespace(network=SimpleNamespace(user_agent="hemeroteca/0.1")),
    )
    crawler: Any = SimpleNamespace(engine=engine, spider=spider)

    async def pages() -> None:
        robots = RobotsMiddleware(crawler)
        for number in range(3):
            with pytest.raises(CannotResolveHostError):
                await robots.process_request(Request(f"https://tagblatt.example/{number}"))
        assert len(engine.asked) == 1, "each would take the host's pause"
        await asyncio.sleep(0.1)
        for number in range(3, 6):
            await robots.process_request(Request(f"https://tagblatt.example/{number}"))

    asyncio.run(pages())
    assert engine.asked == ["https://tagblatt.example/robots.txt"] * 2
