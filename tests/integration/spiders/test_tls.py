"""An encrypted connection that does not come about is told from one that breaks."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from threading import Thread

import pytest

ASK = """
import sys
from scrapy.utils.reactor import install_reactor
install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.test import get_crawler
from twisted.internet import reactor
from spiders.outcomes import outcome_of

async def ask():
    try:
        await HTTP11DownloadHandler(get_crawler()).download_request(Request(sys.argv[1]))
    except Exception as error:
        print(outcome_of(error).reason)

deferred_from_coro(ask()).addBoth(lambda _: reactor.stop())
reactor.run()
"""


@pytest.fixture
def plain() -> Iterator[str]:
    """A server that speaks plain HTTP to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1000)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\nspeak plainly")

        Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(("scheme", "reason"), [("https", "tls"), ("http", "")])
def test_tls_is_told(plain: str, scheme: str, reason: str) -> None:
    command = [sys.executable, "-c", ASK, f"{scheme}://{plain}/"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == reason, done.stderr
