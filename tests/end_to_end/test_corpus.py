"""Real pages: the labelled corpus beside the project, imported and crawled. Skipped without ../shared."""

import gzip
import json
import random
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
import tomlkit

from articles.urls import normalise, registrable_domain
from tests.end_to_end.command import answer, hemeroteca, row_counts, rows, warehouse_hash
from warehouse.home import SETTINGS_FILE, Home
from warehouse.store import opened

pytestmark = pytest.mark.slow

SEED_START = "A reconciliation attempt between Hamas and Egypt"


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Path:
    return shared / "corpus"


def new_home(root: Path) -> Home:
    hemeroteca("init", "--home", root, "--contact", "test@archive.example", "--no-prompt")
    return Home(root)


@pytest.fixture(scope="module")
def imported(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = new_home(tmp_path_factory.mktemp("imported"))
    report = answer("import", corpus / "input.jsonl", "--home", home.root)
    assert report["counts"]["captures"] == 230
    return home


def test_the_sample(shared: Path, tmp_path: Path) -> None:
    home = new_home(tmp_path)
    hemeroteca("import", shared / "seeds", "--home", home.root)
    (found,) = rows(home, "SELECT text, version_id FROM articles")
    assert found["text"].startswith(SEED_START)
    assert rows(home, "SELECT caption, credit FROM photos") == [
        {"caption": "Hamas terrorist in Gaza", "credit": "Emad Nassar/Flash 90"}
    ]
    removed = [row["text"] for row in rows(home, "SELECT text FROM removed_text ORDER BY ordinal")]
    assert removed[:2] == ["Hamas terrorist in Gaza", "Hamas terrorist in GazaEmad Nassar/Flash 90"]


def test_every_capture_has_one_outcome(imported: Home) -> None:
    outcomes = rows(imported, "SELECT outcome, count(*) AS n FROM captures GROUP BY outcome")
    assert sum(row["n"] for row in outcomes) == 230
    assert next(row["n"] for row in outcomes if row["outcome"] == "article") >= 225
    with opened(imported) as store:
        assert store.broken_checks() == []


def test_the_same_file_again_changes_nothing(imported: Home, corpus: Path) -> None:
    counts, digest = row_counts(imported), warehouse_hash(imported)
    hemeroteca("import", corpus / "input.jsonl", "--home", imported.root)
    after = row_counts(imported)
    assert {name for name in counts if after[name] != counts[name]} == {"loads"}
    assert warehouse_hash(imported) == digest


def test_shuffled_and_in_three_parts_it_is_the_same_warehouse(imported: Home, corpus: Path, tmp_path: Path) -> None:
    lines = (corpus / "input.jsonl").read_text("utf-8").splitlines()
    random.Random(7).shuffle(lines)
    (tmp_path / "pages").symlink_to(corpus / "pages")
    home = new_home(tmp_path / "home")
    for part in range(3):
        path = tmp_path / f"part{part}.jsonl"
        path.write_text("\n".join(lines[part::3]) + "\n", encoding="utf-8")
        hemeroteca("import", path, "--home", home.root)
    assert warehouse_hash(home) == warehouse_hash(imported)


def test_crawled_pages_give_the_same_texts(imported: Home, corpus: Path, tmp_path: Path) -> None:
    pages = pages_of(corpus)
    with serving(pages) as address:
        home = crawl_home(tmp_path / "crawled", pages, address)
        report = answer("ingest", "--home", home.root)
    assert report["counts"]["captures"] == len(pages)
    assert report["counts"]["articles"] >= 225 - (230 - len(pages))
    query = "SELECT url, text FROM articles ORDER BY url"
    expected = {row["url"]: row["text"] for row in rows(imported, query)}
    twice = {url for url, n in counted(corpus).items() if n > 1}
    found = {row["url"]: row["text"] for row in rows(home, query)}
    assert {url: text for url, text in found.items() if url not in twice} == {
        url: text for url, text in expected.items() if url not in twice
    }
    with opened(home) as store:
        assert store.broken_checks() == []


def counted(corpus: Path) -> dict[str, int]:
    """How often each URL stands in the corpus."""
    seen: defaultdict[str, int] = defaultdict(int)
    for line in (corpus / "input.jsonl").read_text("utf-8").splitlines():
        seen[normalise(json.loads(line)["url"])] += 1
    return seen


def pages_of(corpus: Path) -> dict[str, bytes]:
    """The pages by their URL."""
    found = {}
    for line in (corpus / "input.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found[normalise(row["url"])] = gzip.decompress((corpus / row["page"]).read_bytes())
    return found


def crawl_home(root: Path, pages: dict[str, bytes], address: str) -> Home:
    """A home with a source a domain, whose sitemap lists its pages."""
    home = new_home(root)
    by_domain: defaultdict[str, list[str]] = defaultdict(list)
    for url in pages:
        by_domain[registrable_domain(url)].append(url)
    document: Any = tomlkit.parse((root / SETTINGS_FILE).read_text("utf-8"))
    document["network"]["delay"] = 0.0
    document["network"]["hosts"] = {urlsplit(url).netloc: address for url in pages}
    document["sources"] = {
        domain: {"name": domain, "url": urls[0], "sitemaps": [site(urls[0]) + "/test-sitemap.xml"]}
        for domain, urls in by_domain.items()
    }
    (root / SETTINGS_FILE).write_text(tomlkit.dumps(document), encoding="utf-8")
    return home


def site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@contextmanager
def serving(pages: dict[str, bytes]) -> Iterator[str]:
    """All pages on one port, told apart by the Host header; each site with a sitemap of its domain's pages."""
    bodies = {(urlsplit(url).netloc, target(url)): body for url, body in pages.items()}
    by_domain: defaultdict[str, list[str]] = defaultdict(list)
    for url in pages:
        by_domain[registrable_domain(url)].append(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.headers["Host"]
            if self.path == "/test-sitemap.xml":
                urls = by_domain[registrable_domain(f"http://{name}/")]
                listed = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
                xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
                self.answer(200, "application/xml", f'<urlset xmlns="{xmlns}">{listed}</urlset>'.encode())
            elif (name, self.path) in bodies:
                self.answer(200, "text/html", bodies[name, self.path])
            else:
                self.answer(404, "text/plain", b"no such page")

        def answer(self, status: int, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def target(url: str) -> str:
    """What a request line asks for."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
