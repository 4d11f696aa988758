"""The three invented newspapers: what they list, what they answer, and the markup they are there to show."""

import gzip
import json
from collections import Counter
from datetime import date
from itertools import combinations
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from examples.newspapers import expected
from examples.newspapers.head import json_ld
from examples.newspapers.papers import COURIER, MERIDIAN, TAGBLATT, article_url
from examples.newspapers.pictures import MARKUPS
from examples.newspapers.site import HOSTS, PAPERS, Paper, Response, respond
from examples.newspapers.stories import load

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
UPDATED = "https://tagblatt.example/lokales/brand-alte-maelzerei-104381.html"


def get(url: str, edition: int = 1) -> Response:
    parts = urlsplit(url)
    return respond(parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""), edition)


def html(url: str, edition: int = 1) -> str:
    answer = get(url, edition)
    content_type = answer.header("content-type") or ""
    return answer.body.decode(content_type.partition("charset=")[2])


def xml(url: str, edition: int = 1) -> ET.Element:
    body = get(url, edition).body
    return ET.fromstring(gzip.decompress(body) if url.endswith(".gz") else body)  # noqa: S314 - our own pages


def located(sitemap: str, edition: int = 1) -> dict[str, str]:
    """URL and lastmod of everything that a sitemap or an index's children list."""
    root = xml(sitemap, edition)
    rows = {row.findtext(f"{MAP}loc", ""): row.findtext(f"{MAP}lastmod", "") for row in root}
    if root.tag == f"{MAP}sitemapindex":
        return {url: when for child in rows for url, when in located(child, edition).items()}
    return rows


def listed(paper: Paper, edition: int = 1) -> set[str]:
    in_sitemaps = {url for sitemap in paper.sitemaps for url in located(sitemap, edition)}
    return in_sitemaps | set(expected.feed_urls(paper, edition))


def plain(url: str) -> str:
    """The URL without fragment and tracking."""
    return url.partition("#")[0].replace("?utm_", "&utm_").partition("&utm_")[0]


@pytest.mark.parametrize("edition", [1, 2])
def test_every_listed_url_answers_as_expected(edition: int) -> None:
    articles = expected.articles(edition)
    others = {other.url: other for other in expected.OTHERS}
    seen = {plain(url): url for paper in PAPERS for url in listed(paper, edition)}
    assert set(seen) == set(articles) | set(others)
    for url, as_listed in seen.items():
        status = 200 if url in articles else others[url].status
        assert get(as_listed, edition).status == status, as_listed


def test_a_redirect_leads_to_an_article() -> None:
    moved = [other for other in expected.OTHERS if other.outcome == "redirect"]
    assert [get(other.url).header("Location") for other in moved] == [other.target for other in moved]
    assert all(other.target in expected.articles(1) for other in moved)


def test_robots_forbids_what_is_expected_to_be_forbidden() -> None:
    for other in expected.OTHERS:
        rules = get(f"https://{urlsplit(other.url).netloc}/robots.txt").body.decode()
        path = urlsplit(other.url).path
        barred = any(path.startswith(line.split()[1]) for line in rules.splitlines() if line.startswith("Disallow"))
        assert barred == (other.outcome == "robots")


def test_there_are_enough_articles_of_each_paper_and_language() -> None:
    articles = expected.articles(1).values()
    assert Counter(article.source for article in articles) == {"tagblatt": 22, "courier": 21, "meridian": 23}
    assert set(Counter(article.language for article in articles)) == {"de", "en", "ja", "ar", "es"}
    assert max(article.published_day for article in expected.articles(2).values()) == date(2026, 11, 20)
    assert min(len(article.text) for article in articles) > 300


def test_no_two_texts_are_equal_but_the_agency_story() -> None:
    texts = Counter(article.text for article in expected.articles(2).values())
    (wire,) = [text for text, count in texts.items() if count > 1]
    assert wire.startswith("PORT ELVIR, Valmora (dpa) - ")
    agency = [article for article in expected.articles(1).values() if article.agencies == ("dpa",)]
    assert {article.source for article in agency} == {"tagblatt", "courier", "meridian"}
    recut = next(article.text for article in agency if article.text != wire)
    assert sum(paragraph in wire for paragraph in recut.split("\n\n")) >= 5


def test_the_weather_reports_differ_in_places_and_numbers_alone() -> None:
    reports = [text.text for url, text in expected.articles(1).items() if "/forecast-" in url]
    assert len(reports) == 4
    for one, other in combinations(reports, 2):
        words, others = set(one.split()), set(other.split())
        assert 0.5 < len(words & others) / len(words | others) < 1


def test_every_markup_of_captions_and_credits_is_there() -> None:
    photos = [photo for paper in PAPERS for story in load(paper.source, 1) for photo in story.photos]
    assert {photo.markup for photo in photos} >= set(MARKUPS) - {"silent"}
    pages = "\n".join(html(url) for url in expected.articles(1))
    for css in ("caption", "imageCaption", "img-desc", "photoDescription", "credits", "copyright", "photoCredit"):
        for tag in ("p", "span", "div"):
            assert f'<{tag} class="{css}">' in pages, (tag, css)
    lines = ("Foto: ", "Bild: ", "Image: ", "Photo: Ellis Varga/AP", "Crédits photo : ", "Фото: ", "写真：", "© Jonna")
    assert all(f"<p>{line}" in pages for line in lines)
    for words in (
        "York.</span><span",
        "Pool via REUTERS)</p>",
        " (FILE)</p>",
        "<figcaption><p>",
        '<div class="gallery">',
    ):
        assert words in pages
    assert '<figure class="video">' in pages


