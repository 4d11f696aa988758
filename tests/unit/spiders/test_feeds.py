"""Feeds of every kind, and what is none."""

from pathlib import Path

import pytest

from articles.errors import BadInput
from spiders.feeds import FeedEntry, parse_feed

URL = "https://tagblatt.example/feeds/all.xml"
REAL = Path(__file__).resolve().parents[4] / "shared" / "real" / "feeds"

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><title>Rain &amp; snow</title><link> ../rain </link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item>
<item><link>https://proxy.example/1</link><feedburner:origLink>https://tagblatt.example/snow</feedburner:origLink></item>
<item><guid>https://tagblatt.example/by-guid</guid><dc:date>2026-11-02</dc:date></item>
<item><guid isPermaLink="false">4711</guid><title>Without an address</title></item>
</channel></rss>"""


def test_rss() -> None:
    feed = parse_feed(RSS.encode(), URL)
    assert feed.kind == "rss"
    assert feed.fault is None
    assert feed.entries[0] == FeedEntry(
        "https://tagblatt.example/rain", "Rain & snow", "Mon, 02 Nov 2026 08:00:00 GMT", None
    )
    assert [entry.url for entry in feed.entries[1:]] == [
        "https://tagblatt.example/snow",
        "https://tagblatt.example/by-guid",
    ]
    assert feed.entries[2].modified == "2026-11-02"


def test_atom_keeps_both_dates() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tagblatt.example/news/"><entry>
    <link rel="alternate" href="rain"/><published>2026-11-01T08:00:00Z</published>
    <updated>2026-11-02T08:00:00+01:00</updated></entry></feed>"""
    (entry,) = parse_feed(body, URL).entries
    assert entry.url == "https://tagblatt.example/news/rain"
    assert (entry.published, entry.modified) == ("2026-11-01T08:00:00Z", "2026-11-02T08:00:00+01:00")


def test_an_enclosure_is_not_the_page() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
    <link rel="alternate">https://tagblatt.example/rain</link>
    <link rel="enclosure">https://cdn.example/rain.mp3</link></entry></feed>"""
    assert [entry.url for entry in parse_feed(body, URL).entries] == ["https://tagblatt.example/rain"]


def test_an_id_that_is_no_address_is_none() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:tagblatt:4711</id><title>Rain</title></entry></feed>"""
    assert parse_feed(body, URL).entries == ()


def test_rdf() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <item rdf:about="x"><link>https://tagblatt.example/rain</link></item></rdf:RDF>"""
    feed = parse_feed(body, URL)
    assert (feed.kind, feed.entries[0].url) == ("rss", "https://tagblatt.example/rain")


def test_json_feed() -> None:
    body = b"""\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1", "items": [
    {"url": "/rain", "title": "Rain", "date_published": "2026-11-01", "date_modified": "2026-11-02"},
    {"id": "https://tagblatt.example/by-id"}, {"id": "7"}, {"url": 7}, "none"]}"""
    feed = parse_feed(body, URL)
    assert feed.kind == "json"
    assert feed.entries == (
        FeedEntry("https://tagblatt.example/rain", "Rain", "2026-11-01", "2026-11-02"),
        FeedEntry("https://tagblatt.example/by-id", None, None, None),
    )


def test_a_feed_cut_short_gives_what_is_whole() -> None:
    feed = parse_feed(RSS.encode()[: RSS.index("</item>") + 20], URL)
    assert [entry.url for entry in feed.entries] == ["https://tagblatt.example/rain"]
    assert feed.fault


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://tagblatt.example/SECRET")
    body = f"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>
    <rss version="2.0"><channel><item><link>https://e.example/&x;</link></item></channel></rss>"""
    assert "SECRET" not in repr(parse_feed(body.encode(), URL))
    with pytest.raises(BadInput):
        parse_feed(str(secret).encode(), URL)
    with pytest.raises(BadInput):
        parse_feed(b"http://127.0.0.1:9/feed", URL)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html><title>Not found", "HTML page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- hi --><html lang=de>", "HTML page"),
        (b'{"items": []}', "version"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "items"),
        (b'{"version": ', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"\x00\xff\xfe garbage", "no feed"),
        (b"<urlset/>", "no feed"),
        pytest.param(b"<rss>" + b" " * 8_400_000, "too large", id="large"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refusal:
        parse_feed(body, URL)
    assert str(refusal.value).startswith(URL)


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the shared collection of real feeds")
def test_every_real_feed_is_read_or_refused() -> None:
    refused = {}
    for path in sorted(REAL.iterdir()):
        try:
            feed = parse_feed(path.read_bytes(), URL)
        except BadInput as refusal:
            refused[path.name] = str(refusal)
        else:
            assert all(entry.url.strip() for entry in feed.entries)
    # two files that name a channel and nothing in it, in a format nobody uses
    assert all("-cdf-" in name for name in refused), refused
    assert len(parse_feed((REAL / "real-cnn.rss").read_bytes(), URL).entries) == 69
