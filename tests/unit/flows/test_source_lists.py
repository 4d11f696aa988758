"""Lists of newspapers, as feed readers and people write them."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from articles.errors import BadInput
from flows.commands.lists import read_list, take
from flows.outlines import read_outlines, write_outlines
from flows.sections import SourceSettings
from flows.settings import load_settings
from flows.settings_file import add_source
from flows.source_rows import MAX_BYTES, BadRow, Row
from flows.source_tables import read_table
from warehouse.home import Home

OPML = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Germany">
  <outline text="Anzeiger" type="rss" xmlUrl="https://anzeiger.example/rss.xml" htmlUrl="https://www.anzeiger.example/"/>
  <outline text="Anzeiger Sport" xmlurl="https://anzeiger.example/sport.xml" htmlUrl="https://www.anzeiger.example/sport"/>
</outline></outline>
<outline title="Courier" text="x" xmlUrl="https://user:secret@courier.example/feed"/>
<outline text="Burner" xmlUrl="https://feeds.feedburner.com/burner"/>
<outline text="Mine" xmlUrl="file:///etc/passwd"/>
<outline text="Old" xmlUrl="feed://old.example/rss"/>
</body></opml>"""


def good(rows: list[Row | BadRow]) -> dict[str, SourceSettings]:
    return {row.source: row.settings for row in rows if isinstance(row, Row)}


def bad(rows: list[Row | BadRow]) -> dict[str, str]:
    return {row.place: row.why for row in rows if isinstance(row, BadRow)}


def test_a_readers_subscriptions_become_sources() -> None:
    rows = read_outlines(OPML)
    sources = good(rows)
    assert sources.keys() == {"anzeiger.example", "courier.example", "old.example"}
    anzeiger = sources["anzeiger.example"]
    assert (anzeiger.name, anzeiger.url) == ("Anzeiger", "https://www.anzeiger.example/")
    assert anzeiger.feeds == ("https://anzeiger.example/rss.xml", "https://anzeiger.example/sport.xml")
    assert anzeiger.collections == ("News", "Germany")
    assert sources["courier.example"].feeds == ("https://courier.example/feed",), "no password is kept"
    assert sources["courier.example"].name == "Courier"
    assert sources["old.example"].feeds == ("http://old.example/rss",)
    assert [why.partition(": ")[2] for why in bad(rows).values()] == [
        "the feed's address does not tell whose it is, and htmlUrl is missing",
        "not an http or https address",
    ]


BOMB = b"<!DOCTYPE opml [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]><opml><body><outline text='&j;' xmlUrl='https://a.example/f'/></body></opml>"  # fmt: skip


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (BOMB, "document type"),
        (b'<!DOCTYPE opml SYSTEM "http://127.0.0.1:1/x.dtd"><opml/>', "document type"),
        (
            b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>',
            "type",
        ),
        (b"<opml>" + b"<outline text='a'>" * 30_000 + b"</outline>" * 30_000 + b"</opml>", "more than 20"),
        (b"<opml><body>" + b"<outline/>" * 60_000 + b"</body></opml>", "more than 50000 outlines"),
        (b" " * (MAX_BYTES + 1), "divide it"),
        (b"<html><body/></html>", "no OPML: the document is <html>"),
        (b"<opml><body>", "no OPML"),
        (b"", "no OPML"),
        (b'<?xml version="1.0" encoding="rot13"?><opml/>', "no OPML"),
    ],
)
def test_a_hostile_list_is_refused_at_once(body: bytes, told: str) -> None:
    began = time.process_time()
    with pytest.raises(BadInput, match=told):
        read_outlines(body)
    assert time.process_time() - began < 2


CSV = """\ufeffsource,name,url,feeds,sitemaps,zone,languages,collections,active
anzeiger,Der Anzeiger,https://anzeiger.example/,https://anzeiger.example/a;https://anzeiger.example/b,,Europe/Berlin,de en,Local news;,no

,"Courier, The",courier.example,,,,,,
,,https://courier.example/,https://courier.example/feed;x=1,,,,,
bad zone,X,https://x.example,https://x.example/f,,,,,
x,X,https://x.example,https://x.example/f,,Mars/Olympus,,,
,,https://y.example/,,,,,,
anzeiger,,https://z.example/,https://z.example/f,,,,,
,,,https://z.example/f,,,,,
a,b,https://c.example,https://c.example/f,,,,,,one too many
"""


