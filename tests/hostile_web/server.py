"""Speaks raw HTTP, rightly or wrongly, under many host names on one port of loopback."""

import re
import socket
import threading
import time
from collections import defaultdict
from types import TracebackType
from typing import Self

from tests.hostile_web.scenarios import OK, SCENARIOS, Speech, reset, says, whole

HEALTHY = "healthy.example"
NO_ROBOTS = says(whole(b"", "404 Not Found"))


class HostileServer:
    """Serves every scenario, and a healthy host beside them."""

    def __init__(self) -> None:
        self._speeches: dict[str, tuple[Speech, Speech | None]] = {s.host: (s.says, s.robots) for s in SCENARIOS}
        self._speeches[HEALTHY] = (OK, None)
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.asked: defaultdict[str, list[tuple[float, bytes]]] = defaultdict(list)
        """When, and the whole request, by host."""

    @property
    def hosts(self) -> dict[str, str]:
        """For `[network] hosts`."""
        return dict.fromkeys(self._speeches, self.address)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def serve(self) -> None:
        """Accept connections until the socket is closed."""
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            buffer = b""
            while True:
                try:
                    while b"\r\n\r\n" not in buffer:
                        received = connection.recv(65536)
                        if not received:
                            return
                        buffer += received
                    request, _, buffer = buffer.partition(b"\r\n\r\n")
                    if not self._answer(connection, request):
                        return
                except OSError:
                    return

    def _answer(self, connection: socket.socket, request: bytes) -> bool:
        """Say what the host says; whether the connection goes on."""
        path = request.split(b" ")[1].decode("latin-1")
        found = re.search(rb"(?im)^host: ([^\r\n:]+)", request)
        host = found[1].decode("latin-1") if found else ""
        self.asked[host].append((time.monotonic(), request))
        page, robots = self._speeches.get(host, (NO_ROBOTS, None))
        speech = (robots or NO_ROBOTS) if path == "/robots.txt" else page
        for piece in speech(path):
            if piece is None:
                reset(connection)
                return False
            connection.sendall(piece)
        return host == HEALTHY or path == "/robots.txt" or "second-answer" in host
