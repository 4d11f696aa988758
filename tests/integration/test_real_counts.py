"""What the files of others hold, counted without our readers: all of it is found. Nothing without the folder."""

import ast
import re
import zipfile
import zlib
from pathlib import Path

import pytest

from articles.errors import BadInput
from spiders.feeds import ParsedFeed, parse_feed
from spiders.sitemaps import parse_sitemap
from tests.conftest import SHARED
from warehouse.captures import Capture
from warehouse.imports.files import captures_in, files_in
from warehouse.imports.options import Options, Unreadable
from warehouse.outcomes import PAGES

pytestmark = pytest.mark.usefixtures("shared")

REAL = SHARED / "real"
ARCHIVES = sorted((REAL / "warc").glob("*"))
FEEDS = sorted((REAL / "feeds").glob("*"))

UNPROVEN = {"warcio-bad.arc", "pywb-bad.arc"}
"""Files of records that state no length, or that of a single line break."""

RECORD = re.compile(rb"^WARC/\d\.\d\r*\n", re.MULTILINE)
BLANK = re.compile(rb"\r*\n\r*\n")
TYPE = re.compile(rb"^content-type:[ \t]*([^;\s]+)", re.IGNORECASE | re.MULTILINE)
ARC_PAGE = re.compile(rb"^https?:.* \d{14} text/html \d+$", re.MULTILINE)


def unzipped(content: bytes) -> bytes:
    """All that gzip members hold, one after the other."""
    plain = b""
    while content.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        plain += member.decompress(content)
        content = member.unused_data
    return plain or content


def contents(path: Path) -> list[bytes]:
    """The plain bytes of the archives in a file."""
    if not zipfile.is_zipfile(path):
        return [unzipped(path.read_bytes())]
    with zipfile.ZipFile(path) as package:
        return [unzipped(package.read(name)) for name in package.namelist() if name.startswith("archive/")]


def counted(plain: bytes) -> int:
    """The pages in plain bytes."""
    if plain.startswith(b"filedesc:"):
        return len(ARC_PAGE.findall(plain))
    return sum(holds_page(piece) for piece in RECORD.split(plain)[1:])


def holds_page(piece: bytes) -> bool:
    """Whether a record is a response or resource of a page."""
    head, block = [*BLANK.split(piece, maxsplit=1), b""][:2]
    kind = re.search(rb"^WARC-Type:[ \t]*(\w+)", head, re.MULTILINE)
    target = re.search(rb"^WARC-Target-URI:[ \t]*<?https?:", head, re.MULTILINE)
    if kind is None or target is None or kind[1] not in (b"response", b"resource"):
        return False
    stated = TYPE.search(BLANK.split(block, maxsplit=1)[0] if kind[1] == b"response" else head)
    return stated is not None and stated[1].decode().lower() in PAGES


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.name)
def test_every_page_of_an_archive_is_taken_and_every_refusal_says_where(path: Path) -> None:
    assert list(files_in([path])) == [path]
    found = list(captures_in(path, Options()))
    captures = [item for item in found if isinstance(item, Capture) and item.original is None]
    assert len(captures) == (0 if path.name in UNPROVEN else sum(map(counted, contents(path))))
    assert all(b"</html>" in capture.body.lower() for capture in captures if capture.status in (200, None))
    for why in found:
        if isinstance(why, Unreadable):
            assert str(path) in str(why)
            assert why.reason in ("not-a-page", "damaged")
            assert "offset" in why.place or path.suffix == ".wacz"


def test_there_is_an_archive_to_read() -> None:
    assert len(ARCHIVES) > 30
    assert sum(sum(map(counted, contents(path))) for path in ARCHIVES) > 40


def expected(body: bytes) -> dict[str, str]:
    """What a file of feedparser's tests says in its comment of its first entry."""
    said = re.search(r"Expect:\s*(.*)", body.decode("utf-8", "replace"))
    try:
        tree = ast.parse(said[1].strip() if said else "0", mode="eval")
    except SyntaxError:
        return {}
    return {
        str(node.left.slice.value): str(node.comparators[-1].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Subscript)
        and ast.unparse(node.left.value) == "entries[0]"
        and isinstance(node.left.slice, ast.Constant)
        and isinstance(node.comparators[-1], ast.Constant)
    }


FIELDS = {"link": "url", "title": "title", "created": "published", "published": "published", "updated": "modified"}


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_shows_what_its_author_says_or_is_refused(path: Path) -> None:
    body = path.read_bytes()
    stated = re.search(rb"Header:\s+Content-type:\s*(.*)", body)
    try:
        feed = parse_feed(body, "http://127.0.0.1:8097/", stated[1].decode().strip() if stated else None)
    except BadInput as refused:
        feed = ParsedFeed("none", (), str(refused))
    assert feed.kind != "none" or "no feed: " in str(feed.fault)
    said = {FIELDS[name]: value for name, value in expected(body).items() if name in FIELDS}
    assert feed.entries or "url" not in said
    assert all("://" in entry.url for entry in feed.entries)
    if feed.entries:
        assert {name: getattr(feed.entries[0], name) for name in said} == said


def test_feeds_in_use_show_all_entries_with_an_address() -> None:
    for path in FEEDS:
        body = path.read_bytes()
        links = len(re.findall(rb"<item>(?:(?!</item>).)*?<link>", body, re.DOTALL))
        if path.name.endswith(".rss"):
            assert len(parse_feed(body, "https://tagblatt.example/feed").entries) == links


def test_a_sitemap_in_use_shows_all_its_pages() -> None:
    for path in sorted((REAL / "sitemaps").glob("*")):
        body = path.read_bytes()
        found = parse_sitemap(body, "https://tagblatt.example/sitemap.xml", 10_000_000)
        assert [entry.url for entry in found.entries] == [
            url.decode() for url in re.findall(rb"<loc>\s*([^<\s]+)", body)
        ]
        assert all(entry.published for entry in found.entries)
