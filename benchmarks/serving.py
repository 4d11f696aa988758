"""A newspaper of many pages on loopback, in a process of its own whose CPU can be told apart."""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.pages import Sample

HOST = "paper.example"
SITEMAP = f"http://{HOST}/sitemap.xml"


@dataclass
class Served:
    """A running server."""

    address: str
    _pipe: Any

    def cpu_seconds(self) -> float:
        """What the server has used so far."""
        self._pipe.send("cpu")
        return float(self._pipe.recv())


def serve(bodies: Sequence[bytes], copies: int, pipe: Connection) -> None:
    """Answer until told to stop; each body under `copies` addresses, none equal to another."""
    count = len(bodies) * copies
    listed = "".join(f"<url><loc>http://{HOST}/{number}</loc></url>" for number in range(count))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.strip("/")
            if self.path == "/sitemap.xml":
                self.answer(200, "application/xml", sitemap)
            elif name.isdigit():
                number = int(name)
                self.answer(200, "text/html", bodies[number % len(bodies)] + f"<!-- {number} -->".encode())
            else:
                self.answer(404, "text/plain", b"")

        def answer(self, status: int, media_type: str, body: bytes) -> None:
            head = f"HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(f"127.0.0.1:{server.server_address[1]}")
    server.timeout = 0.05
    while True:
        server.handle_request()
        if pipe.poll():
            if pipe.recv() != "cpu":
                return
            used = resource.getrusage(resource.RUSAGE_SELF)
            pipe.send(used.ru_utime + used.ru_stime)


@contextmanager
def serving(samples: Sequence[Sample], copies: int) -> Iterator[Served]:
    """Serve the pages while the context is open."""
    here, there = multiprocessing.Pipe()
    arguments = ([sample.body for sample in samples], copies, there)
    process = multiprocessing.get_context("spawn").Process(target=serve, args=arguments, daemon=True)
    process.start()
    try:
        yield Served(here.recv(), here)
    finally:
        here.send("stop")
        process.join()
