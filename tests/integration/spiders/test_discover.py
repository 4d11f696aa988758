"""Visits to feeds and sitemaps, as the journal tells of them."""

import gzip
from datetime import timedelta

import pytest

from spiders.job import Feed, Source
from tests.integration.spiders.conftest import Crawls, source
from tests.integration.spiders.site import Answer, Site
from warehouse.clock import now
from warehouse.journal import Refused, Visited

URL = "https://tagblatt.example"
XML = {"Content-Type": "application/xml"}


def rss(*links: str) -> bytes:
    items = "".join(
        f"<item><title>Rain</title><link>{link}</link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f'<rss version="2.0"><channel><title>Tagblatt</title>{items}</channel></rss>'.encode()


def urlset(*paths: str) -> bytes:
    urls = "".join(f"<url><loc>{URL}{path}</loc><lastmod>2026-10-02</lastmod></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def index(*paths: str) -> bytes:
    maps = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in paths)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()


def visits(crawls: Crawls) -> dict[str, Visited]:
    return {event.url.removeprefix(URL): event for event in crawls.visited()}


def test_feeds_and_sitemaps_of_every_kind_show_their_pages(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {
        "/rss": Answer(rss("/rain?utm_source=rss&id=1", "https://m.tagblatt.example/b"), 200, XML),
        "/atom": Answer(
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/c"/><updated>2026-11-01T08:00:00Z'
            b"</updated></entry></feed>"
        ),
        "/json": Answer(
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/d", "date_published": "2026"}]}'
        ),
        "/sitemap.xml": Answer(index("/sitemap-10.xml.gz", "/news.xml", "https://elsewhere.example/s.xml")),
        "/sitemap-10.xml.gz": Answer(gzip.compress(urlset("/e", "/f"))),
        "/news.xml": Answer(
            b'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>'
            + f"{URL}/g".encode()
            + b"</loc><n:news><n:publication_date>2026-11-20T08:00:00+01:00</n:publication_date></n:news></url>"
            b"</urlset>"
        ),
    }
    paper = source("tagblatt", feeds=[f"{URL}{path}" for path in ("/rss", "/atom", "/json", "/sitemap.xml")])
    answer = crawls.run("discover", [paper])

    found = {event.url: event for event in crawls.found()}
    assert found.keys() == {
        f"{URL}/rain?id=1", "https://m.tagblatt.example/b", f"{URL}/c", f"{URL}/d", f"{URL}/e", f"{URL}/f", f"{URL}/g",
    }  # fmt: skip
    assert found[f"{URL}/rain?id=1"].published == "Mon, 02 Nov 2026 08:00:00 GMT"
    assert found[f"{URL}/rain?id=1"].via == f"{URL}/rss"
    assert found[f"{URL}/c"].modified == "2026-11-01T08:00:00Z"
    assert (found[f"{URL}/e"].modified, found[f"{URL}/e"].via) == ("2026-10-02", f"{URL}/sitemap-10.xml.gz")
    assert found[f"{URL}/g"].published == "2026-11-20T08:00:00+01:00"
    assert {path: (visit.kind, visit.entries) for path, visit in visits(crawls).items()} == {
        "/rss": ("rss", 2),
        "/atom": ("atom", 1),
        "/json": ("json", 1),
        "/sitemap.xml": ("sitemap-index", 3),
        "/sitemap-10.xml.gz": ("sitemap", 2),
        "/news.xml": ("sitemap", 1),
    }
    assert visits(crawls)["/sitemap.xml"].error == "not followed: 1 sitemaps on foreign sites"
    assert (answer.tallies["tagblatt"].found, answer.tallies["tagblatt"].feeds_failed) == (7, 0)


def test_what_has_not_changed_is_asked_for_conditionally(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    modified = "Mon, 02 Nov 2026 08:00:00 GMT"
    site.routes["/rss"] = Answer(rss("/rain"), 200, XML | {"ETag": '"7"', "Last-Modified": modified})
    crawls.run("discover", [source(feeds=[f"{URL}/rss"])])
    first = visits(crawls)["/rss"]
    assert (first.status, first.etag, first.last_modified) == (200, '"7"', modified)

    site.routes["/rss"] = Answer(b"", 304, {"Content-Encoding": "gzip"})
    feed = Feed(url=f"{URL}/rss", kind="feed", etag=first.etag, last_modified=first.last_modified)
    answer = crawls.run("discover", [Source(source="paper", delay=0, feeds=(feed,))])

    assert site.asked[-1].headers["if-none-match"] == '"7"'
    assert site.asked[-1].headers["if-modified-since"] == modified
    second = visits(crawls)["/rss"]
    assert (second.status, second.entries, second.error) == (304, 0, None)
    assert (second.etag, second.last_modified) == ('"7"', modified), "the next visit asks with them too"
    assert (answer.tallies["paper"].feeds_failed, answer.tallies["paper"].error) == (0, None)


def test_links_to_other_papers_are_refused_unless_the_source_names_their_domain(crawls: Crawls, site: Site) -> None:
    crawls.serve("feeds.example", site)
    links = ("https://www.tagblatt.example/a", "https://other.example/b", "mailto:desk@tagblatt.example")
    site.routes["/tagblatt"] = Answer(rss(*links), 200, XML)
    feed = Feed(url="https://feeds.example/tagblatt", kind="feed")
    crawls.run("discover", [Source(source="paper", delay=0, feeds=(feed,), domains=("tagblatt.example",))])

    assert [event.url for event in crawls.found()] == ["https://www.tagblatt.example/a"]
    refused = [event for event in crawls.events() if isinstance(event, Refused)]
    assert {event.url: event.reason for event in refused} == {
        "https://other.example/b": "foreign",
        "mailto:desk@tagblatt.example": "guard",
    }
    assert all(event.via == feed.url for event in refused)


def test_indexes_that_loop_or_go_deep_end(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/sitemap-{n}.xml": Answer(index(f"/sitemap-{n + 1}.xml", "/sitemap-0.xml")) for n in range(9)}
    crawls.run("discover", [source(feeds=[f"{URL}/sitemap-0.xml"])])

    assert site.paths() == [f"/sitemap-{n}.xml" for n in range(4)]
    assert visits(crawls)["/sitemap-3.xml"].error == "not followed: an index more than 3 deep"


def test_only_sitemaps_that_can_hold_the_days_are_read(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    months = [f"/sitemap-2026-{month:02}.xml" for month in range(1, 13)]
    site.routes = {"/sitemap.xml": Answer(index(*months, "/sitemap-pages.xml"))}
    site.routes |= {month: Answer(urlset(f"/article{month}")) for month in months}
    wishes = {"first_day": "2026-03-02", "last_day": "2026-03-31"}
    crawls.run("discover", [source(feeds=[f"{URL}/sitemap.xml"])], **wishes)

    # the last of March in the paper's zone may be the first of April in ours
    assert set(site.paths()) == {
        "/sitemap.xml", "/sitemap-2026-03.xml", "/sitemap-2026-04.xml", "/sitemap-pages.xml"
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_what_cannot_be_read_is_a_visit_with_a_reason(crawls: Crawls, site: Site, kind: str) -> None:
    crawls.network = {"max_body": 1_000_000}
    crawls.serve("tagblatt.example", site)
    site.routes = {
        "/html": Answer(b"<!doctype html><html><p>Nothing here"),
        "/empty": Answer(b""),
        "/bomb": Answer(gzip.compress(b"<urlset>" + b" " * 50_000_000)),
        "/entities": Answer(
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><link>&x;</link></item>'
        ),
        "/missing": Answer(b"", 404),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /closed"),
    }
    paths = ["/html", "/empty", "/bomb", "/entities", "/missing", "/closed"]
    feeds = tuple(Feed.model_validate({"url": f"{URL}{path}", "kind": kind}) for path in paths)
    local = Feed.model_validate({"url": "file:///etc/passwd", "kind": kind})
    answer = crawls.run("discover", [Source(source="paper", delay=0, feeds=(*feeds, local))])

    assert not [event for event in crawls.found() if "passwd" in event.url]
    errors = {path: visit.error or "" for path, visit in visits(crawls).items()}
    assert "HTML" in errors["/html"]
    assert "empty" in errors["/empty"]
    assert errors["/missing"] == "HTTP status 404"
    assert errors["/closed"].startswith("robots: ")
    assert errors["file:///etc/passwd"].startswith("guard: ")
    if kind == "sitemap":
        assert "too large" in errors["/bomb"]
    assert "root:" not in "".join(path.read_text() for path in (crawls.home / "archive").rglob("*.jsonl"))
    tally = answer.tallies["paper"]
    assert tally.feeds_failed >= 6
    assert all(errors[path] for path in errors if path != "/entities")


def test_only_what_is_new_or_dated_anew_is_noted_again(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    for entries in (("/a", "/b"), ("/a", "/b"), ("/c", "/a", "/b"), ("/c",), ("/a", "/c")):
        site.routes["/rss"] = Answer(rss(*entries), 200, XML)
        crawls.run("discover", [source(feeds=[f"{URL}/rss"])])
    assert [event.url.removeprefix(URL) for event in crawls.found()] == ["/a", "/b", "/c"]
    assert [visit.new for visit in crawls.visited()] == [None, 0, 1, 0, 0]

    for shown in (crawls.home / "shown").iterdir():
        shown.unlink()
    crawls.run("discover", [source(feeds=[f"{URL}/rss"])])
    assert len(crawls.found()) == 5, "what is forgotten is noted once more"
    assert crawls.visited()[-1].new is None


def test_what_counts_as_the_paper_s_own_is_asked_anew_when_it_changes(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes["/rss"] = Answer(rss("https://other.example/b"), 200, XML)
    crawls.run("discover", [source(feeds=[f"{URL}/rss"])])
    crawls.run("discover", [source(feeds=[f"{URL}/rss"]).model_copy(update={"domains": ("other.example",)})])
    assert crawls.reasons() == {"https://other.example/b": "foreign"}
    assert [event.url for event in crawls.found()] == ["https://other.example/b"]


def test_sitemaps_of_an_index_are_read_when_it_says_so_and_now_and_then_anyway(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    moment = now()
    hour = timedelta(hours=1)
    names = ("unknown", "newer", "same", "long-ago", "undated-due", "undated", "lied")
    dated = dict.fromkeys(names, moment - 3 * hour) | {"newer": moment - hour, "long-ago": moment - 8 * hour}
    children = "".join(
        f"<sitemap><loc>{URL}/{name}.xml</loc>"
        + ("" if "undated" in name else f"<lastmod>{dated[name]:%Y-%m-%dT%H:%M:%SZ}</lastmod>")
        + "</sitemap>"
        for name in names
    )
    site.routes = {f"/{name}.xml": Answer(urlset("/x"), 200, XML) for name in names}
    site.routes["/sitemap.xml"] = Answer(f"<sitemapindex>{children}</sitemapindex>".encode(), 200, XML)
    known = {
        "newer": (2 * hour, hour, True),
        "same": (2 * hour, -hour, True),
        "long-ago": (7 * hour, hour, True),
        "undated-due": (2 * hour, timedelta(0), True),
        "undated": (2 * hour, hour, True),
        "lied": (2 * hour, -hour, False),
    }
    listed = [
        Feed(url=f"{URL}/{name}.xml", kind="sitemap", last_success_at=moment - ago, next_due_at=moment + due, believed=told)
        for name, (ago, due, told) in known.items()
    ]  # fmt: skip
    paper = source(feeds=[f"{URL}/sitemap.xml"]).model_copy(update={"listed": tuple(listed)})
    crawls.run("discover", [paper])
    assert sorted(site.paths()[1:]) == ["/lied.xml", "/long-ago.xml", "/newer.xml", "/undated-due.xml", "/unknown.xml"]
    index, *visited = crawls.visited()
    assert index.new == 2, "newer and unknown"
    assert {visit.parent for visit in visited} == {f"{URL}/sitemap.xml"}


def test_how_long_an_answer_keeps_is_noted(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    ttl = rss("/a").replace(b"<channel>", b"<channel><ttl>30</ttl>")
    site.routes = {
        "/1": Answer(rss("/a"), 200, XML | {"Cache-Control": 'public, max-age="900"'}),
        "/2": Answer(ttl, 200, XML),
        "/3": Answer(b"", 503, {"Retry-After": "40"}),
    }
    crawls.run("discover", [source(feeds=[f"{URL}/{number}" for number in (1, 2, 3)])])
    assert {path: visit.keeps_s for path, visit in visits(crawls).items()} == {"/1": 900, "/2": 1800, "/3": 40}


def test_dates_that_all_change_at_once_are_not_believed(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    pages = [f"/{number}" for number in range(30)]
    for day in (2, 3):
        body = urlset(*pages, *(["/new"] if day == 3 else [])).replace(b"2026-10-02", b"2026-10-%02d" % day)
        site.routes["/sitemap.xml"] = Answer(body, 200, XML)
        crawls.run("discover", [source(feeds=[f"{URL}/sitemap.xml"])])
    assert len(crawls.found()) == 31
    assert crawls.visited()[-1].error == "not believed: 30 pages changed at once"
    one = urlset(*pages, "/new").replace(b"2026-10-02", b"2026-10-03").replace(b"2026-10-03", b"2026-10-04", 1)
    site.routes["/sitemap.xml"] = Answer(one, 200, XML)
    crawls.run("discover", [source(feeds=[f"{URL}/sitemap.xml"])])
    assert [(event.url, event.modified) for event in crawls.found()[31:]] == [(f"{URL}/0", "2026-10-04")]


def test_what_was_never_visited_comes_first_and_then_what_has_waited_longest(crawls: Crawls, site: Site) -> None:
    """So that feeds for which a look has no time are not passed over by the next one, too."""
    crawls.serve("tagblatt.example", site)
    waits = {"/a": 3, "/b": 9, "/c": None, "/d": 6}
    site.routes = {path: Answer(rss(), 200, XML) for path in waits}
    feeds = [
        Feed(url=f"{URL}{path}", kind="feed", next_due_at=None if hours is None else now() - timedelta(hours=hours))
        for path, hours in waits.items()
    ]
    crawls.run("discover", [source("tagblatt").model_copy(update={"feeds": tuple(feeds), "delay": 0.2})])
    assert site.paths() == ["/c", "/b", "/d", "/a"]


def test_feeds_for_which_there_is_no_time_are_counted(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    site.routes = {f"/{number}": Answer(rss(), 200, XML) for number in range(8)}
    paper = source("tagblatt", feeds=[f"{URL}{path}" for path in site.routes], delay=1)
    answer = crawls.run("discover", [paper], max_minutes=2.5 / 60)
    assert 4 <= answer.tallies["tagblatt"].feeds_left <= 6
    assert answer.tallies["tagblatt"].feeds_left + len(crawls.visited()) == 8


def test_of_an_index_the_newest_are_visited_in_turns_with_those_that_never_were(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    months = [f"/2026-{month:02}.xml" for month in range(1, 9)]
    site.routes = {"/index.xml": Answer(index(*months)), **{path: Answer(urlset()) for path in months}}
    before = tuple(
        Feed(
            url=f"{URL}{path}",
            kind="sitemap",
            last_success_at=now(),
            next_due_at=now() - timedelta(minutes=9 - int(path[6:8])),
        )
        for path in months[4:]
    )
    paper = source("tagblatt", feeds=[f"{URL}/index.xml"]).model_copy(update={"listed": before, "delay": 0.2})
    crawls.run("discover", [paper])
    assert [path[6:8] for path in site.paths()[1:]] == ["04", "08", "05", "03", "07", "06", "02", "01"]


def test_a_sitemap_without_a_day_may_hold_what_is_new(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    children = ["/2026-01.xml", "/2026-02.xml", "/2026-03.xml", "/latest.xml"]
    site.routes = {"/index.xml": Answer(index(*children)), **{path: Answer(urlset()) for path in children}}
    crawls.run("discover", [source("tagblatt", feeds=[f"{URL}/index.xml"], delay=0.2)])
    assert site.paths()[1:] == ["/latest.xml", "/2026-03.xml", "/2026-02.xml", "/2026-01.xml"]


def test_dates_at_the_end_of_the_calendar_end_no_look(crawls: Crawls, site: Site) -> None:
    crawls.serve("tagblatt.example", site)
    maps = "".join(
        f"<sitemap><loc>{path}</loc><lastmod>{day}</lastmod></sitemap>"
        for path, day in (("/a", "9999-12-31"), ("/b", "0001-01-01"), ("/c", "2026-10-02"))
    )
    site.routes = {
        "/index.xml": Answer(f"<sitemapindex>{maps}</sitemapindex>".encode()),
        **{path: Answer(urlset("/rain")) for path in ("/a", "/b", "/c")},
    }
    answer = crawls.run(
        "discover", [source("tagblatt", feeds=[f"{URL}/index.xml"])], first_day="2026-10-01", last_day="2026-10-31"
    )
    assert answer.finished == "finished"
    assert sorted(site.paths()[1:]) == ["/a", "/c"]