def test_a_table_gives_its_good_rows_and_names_the_bad_ones() -> None:
    rows = read_table(CSV.encode())
    sources = good(rows)
    assert sources.keys() == {"anzeiger", "courier.example"}
    anzeiger = sources["anzeiger"]
    assert anzeiger.feeds == ("https://anzeiger.example/a", "https://anzeiger.example/b")
    assert (anzeiger.languages, anzeiger.collections, anzeiger.active) == (("de", "en"), ("Local news",), False)
    assert sources["courier.example"].feeds == ("https://courier.example/feed;x=1",)
    told = bad(rows)
    expected = {
        "line 4": "not an http or https address",
        "line 6": "no key for a source",
        "line 7": "no time zone 'Mars/Olympus'",
        "line 8": "hemeroteca source add https://y.example/",
        "line 9": "anzeiger stands there on line 2 already",
        "line 10": "url is empty",
        "line 11": "10 cells under 9 columns",
    }
    assert told.keys() == expected.keys()
    assert [place for place, words in expected.items() if words not in told[place]] == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"name,feeds\n", "url is missing"),
        (b"url,colour\n", "no setting is called 'colour'"),
        (b"url,url\n", "stands there twice"),
        ("url;name\nhttps://ä".encode("latin-1"), "save it as UTF-8"),
        (b" " * (MAX_BYTES + 1), "divide it"),
    ],
)
def test_a_table_that_is_none_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_table(body)


def test_semicolons_and_tabs_part_cells_too() -> None:
    for mark in ";\t":
        table = f"url{mark}feeds{mark}name\nhttps://a.example/{mark}https://a.example/f{mark}A\n"
        assert good(read_table(table.encode()))["a.example"].name == "A"


def test_what_is_there_is_changed_only_where_it_is_wished(home: Home, tmp_path: Path) -> None:
    home.settings.write_text(
        '# mine\n[sources.a]\nname = "A"  # as printed\nurl = "https://a.example/"\nfeeds = ["https://a.example/old"]\ndelay = 9\n',
        encoding="utf-8",
    )
    path = tmp_path / "list.csv"
    path.write_text(
        "source,url,feeds\na,https://a.example/,https://a.example/new\nb,https://b.example/,https://b.example/f\n"
    )
    taken = take(home, load_settings(home), read_list(path), update=False)
    assert (taken.added, taken.updated, taken.left) == (("b",), (), ("a",))
    taken = take(home, load_settings(home), read_list(path), update=True)
    assert (taken.added, taken.updated, taken.left) == ((), ("a",), ("b",))
    sources = load_settings(home).sources
    assert sources["a"] == SourceSettings(name="A", url="https://a.example/", feeds=("https://a.example/new",), delay=9)
    assert "# mine" in home.settings.read_text("utf-8")
    assert "# as printed" in home.settings.read_text("utf-8")


def test_sources_that_are_added_at_once_are_all_there(home: Home) -> None:
    home.settings.write_text("", "utf-8")

    def add(name: str) -> None:
        add_source(home, name, SourceSettings(name=name, url=f"https://{name}.example/"))

    names = [f"paper{number}" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, names))
    assert sorted(load_settings(home).sources) == sorted(names)


def test_other_programs_see_feeds_in_folders() -> None:
    source = SourceSettings(
        name="A & B", url="https://a.example/", feeds=("https://a.example/f",), collections=("Local",)
    )
    written = write_outlines({"a": source}).decode()
    assert '<outline text="Local">' in written
    assert '<outline text="A &amp; B" type="rss" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"' in written


def test_a_list_that_is_empty_on_purpose_stays_so(home: Home) -> None:
    source = SourceSettings(name="A", url="https://a.example/", feeds=("https://a.example/f",), revisit_hours=())
    take(home, load_settings(home), [Row("line 2", "a", source, ())], update=False)
    assert load_settings(home).sources["a"] == source


@pytest.mark.parametrize("name", ["list.txt", "gone.opml"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    if name == "list.txt":
        (tmp_path / name).write_text("x")
    with pytest.raises(BadInput, match=name):
        read_list(tmp_path / name)
