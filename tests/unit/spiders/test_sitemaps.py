"""Sitemaps, their indexes, and what is neither."""

import gzip
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from articles.errors import BadInput
from spiders.sitemaps import SitemapEntry, parse_sitemap
from spiders.windows import Window, days_in_name, may_hold

URL = "https://tagblatt.example/sitemap.xml"
REAL = Path(__file__).resolve().parents[4] / "shared" / "real" / "sitemaps"
MAX = 1_000_000

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
<url><i:image><i:loc>https://tagblatt.example/photo.jpg</i:loc></i:image><loc> /rain </loc>
<news:news><news:publication_date>2026-11-20T08:00:00+01:00</news:publication_date></news:news></url>
<!-- a comment --><url><loc>https://tagblatt.example/snow?a=1&amp;b=2</loc><lastmod>2026-11-21</lastmod></url>
<url><lastmod>2026-11-21</lastmod></url></urlset>"""


def test_a_news_sitemap() -> None:
    found = parse_sitemap(NEWS, URL, MAX)
    assert found.kind == "sitemap"
    assert found.entries == (
        SitemapEntry("https://tagblatt.example/rain", None, "2026-11-20T08:00:00+01:00"),
        SitemapEntry("https://tagblatt.example/snow?a=1&b=2", "2026-11-21"),
    )


def test_gzip_of_several_members_and_one_cut_short() -> None:
    packed = gzip.compress(NEWS[:300]) + gzip.compress(NEWS[300:])
    assert len(parse_sitemap(packed, URL, MAX).entries) == 2
    assert parse_sitemap(gzip.compress(b"https://e.example/a\nhttps://e.example/b")[:-9], URL, MAX).entries


def test_all_of_a_large_sitemap_is_read() -> None:
    urls = "".join(f"<url><loc>{URL}/{number}</loc></url>" for number in range(50_000))
    found = parse_sitemap(f"<urlset>{urls}</urlset>".encode(), URL, MAX)
    assert [entry.url for entry in found.entries] == [f"{URL}/{number}" for number in range(50_000)]


def test_an_index() -> None:
    body = b"<sitemapindex><sitemap><loc>a.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap></sitemapindex>"
    found = parse_sitemap(body, URL, MAX)
    assert found.kind == "sitemap-index"
    assert found.entries == (SitemapEntry("https://tagblatt.example/a.xml.gz", "2026-11-01"),)


def test_a_plain_list() -> None:
    found = parse_sitemap("\ufeffhttps://e.example/a\r\n\r\nhttps://e.example/ü\nnot one".encode(), URL, MAX)
    assert [entry.url for entry in found.entries] == ["https://e.example/a", "https://e.example/ü"]
    assert found.fault == "1 lines are no addresses"


def test_broken_markup_gives_what_can_be_read_and_says_so() -> None:
    body = b"<urlset><url><loc>https://e.example/?a=1&b=2</loc></url><url><loc>https://e.example/c</loc>"
    found = parse_sitemap(body, URL, MAX)
    assert found.entries[0].url == "https://e.example/?a=1&b=2" or found.fault
    assert found.fault


def test_an_ampersand_that_is_not_escaped_makes_no_other_address() -> None:
    """The parser alone would make `?x=1=2` of it."""
    body = f"""<urlset><url><loc>{URL}?x=1&y=2&amp;z=3&#38;w</loc></url><!-- a & b -->
        <url><loc><![CDATA[{URL}?a[]=1&b=2]]></loc></url><url><loc>{URL}?q&</loc></url></urlset>"""
    found = parse_sitemap(body.encode(), URL, MAX)
    assert [entry.url for entry in found.entries] == [f"{URL}?x=1&y=2&z=3&w", f"{URL}?a[]=1&b=2", f"{URL}?q&"]
    assert found.fault == "ampersands in its addresses are not escaped"


def test_ampersands_elsewhere_are_no_fault_of_the_addresses() -> None:
    body = f"""<?xml-stylesheet href="s.xsl?a=1&b=2"?><!-- A & B --><urlset xmlns:n="n"><url><loc>{URL}?x=1&amp;y=2</loc>
        <n:title><![CDATA[A < B & C]]></n:title></url></urlset>"""
    found = parse_sitemap(body.encode(), URL, MAX)
    assert ([entry.url for entry in found.entries], found.fault) == ([f"{URL}?x=1&y=2"], None)


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 100_000_000)
    tracemalloc.start()
    with pytest.raises(BadInput, match="too large"):
        parse_sitemap(bomb, URL, MAX)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * MAX


def test_entities_are_neither_expanded_nor_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    for entity in (f'SYSTEM "file://{secret}"', '"' + "A" * 1000 + '"'):
        body = f"""<!DOCTYPE urlset [<!ENTITY x {entity}>]>
        <urlset><url><loc>https://e.example/&x;</loc></url><url><loc>https://e.example/b</loc></url></urlset>"""
        found = repr(parse_sitemap(body.encode(), URL, MAX))
        assert "SECRET" not in found
        assert "AAAA" not in found


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xfe", "empty"),
        (b"<!doctype html><p>Not found", "HTML page"),
        (b"<rss version='2.0'/>", "<rss>"),
        (b"hello", "neither XML nor a list"),
        (b"\x00\x81\x82", "neither XML nor text"),
        (b"\x1f\x8bnonsense", "no gzip"),
        (b"<urlset", "no sitemap"),
        (b"<", "no sitemap"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refusal:
        parse_sitemap(body, URL, MAX)
    assert str(refusal.value).startswith(URL)


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the shared collection of real sitemaps")
def test_every_real_sitemap_is_read() -> None:
    for path in REAL.iterdir():
        assert parse_sitemap(path.read_bytes(), URL, 1 << 24).entries


def children(*names: str, lastmod: dict[str, str] | None = None) -> list[SitemapEntry]:
    return [SitemapEntry(f"https://e.example/{name}", (lastmod or {}).get(name)) for name in names]


def chosen(found: list[SitemapEntry], first: str | None, last: str | None) -> list[str]:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return [child.url.removeprefix("https://e.example/") for child in may_hold(found, Window(*days))]


def test_a_window_chooses_the_months_it_touches() -> None:
    months = children(*(f"posts-2026{month:02}.xml" for month in range(1, 13)))
    assert chosen(months, "2026-05-10", "2026-06-12") == ["posts-202605.xml", "posts-202606.xml"]
    assert chosen(months, "2026-05-01", "2026-05-30") == ["posts-202604.xml", "posts-202605.xml"]
    assert len(chosen(months, None, None)) == 12
    assert chosen(months, "2026-12-05", None) == ["posts-202612.xml"]


def test_days_and_years_in_names() -> None:
    days = children(*(f"2026/10/{day:02}/map.xml" for day in range(1, 32)))
    assert chosen(days, "2026-10-10", "2026-10-10") == [f"2026/10/{day:02}/map.xml" for day in (9, 10, 11)]
    years = children("y=2024", "y=2025", "y=2026")
    assert chosen(years, "2025-06-01", "2025-06-30") == ["y=2025"]


def test_nothing_is_left_out_on_doubt() -> None:
    made_on = children("news-20261120.xml", "archive.xml", "1.xml", "2.xml")
    assert len(chosen(made_on, "2020-01-01", "2020-01-31")) == 4
    two_dates = children("2019-2026.xml", "2018-2026.xml")
    assert len(chosen(two_dates, "2020-01-01", "2020-01-31")) == 2


def test_lastmod_counts_where_siblings_differ_in_it() -> None:
    names = ("1.xml", "2.xml")
    differing = children(*names, lastmod={"1.xml": "2019-05-05", "2.xml": "2026-11-20T08:00:00Z"})
    assert chosen(differing, "2020-01-01", "2020-01-31") == ["2.xml"]
    equal = children(*names, lastmod=dict.fromkeys(names, "2019-05-05"))
    assert chosen(equal, "2020-01-01", "2020-01-31") == ["1.xml", "2.xml"]
    unreadable = children(*names, lastmod={"1.xml": "long ago", "2.xml": "2026-11-20"})
    assert chosen(unreadable, "2020-01-01", "2020-01-31") == ["1.xml", "2.xml"]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("sitemap-2026-10.xml", (date(2026, 10, 1), date(2026, 10, 31))),
        ("sitemap_20240229.xml", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2026.xml", (date(2026, 1, 1), date(2026, 12, 31))),
        ("20230230.xml", None),
        ("post-12026.xml", None),
        ("a.xml", None),
    ],
)
def test_the_days_that_a_name_says(name: str, days: tuple[date, date] | None) -> None:
    assert days_in_name(f"https://2020.example/{name}") == days
