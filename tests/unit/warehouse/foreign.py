"""What the import reads of files that other tools wrote."""

from pathlib import Path

from tests.warcs import http, page, warc
from warehouse.captures import Capture
from warehouse.imports.files import captures_in
from warehouse.imports.options import Options, Unreadable

URL = "https://tagblatt.example/a"
BODY = page(1)
GOOD = warc("https://tagblatt.example/good", http(page(2)))


def taken(path: Path) -> tuple[list[Capture], list[Unreadable]]:
    found = list(captures_in(path, Options()))
    return [c for c in found if isinstance(c, Capture)], [u for u in found if isinstance(u, Unreadable)]


def read(folder: Path, content: bytes, name: str = "a.warc") -> tuple[list[Capture], list[Unreadable]]:
    path = folder / name
    path.write_bytes(content)
    return taken(path)


def one(folder: Path, content: bytes, name: str = "a.warc") -> Capture:
    (capture,), refused = read(folder, content, name)
    assert refused == []
    return capture


def refused(folder: Path, record: bytes, reason: str) -> Unreadable:
    """The record is refused, and the next one read all the same."""
    (good,), (why,) = read(folder, record + GOOD)
    assert good.url.endswith("/good")
    assert why.reason == reason
    assert why.place.startswith("offset ")
    return why
