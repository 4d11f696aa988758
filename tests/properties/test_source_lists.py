"""Lists of newspapers: what is written is read back, and nothing that a stranger's file holds does harm."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.errors import BadInput
from flows.outlines import read_outlines, write_outlines
from flows.sections import SourceSettings
from flows.source_rows import BadRow, Row
from flows.source_tables import read_table, write_table

SHOWN = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
WORD = (
    st.text(SHOWN.filter(lambda c: c != ";"), min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)
)
SLUG = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
ADDRESS = st.builds(
    lambda host, path, query: f"https://{host}.example/{path}{query}",
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.text(st.sampled_from("abc/.;-äé,&\"'"), max_size=12),
    st.sampled_from(["", "?feed=rss2&a=1", "?u=https://x.example/;b"]),
).filter(lambda url: not url.endswith(";"))
ADDRESSES = st.lists(ADDRESS, max_size=3, unique=True).map(tuple)
SOURCE = st.builds(
    SourceSettings,
    name=WORD,
    url=ADDRESS,
    feeds=st.lists(ADDRESS, min_size=1, max_size=3, unique=True).map(tuple),
    sitemaps=ADDRESSES,
    archive_sitemaps=ADDRESSES,
    zone=st.sampled_from([None, "Europe/Berlin", "Asia/Tokyo"]),
    languages=st.lists(st.sampled_from(["de", "en", "ja"]), max_size=2, unique=True).map(tuple),
    country=st.sampled_from([None, "DE"]),
    media_type=st.none() | WORD,
    collections=st.lists(WORD, max_size=3, unique=True).map(tuple),
    delay=st.none() | st.floats(0, 100),
    revisit_hours=st.none() | st.lists(st.floats(0.1, 8_000), max_size=3).map(tuple),
    active=st.booleans(),
)
SOURCES = st.dictionaries(SLUG, SOURCE, max_size=4)


def read_back(rows: list[Row | BadRow]) -> dict[str, SourceSettings]:
    assert not [row for row in rows if isinstance(row, BadRow)], rows
    return {row.source: row.settings for row in rows if isinstance(row, Row)}


@given(SOURCES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
def test_opml_is_read_as_it_was_written(sources: Mapping[str, SourceSettings]) -> None:
    assert read_back(read_outlines(write_outlines(sources))) == sources


@given(SOURCES)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
def test_csv_is_read_as_it_was_written(sources: Mapping[str, SourceSettings]) -> None:
    assert read_back(read_table(write_table(sources))) == sources


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")))
def test_whatever_a_file_holds_is_rows_or_bad_input(body: bytes) -> None:
    for read in (read_outlines, read_table):
        try:
            rows = read(body)
        except BadInput:
            continue
        assert all(isinstance(row, Row | BadRow) for row in rows)


@given(st.text(st.sampled_from("<>/outline xmlUrl='\"&;https:.example\n"), max_size=200))
def test_whatever_an_outline_holds_is_rows_or_bad_input(inner: str) -> None:
    try:
        rows = read_outlines(f"<opml><body>{inner}</body></opml>".encode())
    except BadInput:
        return
    assert all(isinstance(row, Row | BadRow) for row in rows)


def test_a_semicolon_in_a_collection_is_refused_rather_than_read_as_two() -> None:
    source = SourceSettings(name="A", url="https://a.example", feeds=("https://a.example/f",), collections=("a;b",))
    with pytest.raises(BadInput, match="semicolon"):
        write_table({"a": source})


def test_an_address_that_ends_in_a_semicolon_stays_one() -> None:
    feeds = ("https://a.example/f;", "https://a.example/g;https://b.example")
    source = SourceSettings(name="A", url="https://a.example", feeds=feeds)
    for rows in (read_table(write_table({"a": source})), read_outlines(write_outlines({"a": source}))):
        assert read_back(rows)["a"].feeds == ("https://a.example/f%3B", "https://a.example/g%3Bhttps://b.example")
