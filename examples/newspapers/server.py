"""The newspapers on loopback: one port, told apart by the Host header."""

import sys
import threading
import time
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from examples.newspapers.site import HOSTS, Response, respond


class Visit(NamedTuple):
    """A request that was answered."""

    at: float
    """`time.monotonic()` when the answer began."""
    host: str
    path: str
    status: int
    user_agent: str


class Server:
    """Serves the papers while the context is open; `edition` may change at any time."""

    def __init__(self, edition: int = 1, port: int = 0) -> None:
        self.edition = edition
        self.log: list[Visit] = []
        self._http = _Listener(("127.0.0.1", port), _Handler)
        self._http.papers = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`."""
        return f"127.0.0.1:{self._http.server_address[1]}"

    @property
    def hosts(self) -> dict[str, str]:
        """Each paper's host name and where it is served: the map of `[network] hosts`."""
        return dict.fromkeys(HOSTS, self.address)

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer no more, and free the port."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    papers: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader that hung up: a killed crawl does."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "newspapers"
    sys_version = ""
    timeout = 60
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        """Answer with the page."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of the page."""
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet: `Server.log` holds the visits."""

    def _answer(self, with_body: bool) -> None:
        host = self.headers.get("Host", "")
        found = respond(host, self.path, self.server.papers.edition)
        status = 304 if self._is_known(found) else found.status
        agent = self.headers.get("User-Agent", "")
        name = host.partition(":")[0]
        self.server.papers.log.append(Visit(time.monotonic(), name, self.path, status, agent))
        self.send_response(status)
        for header, value in found.headers:
            self.send_header(header, value)
        if status != 304:
            self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(found.body)

    def _is_known(self, found: Response) -> bool:
        """Whether the client already holds this: by its ETag, or else by its date."""
        tag = found.header("ETag")
        if tag is None:
            return False
        known = self.headers.get("If-None-Match")
        if known is not None:
            return tag in [part.strip().removeprefix("W/") for part in known.split(",")]
        since = self.headers.get("If-Modified-Since")
        changed = found.header("Last-Modified")
        if since is None or changed is None:
            return False
        try:
            return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False
