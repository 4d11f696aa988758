"""A small newspaper's server on loopback that does what a test tells it, and remembers what it was asked."""

import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """What the server sends."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    at: float
    host: str
    path: str
    headers: dict[str, str]


class Server(ThreadingHTTPServer):
    """A server that does not complain of clients that hang up on what is too large."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report all else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]


class Site:
    """Serves routes under any host name; `robots.txt` is missing unless a route has it."""

    def __init__(self, routes: dict[str, Route] | None = None, address: str = "127.0.0.1", port: int = 0) -> None:
        self.routes = dict(routes or {})
        self.answer_all: Callable[[BaseHTTPRequestHandler], Answer | None] | None = None
        """Answers in place of the routes, where it is set."""
        self.asked: list[Asked] = []
        self.connections = 0
        self._lock = Lock()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        server = type("Server", (Server,), {"address_family": family})
        self._server: Server = server((address, port), self._handler())
        self.port: int = self._server.server_address[1]
        self.address = f"{address}:{self.port}"

    def paths(self) -> list[str]:
        """What was asked, robots.txt apart."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Note the request and send what its route says; None: the route has sent it itself."""
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self._lock:
            self.asked.append(Asked(time.time(), headers.get("host", ""), handler.path, headers))
        route = self.answer_all or self.routes.get(handler.path, Answer(b"not here", 404))
        answer = route(handler) if callable(route) else route
        if answer is None:
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.status != 304:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if answer.status != 304:
            handler.wfile.write(answer.body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def setup(self) -> None:
                site.connections += 1
                super().setup()

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
