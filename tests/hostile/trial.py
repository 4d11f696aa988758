"""A folder of hostile files, served with good pages among them, and taken up by one plain `hemeroteca ingest`."""

import json
import os
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import tomlkit

from articles.model import Page
from tests.integration.spiders.site import Answer, Route, Site
from tests.processes import PROGRAM, parsers_of
from warehouse.home import SETTINGS_FILE, Home
from warehouse.reader import open_published
from warehouse.reading import extracted

PAGES = ("http://pages.example", "http://good.example")
PACKED = {".gz": "gzip", ".br": "br", ".zst": "zstd", ".deflate": "deflate"}


@dataclass(frozen=True)
class Trial:
    """What became of it all."""

    outcomes: dict[str, tuple[str, str | None]]
    """Outcome and reason by file."""
    visits: dict[str, str]
    """What was said of each feed and sitemap."""
    good: Counter[str]
    """Outcomes of the good pages."""
    leaks: list[str]
    """Where the secret stands."""
    worker_mb: float
    parent_mb: float
    """At most, of any worker, and of the command itself."""
    seconds: float


def good_page(number: int) -> str:
    """A sound article, unlike all others."""
    said = "".join(
        f"<p>In street {number}-{line} the paper's reporter counted {number * line + 7} lamps, and asked the council why.</p>"
        for line in range(8)
    )
    return f"<html lang=en><title>Lamps of street {number}</title><article><h1>Lamps of street {number}</h1>{said}</article>"


def sitemap(urls: list[str]) -> bytes:
    """A list of pages."""
    return ("<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>").encode()


def served(path: Path) -> Answer:
    """A file as a server gives it; one that is packed says so."""
    name = path.name.removesuffix(".html").removesuffix(".xml")
    packing = next((coding for end, coding in PACKED.items() if name.endswith(end) and "sitemap" not in name), None)
    layers = ", ".join([packing] * name.count(".gz")) if packing == "gzip" else packing
    kind = "application/xml" if path.name.endswith((".xml", ".xml.gz")) else "text/html"
    return Answer(path.read_bytes(), headers={"Content-Type": kind} | ({"Content-Encoding": layers} if layers else {}))


def run(folder: Path, work: Path, good: int, secret: str) -> Trial:
    """Serve the folder's files by their kinds, ingest, and look."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SECRET.txt")
    listings = [f for f in files if f.name.startswith(("feed", "sitemap"))]
    robots = [f for f in files if f.name.startswith("robots")]
    pages = [f for f in files if f not in listings and f not in robots]
    routes: dict[str, Route] = {f"/{f.name}": lambda _, f=f: served(f) for f in [*pages, *listings]}  # type: ignore[misc]
    routes |= {f"/good/{n}": Answer(good_page(n).encode()) for n in range(good)}
    routes["/pages.xml"] = Answer(sitemap([f"{PAGES[0]}/{f.name}" for f in pages]))
    routes["/good.xml"] = Answer(sitemap([f"{PAGES[1]}/good/{n}" for n in range(good)]))
    routes["/one.xml"] = lambda asked: Answer(sitemap([f"http://{asked.headers['Host']}/good/0"]))
    by_host = {f"{f.stem.replace('_', '-')}.example": f for f in robots}

    def rules(asked: BaseHTTPRequestHandler) -> Answer:
        path = by_host.get(asked.headers["Host"])
        return served(path) if path else Answer(b"", 404)

    routes["/robots.txt"] = rules
    with Site(routes) as site:
        home = home_of(work, site, listings, list(by_host))
        began = time.monotonic()
        worker_mb, parent_mb = ingest(home)
        return look(home, secret, worker_mb, parent_mb, time.monotonic() - began)


def home_of(root: Path, site: Site, listings: list[Path], robots: list[str]) -> Home:
    """An archive with a source for the pages, one for each feed and sitemap, and one for each robots.txt."""
    root.mkdir(parents=True, exist_ok=True)
    sources: dict[str, Any] = {
        name: {"name": name, "url": url, "sitemaps": [f"{url}/{name}.xml"]}
        for name, url in zip(("pages", "good"), PAGES, strict=True)
    }
    for path in listings:
        slug = path.name.replace("_", "-").lower()
        url = f"http://{slug}.example"
        sources[slug] = {"name": slug, "url": url, "feeds": [f"{url}/{path.name}"]}
    for host in robots:
        sources[host] = {"name": host, "url": f"http://{host}", "sitemaps": [f"http://{host}/one.xml"]}
    hosts = {source["url"].removeprefix("http://"): site.address for source in sources.values()}
    document = {"network": {"delay": 0.0, "hosts": hosts}, "extraction": {"workers": 2}, "sources": sources}
    (root / SETTINGS_FILE).write_text(tomlkit.dumps(document), encoding="utf-8")
    return Home(root)


def ingest(home: Home) -> tuple[float, float]:
    """Run the command; MB that its workers and it itself took at most."""
    with subprocess.Popen(
        [*PROGRAM, "ingest", "--json", "--home", str(home.root)],
        stdout=subprocess.DEVNULL,
        env=os.environ,
    ) as process:
        worker = parent = 0
        while process.poll() is None:
            parent = max(parent, high_water(process.pid))
            worker = max([worker, *map(high_water, parsers_of(process.pid))])
            time.sleep(0.05)
    assert process.returncode == 0, process.returncode
    return worker / 1024, parent / 1024


def high_water(pid: int) -> int:
    """Kilobytes that a process has taken at most."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def look(home: Home, secret: str, worker_mb: float, parent_mb: float, seconds: float) -> Trial:
    """Ask the published copy what became of everything."""
    with open_published(home) as reader:
        found = reader.execute("SELECT source, url, outcome, reason FROM captures").fetchall()
        visits = reader.execute("SELECT source, status FROM feeds").fetchall()
        tables = [str(row[0]) for row in reader.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        leaks = [
            table
            for table in tables
            for (count,) in reader.execute(
                f"SELECT count(*) FROM hemeroteca.{table} t WHERE contains(t::VARCHAR, ?)", [secret]
            ).fetchall()
            if count
        ]
    leaks += [str(path) for path in home.root.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    return Trial(
        outcomes={url.rpartition("/")[2]: (kind, why) for source, url, kind, why in found if source == "pages"},
        visits={source: json.dumps(status)[1:-1] for source, status in visits},
        good=Counter(kind for source, _, kind, _ in found if source == "good"),
        leaks=leaks,
        worker_mb=worker_mb,
        parent_mb=parent_mb,
        seconds=seconds,
    )


def timed(path: Path) -> tuple[str, float]:
    """How long one page takes a worker."""
    began = time.perf_counter()
    result = extracted(Page(f"{PAGES[0]}/{path.name}", path.read_bytes(), datetime(2026, 11, 20, tzinfo=UTC)))
    return getattr(result, "reason", "article"), time.perf_counter() - began
