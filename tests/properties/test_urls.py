"""URL identity: one spelling, whatever the spelling."""

from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from articles.errors import BadUrl
from articles.urls import host, normalise, registrable_domain

hosts = st.sampled_from(
    ["tagblatt.example", "WWW.Tagblatt.Example.", "bücher.example", "127.1", "[::1]", "a.co.uk", "x-y.example"]
)
paths = st.lists(
    st.sampled_from(
        ["a", ".", "..", "", "%2e%2E", "é", "%C3%a9", "%zz", "a b", "x;jsessionid=A1", "q;v=1", "%2F", "'", "日本", "|"]
    ),
    max_size=6,
)
names = st.sampled_from(
    ["id", "utm_source", "fbclid", "ref", "PHPSESSID", "a[]", "amp;utm_medium", "q", "", "é", "UTM_X"]
)
values = st.text(alphabet="abc123éü%&+ '/?:@~日", max_size=6)
pairs = st.lists(st.tuples(names, values), max_size=5)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Addresses as careless publishers write them."""
    scheme = draw(st.sampled_from(["http", "https", "HTTP"]))
    user = draw(st.sampled_from(["", "user@", "user:pass@"]))
    port = draw(st.sampled_from(["", ":", ":80", ":443", ":8080", ":0080"]))
    query = "&".join(f"{name}={value}" for name, value in draw(pairs))
    fragment = draw(st.sampled_from(["", "#", "#a?b=c"]))
    return f"{scheme}://{user}{draw(hosts)}{port}/{'/'.join(draw(paths))}{'?' if query else ''}{query}{fragment}"


@given(addresses())
def test_idempotent(url: str) -> None:
    assert normalise(normalise(url)) == normalise(url)


@given(addresses())
def test_what_comes_out_is_what_a_client_asks_for_unchanged(url: str) -> None:
    assert safe_url_string(normalise(url)) == normalise(url)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://tagblatt.example/{text}"):
        try:
            clean = normalise(url)
        except BadUrl:
            continue
        assert clean.isascii()
        assert normalise(clean) == clean
        assert urlsplit(clean).netloc.partition(":")[0]
        registrable_domain(clean)


@given(st.lists(st.tuples(st.sampled_from(["id", "ref", "source", "campaign", "s", "page"]), values), max_size=6))
def test_unknown_parameters_are_kept_in_order(query: list[tuple[str, str]]) -> None:
    text = "&".join(f"{name}={quote(value)}" for name, value in query)
    clean = normalise(f"https://tagblatt.example/?{text}")
    kept = parse_qsl(urlsplit(clean).query, keep_blank_values=True)
    assert kept == parse_qsl(text, keep_blank_values=True)


@given(st.lists(st.sampled_from(["id=7", "utm_source=x", "a=b", "fbclid=1", "amp;gclid=2"]), max_size=6))
def test_tracking_makes_no_other_page(query: list[str]) -> None:
    known = [pair for pair in query if pair in ("id=7", "a=b")]
    assume(known)
    assert normalise(f"http://e.example/?{'&'.join(query)}") == f"http://e.example/?{'&'.join(known)}"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://WWW.Example.COM:80/a/./b/../c#top", "http://www.example.com/a/c"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com?", "https://example.com/"),
        ("https://example.com:443/a//b/", "https://example.com/a//b/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("https://user:secret@example.com/", "https://example.com/"),
        (" https://example.com/a\nb\t ", "https://example.com/ab"),
        ("https:\\\\example.com\\a", "https://example.com/a"),
        ("https://例え.example/%e3%81%82?q=あ", "https://xn--r8jz45g.example/%E3%81%82?q=%E3%81%82"),
        ("https://example.com/%7Euser/%41", "https://example.com/~user/A"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
        ("https://example.com/a;jsessionid=1F?x=1", "https://example.com/a?x=1"),
        ("https://example.com/(S(abcdefghijklmnopqrstuvwx))/a.aspx", "https://example.com/a.aspx"),
        ("https://example.com/?b=2&a=1&b=3", "https://example.com/?b=2&a=1&b=3"),
        ("https://example.com/?utm_source=x", "https://example.com/"),
        ("https://example.com/?a&&b=", "https://example.com/?a&&b="),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("https://www-e-example.cdn.ampproject.org/v/s/www.e.example/a?usqp=1&id=2", "https://www.e.example/a?id=2"),
        ("https://www.google.com/amp/s/e.example/a.amp", "https://e.example/a.amp"),
        ("https://www.google.de/amp/e.example/a", "http://e.example/a"),
        ("http://web.archive.org/web/20200101id_/https://e.example/a?utm_id=1&b=2#c", "https://e.example/a?b=2"),
        ("https://web.archive.org/web/20200101/http:/web.archive.org/web/2019/e.example", "http://e.example/"),
        (f"urn:sha256:{'0a' * 32}", f"urn:sha256:{'0a' * 32}"),
    ],
)
def test_spellings(url: str, clean: str) -> None:
    assert normalise(url) == clean


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "/a", "file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "mailto:a@e.example",
        "ftp://e.example/", "urn:sha256:00", "http://", "http:///", "http://a..example/", "http://e.example:99999/",
        "http://e.example:x/", "http://e.example:0/", "http://[::1/", "http://1.2.3.4.5/", "http://256.256.256.256/",
        "http://\ud800.example/", "http://e.example/\ud800", "http://e%00.example/", "http://e.example/" + "a" * 9000,
        "http://" + "a" * 64 + ".example/", "http://e xample/",
    ],
)  # fmt: skip
def test_refused(url: str) -> None:
    with pytest.raises(BadUrl) as refusal:
        normalise(url)
    assert str(refusal.value).isascii()


@pytest.mark.parametrize(
    ("url", "name", "domain"),
    [
        ("https://News.Tagblatt.co.uk:8443/a", "news.tagblatt.co.uk", "tagblatt.co.uk"),
        ("https://tagblatt.example/", "tagblatt.example", "tagblatt.example"),
        ("https://a.b.tagblatt.example/", "a.b.tagblatt.example", "tagblatt.example"),
        ("https://one.blogspot.com/", "one.blogspot.com", "one.blogspot.com"),
        ("https://co.uk/", "co.uk", "co.uk"),
        ("http://localhost/", "localhost", "localhost"),
        ("http://10.0.0.1/", "10.0.0.1", "10.0.0.1"),
        ("http://[2001:DB8::1]:8080/", "[2001:db8::1]", "[2001:db8::1]"),
        (f"urn:sha256:{'0' * 64}", "", ""),
    ],
)
def test_host_and_registrable_domain(url: str, name: str, domain: str) -> None:
    assert host(url) == name
    assert registrable_domain(url) == domain
