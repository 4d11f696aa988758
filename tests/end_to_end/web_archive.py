"""A web archive on loopback: a real pywb, in a process of its own, that plays WARC files back."""

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
import tomlkit

from warehouse.home import Home

BIN = Path(__file__).resolve().parents[2] / ".venv" / "pywb" / "bin"
NAME = "archive.example"


@contextmanager
def web_archive(folder: Path, files: Path) -> Iterator[str]:
    """Serve a folder of WARC files as a collection; the address that answers."""
    if not (BIN / "wayback").exists():
        pytest.skip("no pywb: make .venv/pywb/ready")
    collection = folder / "collections" / "news"
    subprocess.run([BIN / "wb-manager", "init", "news"], cwd=folder, check=True, capture_output=True)
    for file in files.glob("*.warc.gz"):
        shutil.copy(file, collection / "archive")
    subprocess.run([BIN / "wb-manager", "reindex", "news"], cwd=folder, check=True, capture_output=True)
    port = free_port()
    command = [BIN / "wayback", "--port", str(port), "--bind", "127.0.0.1"]
    with (
        (folder / "pywb.log").open("w") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as process,
    ):
        try:
            wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def asks(home: Home, address: str) -> None:
    """Have a home ask that archive, without rests."""
    settings = tomlkit.parse(home.settings.read_text("utf-8"))
    settings["network"]["hosts"][NAME] = address  # type: ignore[index]
    settings["wayback"] = {
        "index": f"http://{NAME}/news/cdx",
        "replay": f"http://{NAME}/news/{{timestamp}}id_/{{url}}",
        "delay": 0.0,
    }
    home.settings.write_text(tomlkit.dumps(settings), "utf-8")


def requests_in(folder: Path) -> int:
    """How often the archive was asked for pages."""
    return (folder / "pywb.log").read_text("utf-8").count("id_/")


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until the archive answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError("pywb does not answer")
