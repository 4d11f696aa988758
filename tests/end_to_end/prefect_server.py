"""A real Prefect server and worker on loopback, in a folder of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 90
RUN_SECONDS = 180
PREFECT = str(Path(sys.executable).with_name("prefect"))


@dataclass(frozen=True)
class Prefect:
    """A running server, and how to speak to it."""

    api: str
    environment: dict[str, str]
    logs: Path
    server: list[int] = field(default_factory=list)
    """Its process group."""

    def kill_server(self) -> None:
        """Have the server gone at once, and nobody told."""
        os.killpg(self.server[0], signal.SIGKILL)

    def command(self, *words: object, cwd: Path, check: bool = True) -> str:
        """Run `prefect` with these words; what it printed."""
        done = subprocess.run(
            [PREFECT, *map(str, words)],
            cwd=cwd, env=self.environment, capture_output=True, text=True, timeout=RUN_SECONDS, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}\n{self.last_words()}"
        return done.stdout

    def ask(self, path: str, body: object = None) -> Any:
        """One request to the API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.api}{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def run(self, deployment: str, cwd: Path, **parameters: object) -> dict[str, Any]:
        """Run a deployment to its end; the flow run as the server knows it."""
        run = self.start(deployment, cwd, **parameters)
        return self.ended(run)

    def start(self, deployment: str, cwd: Path, **parameters: object) -> str:
        """Start a deployment when its last run has given its slot back; the flow run's id."""
        deadline = time.monotonic() + RUN_SECONDS
        while self.ask(f"/deployments/name/{deployment}")["global_concurrency_limit"]["active_slots"] > 0:
            assert time.monotonic() < deadline, f"the slot of {deployment} was never given back"
            time.sleep(0.2)
        given = [word for key, value in parameters.items() for word in ("--param", f"{key}={json.dumps(value)}")]
        told = self.command("deployment", "run", deployment, *given, cwd=cwd)
        return next(line.split("UUID:")[1].strip() for line in told.splitlines() if "UUID:" in line)

    def ended(self, run: str) -> dict[str, Any]:
        """Wait for the end of a flow run."""
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            found: dict[str, Any] = self.ask(f"/flow_runs/{run}")
            if found["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"):
                return found
            time.sleep(0.5)
        raise AssertionError(f"the flow run did not end\n{self.last_words()}")

    def last_words(self) -> str:
        return "\n".join(path.read_text("utf-8", "replace")[-3000:] for path in self.logs.glob("*.log"))


@contextmanager
def serving(folder: Path) -> Iterator[Prefect]:
    """Run a server with a work pool and a worker that serves its queues."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = f"http://127.0.0.1:{port}/api"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT", "HEMEROTECA"))}
    environment |= {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        # A deployment's own schedule would start a run of its own amid those that the tests start and count.
        "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    prefect = Prefect(api, environment, folder)
    with process(prefect, "server", "server", "start", "--host", "127.0.0.1", "--port", str(port)) as server:
        prefect.server.append(server)
        healthy(prefect)
        prefect.command("work-pool", "create", "hemeroteca", "--type", "process", cwd=folder)
        with process(prefect, "worker", "worker", "start", "--pool", "hemeroteca"):
            yield prefect


@contextmanager
def process(prefect: Prefect, name: str, *words: str) -> Iterator[int]:
    """Run `prefect` in the background, in a process group of its own that is ended at the end; its id."""
    with (prefect.logs / f"{name}.log").open("wb") as log:
        running = subprocess.Popen(
            [PREFECT, *words], cwd=prefect.logs, env=prefect.environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield running.pid
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(4)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()


def healthy(prefect: Prefect) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if prefect.ask("/health"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError(f"the server did not start\n{prefect.last_words()}")