def test_each_photo_stands_on_its_page_once() -> None:
    for paper in PAPERS:
        for story in load(paper.source, 2):
            places = [int(block.text) for block in story.blocks if block.kind == "photo"]
            assert sorted(places) == list(range(len(story.photos))), story.slug


def test_the_captions_of_alt_text_repeat_it() -> None:
    photos = [photo for paper in PAPERS for story in load(paper.source, 1) for photo in story.photos]
    assert all(photo.caption == photo.alt for photo in photos if photo.markup == "alt")


def test_pages_state_themselves_in_every_way() -> None:
    stories = [(paper, story) for paper in PAPERS for story in load(paper.source, 1)]
    assert {story.data for _, story in stories} == {"json-ld", "opengraph", "markup"}
    assert {story.times for _, story in stories} >= {("json-ld",), ("meta",), ("time",), ("printed",)}
    assert {story.free for _, story in stories} == {True, False, None}
    shapes = {type(json_ld(paper, story)["author"]) for paper, story in stories if paper is not MERIDIAN}
    assert shapes == {list, dict, str}
    assert all(len(story.authors) == 1 for _, story in stories if story.authors_as == "dict")
    kinds = {block.kind for _, story in stories for block in story.blocks}
    assert kinds >= {"related", "newsletter", "share", "copyright", "advertisement", "paywall"}


def test_json_ld_can_be_read() -> None:
    for url in expected.articles(1):
        _, _, rest = html(url).partition('<script type="application/ld+json">')
        if rest:
            assert json.loads(rest.partition("</script>")[0])["@context"] == "https://schema.org"


def test_one_page_is_latin_1_and_arabic_runs_from_right_to_left() -> None:
    latin = [url for url in expected.articles(1) if "iso-8859-1" in (get(url).header("Content-Type") or "")]
    assert len(latin) == 1
    assert '<meta charset="iso-8859-1">' in html(latin[0])
    assert "Crédits photo" in html(latin[0])
    with pytest.raises(UnicodeDecodeError):
        get(latin[0]).body.decode("utf-8")
    arabic = [url for url, article in expected.articles(1).items() if article.language == "ar"]
    assert all('<html lang="ar" dir="rtl">' in html(url) for url in arabic)


def test_a_section_front_is_no_article() -> None:
    (section,) = [other.url for other in expected.OTHERS if other.outcome == "section"]
    assert html(section).count('class="teaser"') >= 4
    assert "application/ld+json" not in html(section)


def test_feeds_are_well_formed() -> None:
    rss = xml(TAGBLATT.feeds[0])
    atom = xml(COURIER.feeds[0])
    feed = json.loads(get(MERIDIAN.feeds[0]).body)
    assert [item.findtext("link") for item in rss.iter("item")] == list(expected.feed_urls(TAGBLATT, 1))
    entries = [entry.find(f"{ATOM}link") for entry in atom.iter(f"{ATOM}entry")]
    links = [link.get("href") for link in entries if link is not None]
    assert links == list(expected.feed_urls(COURIER, 1))
    assert [item["url"] for item in feed["items"]] == list(expected.feed_urls(MERIDIAN, 1))
    everything = [url for paper in PAPERS for url in expected.feed_urls(paper, 1)]
    assert sum("utm_" in url for url in everything) >= 3
    assert sum("#" in url for url in everything) == 1


def test_the_sitemap_index_has_a_gzip_file_a_month() -> None:
    root = xml(TAGBLATT.sitemaps[0])
    children = [row.findtext(f"{MAP}loc", "") for row in root]
    assert children == [f"https://tagblatt.example/sitemaps/2026-{month:02}.xml.gz" for month in (8, 9, 10, 11)]
    for child in children:
        articles = [expected.articles(1)[url] for url in located(child) if url in expected.articles(1)]
        assert {f"{article.published_day:%Y-%m}" for article in articles} == {child[-14:-7]}


def test_the_second_edition_changes_one_article_and_adds_three() -> None:
    first, second = expected.articles(1), expected.articles(2)
    added = [article for url, article in second.items() if url not in first]
    assert [article.since for article in added] == [2, 2, 2]
    assert {article.source for article in added} == {"tagblatt", "courier", "meridian"}
    changed = [url for url in first if html(url, 1) != html(url, 2)]
    assert changed == [UPDATED]
    before, after = first[UPDATED], second[UPDATED]
    assert after.title != before.title
    assert after.text.startswith(before.text)
    assert len(after.text.split("\n\n")) == len(before.text.split("\n\n")) + 1
    assert before.modified is None
    assert after.modified is not None
    assert located(TAGBLATT.sitemaps[0], 2)[UPDATED] > located(TAGBLATT.sitemaps[0], 1)[UPDATED]
    assert b"2026-11-19T09:40:00+01:00</atom:updated>" in get(TAGBLATT.feeds[0], 2).body


def test_expected_urls_are_those_of_the_pages_themselves() -> None:
    for paper in PAPERS:
        for story in load(paper.source, 1):
            article = expected.articles(1)[article_url(paper, story)]
            page = html(article.url)
            words = article.first_words.partition("'")[0]
            assert words[:15] in page, article.url
            assert paper.host == urlsplit(article.url).netloc


def test_unknown_hosts_and_editions_are_refused() -> None:
    assert respond("elsewhere.example", "/", 1).status == 421
    with pytest.raises(ValueError, match="no edition 3"):
        respond(HOSTS[0], "/", 3)


def test_pictures_and_fronts_are_served() -> None:
    assert get("https://tagblatt.example/img/linnebruecke.png").body.startswith(b"\x89PNG")
    assert all(get(paper.home).status == 200 for paper in PAPERS)
