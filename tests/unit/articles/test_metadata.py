"""Titles, authors, dates and languages as pages write them."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import agencies, authors, decode, jsonld, languages, titles
from articles.extract import extract
from articles.model import Article, Hints, Page, Rejection

NOW = datetime(2026, 3, 5, tzinfo=UTC)
PROSE = "".join(
    f"<p>{line}</p>"
    for line in (
        "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk about it.",
        "The mayor told a hall full of people that the money had been set aside in the spring, and that two boats were ordered.",
        "Nobody could say how many of the people who now drive across the bridge would take a boat to work instead of that.",
        "The first crossing is planned for the second week of May, and the fare has not been decided yet, the council said.",
    )
)


def page(
    head: str = "", body: str = PROSE, url: str = "https://www.zern.example/ferries", hints: Hints = Hints()
) -> Article:
    html = f"<html lang='en'><head>{head}</head><body><article>{body}</article></body></html>"
    found = extract(Page(url, html, NOW, hints=hints))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("og", "headline", "h1", "document", "title"),
    [
        ("Ferries return | Zern Post", None, None, None, "Ferries return"),
        ("Ferries return - Zern Post", "Ferries return", None, None, "Ferries return"),
        ("Zern Post: Ferries return to the lake", None, None, None, "Zern Post: Ferries return to the lake"),
        (
            "Ferries return to the lake - National",
            "Ferries return to the lake",
            None,
            None,
            "Ferries return to the lake",
        ),
        (
            "Lake: the ferries come back again",
            None,
            "Zern - the ferries come back again",
            None,
            "the ferries come back again",
        ),
        ("Ferries return to the …", "Ferries return to the lake", None, None, "Ferries return to the lake"),
        (None, None, None, "Ferries return — zern.example", "Ferries return"),
        ("Zern Post", None, "Ferries return", None, "Ferries return"),
        ("What ferries cost | Zern Post", "Ferries are back", "Ferries are back", None, "Ferries are back"),
        ("What ferries cost", "Ferries are back", "Ferries are back", None, "What ferries cost"),
        (None, None, None, None, None),
    ],
)
def test_titles(og: str | None, headline: str | None, h1: str | None, document: str | None, title: str | None) -> None:
    assert titles.title(og, headline, h1, document, ["Zern Post", "zern.example"]) == title


@pytest.mark.parametrize(
    ("names", "persons", "wires"),
    [
        ([("Person", "Jane Doe")], ("Jane Doe",), ()),
        ([("", "By Jane Doe and Ivo Hals")], ("Jane Doe", "Ivo Hals"), ()),
        ([("", "Von Jane Doe, Ivo Hals und Mira Stahl")], ("Jane Doe", "Ivo Hals", "Mira Stahl"), ()),
        ([("", "Jane Doe, Political Editor")], ("Jane Doe",), ()),
        ([("", "Doe, Jane")], ("Jane Doe",), ()),
        ([("Person", "Jane Doe"), ("Organization", "Zern Post")], ("Jane Doe",), ()),
        ([("Person", "Reuters"), ("Person", "Jane Doe")], ("Jane Doe",), ("Reuters",)),
        ([("", "Deutsche Presse-Agentur")], (), ("dpa",)),
        ([("", "Jane Doe jane@zern.example @janedoe")], ("Jane Doe",), ()),
        ([("", "zern post"), ("", "admin"), ("", "jane-doe"), ("", "https://zern.example/jane")], (), ()),
        ([("", "山田湖子")], ("山田湖子",), ()),
        ([("", "Jane Doe and Mary E Smith")], ("Jane Doe", "Mary E Smith"), ()),
        ([("Person", "Rahul A Sharma")], ("Rahul A Sharma",), ()),
        ([("", "Ana Ruiz y Juan Gil")], ("Ana Ruiz", "Juan Gil"), ()),
        ([("", "Manuel Ruiz y Gasset")], ("Manuel Ruiz y Gasset",), ()),
        ([("", "Ana Ruiz y EFE")], ("Ana Ruiz",), ("EFE",)),
        ([("", "Jan Novák a Petr Svoboda")], ("Jan Novák", "Petr Svoboda"), ()),
        ([("", "dpa/Jane Doe")], ("Jane Doe",), ("dpa",)),
        ([("", "Jane Doe in Zern and Ivo Hals in New Zern")], ("Jane Doe", "Ivo Hals"), ()),
        ([("", "Sophie in 't Veld")], ("Sophie in 't Veld",), ()),
    ],
)
def test_authors_are_persons(names: list[tuple[str, str]], persons: tuple[str, ...], wires: tuple[str, ...]) -> None:
    found, named = authors.people(names, ["Zern Post"])
    assert (found, tuple(named)) == (persons, wires)


def test_an_agency_stands_as_author_as_its_byline_has_it_where_no_person_does() -> None:
    persons, wires = authors.people([("", "The Associated Press"), ("", "AP")], [])
    assert (authors.signatories(persons, wires, ("Zern Post",)), tuple(wires)) == (("The Associated Press",), ("AP",))
    persons, wires = authors.people([("", "The Associated Press"), ("", "Jane Doe")], [])
    assert authors.signatories(persons, wires) == ("Jane Doe",)


def test_a_page_without_a_date_gets_none() -> None:
    assert page().published is None
    assert (
        page(
            body=PROSE + "<p>The Lark first crossed the lake on 4 May 2011, a Wednesday, and sank on 7 June 2012.</p>"
        ).published
        is None
    )


def test_the_feed_dates_what_the_page_does_not() -> None:
    found = page(hints=Hints(feed_published="Tue, 03 Mar 2026 10:00:00 GMT")).published
    assert found is not None
    assert found.source == "feed"


STRAY = '<time datetime="2020-01-01T00:00:00Z">1 Jan 2020</time>'
OWN = '<time datetime="2026-03-03T10:30:00Z">3 March</time>'


@pytest.mark.parametrize(
    ("body", "source"),
    [
        (f"<h1>Ferries</h1><p class='intro'>{'The ferries come back. ' * 8}</p>{OWN}{PROSE}{STRAY}", "time"),
        (f"<header>{OWN}<h1>Ferries</h1></header>{PROSE}<div>{STRAY}</div>", "time"),
        (f"<h1>Ferries</h1><div class='most-read'>{STRAY}</div>{OWN}{PROSE}", "time"),
        (f"<h1>Ferries</h1>{OWN.replace('03-03', '03-04')} Published {OWN}{PROSE}", "time"),
        (f"<h1>Ferries</h1>{PROSE}<section class='comments'>{STRAY}</section>", "feed"),
        (f"<h1>Ferries</h1>{PROSE}<div>{STRAY}</div>", "feed"),
    ],
    ids=["behind the standfirst", "above the headline", "past a box", "updated and published", "a comment", "below"],
)
def test_a_time_is_the_article_s_where_it_stands_with_the_headline(body: str, source: str) -> None:
    found = page(body=body, hints=Hints(feed_published="2026-03-03T10:30:00Z")).published
    assert found is not None
    assert (found.at, found.source) == (datetime(2026, 3, 3, 10, 30, tzinfo=UTC), source)


def test_a_date_in_words_counts_before_a_time_that_may_be_anything_s() -> None:
    dated = "<p class='article-date'>3 March 2026, 10:30</p>"
    found = page(body=f"<h1>Ferries</h1>{dated}{PROSE}<div>{STRAY}</div>").published
    assert found is not None
    assert (found.day.isoformat(), found.source) == ("2026-03-03", "text")
    found = page(body=f"<h1>Ferries</h1>{PROSE}<div>{STRAY}</div>").published
    assert found is not None
    assert (found.day.isoformat(), found.source) == ("2020-01-01", "time")


def test_a_page_that_contradicts_itself_is_flagged() -> None:
    linked = (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-01T10:00:00Z"}</script>'
    )
    found = page(linked + '<meta property="article:published_time" content="2026-03-01T10:00:00Z">')
    assert found.published_conflict
    assert found.published is not None
    assert found.published.source == "json-ld"


def test_a_finer_date_of_the_same_day_wins() -> None:
    linked = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-01"}</script>'
    found = page(linked + '<meta property="article:published_time" content="2026-03-01T10:00:00Z">').published
    assert found is not None
    assert (found.at.hour, found.precision) == (10, "second")


def test_of_several_nodes_the_pages_own_is_read() -> None:
    tree = decode.parse(
        '<html><script type="application/ld+json">[{"@type":"NewsArticle","headline":"Other","author":"A B","datePublished":"x","description":"d",'
        '"url":"https://zern.example/other"},{"@type":"NewsArticle","headline":"Mine","url":"https://zern.example/mine"}]</script><p>x</p></html>'
    )
    assert jsonld.read(tree, "https://zern.example/mine").headline == "Mine"


@pytest.mark.parametrize(
    "raw", ["[" * 50_000, '{"a":' * 5_000, "<!-- {} -->", '{"headline": NaN}', '{"a": 1,}', "", "9" * 5_000]
)
def test_broken_json_is_survived(raw: str) -> None:
    tree = decode.parse(f'<html><script type="application/ld+json">{raw}</script><p>x</p></html>')
    assert jsonld.read(tree, "https://zern.example/a").headline is None


def test_language_of_markup_is_checked_against_the_text() -> None:
    german = (
        "Der Stadtrat von Zern hat am Dienstag beschlossen, die Fähren nach zwanzig Jahren wieder auf den See zu schicken. "
        * 3
    )
    assert languages.language(german, ["de-AT"], None) == ("de", "markup")
    assert languages.language(german, ["en-US"], None) == ("de", "text")
    assert languages.language(german, [None], "fr") == ("de", "text")
    assert languages.language("Hm.", [None], "fr") == ("fr", "source")
    assert languages.language("Hm.", [None], None) == ("und", "none")


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Jane Doe/AFP via Getty Images", "Getty Images"),
        ("AP Photo/Jane Doe", "AP"),
        ("Jana Dorn / dpa", "dpa"),
        ("Jane Doe", None),
        ("", None),
    ],
)
def test_agencies_have_one_name(credit: str, agency: str | None) -> None:
    assert agencies.agency_of(credit) == agency


def test_a_claimed_canonical_is_kept_as_a_claim() -> None:
    assert page('<link rel="canonical" href="https://victim.example/x">').canonical_claim == "https://victim.example/x"
    assert page('<link rel="canonical" href="https://www.zern.example/ferries">').canonical_claim is None
    assert page('<link rel="canonical" href="javascript:alert(1)">').canonical_claim is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"   ", "empty"),
        (b"<html><body></body></html>", "no_text"),
        (
            b"<title>Seite nicht gefunden</title><p>Diese Seite gibt es nicht mehr. Bitte suchen Sie auf der Startseite danach.</p>",
            "error_page",
        ),
        (
            (
                b"<title>Log in - Zern</title><form><p>Log in to read the paper on all your devices, at any time.</p>"
                b"<input name=u><input type=password></form>"
            ),
            "login",
        ),
        (
            (
                b'<title>ferries</title><script type="application/ld+json">{"@type": "SearchResultsPage"}</script>'
                b"<p>We found seven articles about the ferries of Zern, from the last ten years of this paper.</p>"
            ),
            "search",
        ),
        (
            (
                b'<title>The ferries</title><meta property="og:type" content="video.other">'
                b"<p>Watch how the ferries came back to the lake of Zern last Tuesday, from the air and from below.</p>"
            ),
            "video",
        ),
        (
            (
                b"<title>Zern</title><p>We and our partners keep cookies on your device.</p>"
                b"<p>Accept all cookies or go to the privacy settings of this page.</p>"
            ),
            "consent",
        ),
    ],
)
def test_what_is_no_article_says_why(html: bytes, reason: str) -> None:
    found = extract(Page("https://zern.example/a", html, NOW))
    assert isinstance(found, Rejection)
    assert found.reason == reason


def test_a_search_is_known_by_its_address() -> None:
    html = "<title>ferries</title><p>We found seven articles about the ferries of Zern, from the last ten years.</p>"
    for url in ("https://zern.example/find?q=ferries", "https://zern.example/?s=ferries"):
        assert getattr(extract(Page(url, html, NOW)), "reason", None) == "search"
    assert isinstance(extract(Page("https://zern.example/a?s=09", html, NOW)), Article)


def test_a_video_with_an_article_is_an_article() -> None:
    head = (
        '<meta property="og:type" content="video"><script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    )
    text = "<p>The ferries came back to the lake of Zern last Tuesday, and the band of the fire brigade played.</p>"
    assert isinstance(extract(Page("https://zern.example/a", f"<title>Ferries</title>{head}{text}", NOW)), Article)


def test_time_is_an_argument() -> None:
    head = '<meta property="article:published_time" content="2026-03-04T10:00:00Z">'
    html = f"<html><head>{head}</head><body><article>{PROSE}</article></body></html>"
    before = extract(Page("https://zern.example/a", html, NOW - timedelta(days=30)))
    assert isinstance(before, Article)
    assert before.published is None
