"""What holds of every page and every text."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from articles import cuts as cutting
from articles import dates, plaintext, textform
from articles.cuts import Cut
from articles.extract import extract
from articles.model import EXTRACTOR, Article, Page

NOW = datetime(2026, 3, 5, tzinfo=UTC)
PROSE = [
    "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk about it.",
    "Nobody could say where the money would come from, the mayor told a hall full of people who had waited all night.",
    "Der Stadtrat hat am Dienstag beschlossen, die Fähren nach zwanzig Jahren wieder auf den See hinaus zu schicken.",
    "Le conseil a approuvé mardi un plan pour ramener les bateaux sur le lac après vingt ans de longues discussions.",
    "湖を渡るフェリーが二十年ぶりに戻ることになり、市議会は火曜日に計画を承認したと市長が述べた。",
]
PICTURES = [
    "Ferry on the lake\nFerry on the lakeJane Doe/Reuters",
    "Fähre auf dem See\nFoto: Jana Dorn/dpa",
    "Photo: Jane Doe/AP",
    "The pier (Photo: Jane Doe/AFP)",
    "Le vieux port (Crédit photo : Anne Petit/AFP)",
]
FURNITURE = [
    "Read more: The old ferries",
    "Advertisement",
    "Lesen Sie auch: Der Streit am See",
    "Share this article",
    "© 2026 Zern Post",
]
TAILED = [f"{PROSE[0]} (Photo: Jane Doe/Pool via REUTERS)", f"{PROSE[2]} (Foto: Jana Dorn/dpa)"]
PARAGRAPHS = st.lists(st.sampled_from(PROSE + PICTURES + FURNITURE + TAILED), min_size=1, max_size=12)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("2026-03-01T10:00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "name", "url", "author", "headline", "@graph", "datePublished", "image", "publisher"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


def of_text(text: str) -> object:
    return extract(Page("urn:sha256:" + "0" * 64, text, NOW, media_type="text/plain"))


@given(PARAGRAPHS)
def test_a_text_and_what_was_removed_from_it_give_the_block_back(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    article = of_text(text)
    if isinstance(article, Article):
        assert cutting.restored(article.text, article.removed) == [line.text for line in plaintext.lines(text)]


@given(st.data(), st.lists(TEXT.map(textform.clean_line).filter(bool), min_size=1, max_size=10))
def test_any_cuts_can_be_undone(data: st.DataObject, block: list[str]) -> None:
    cuts = []
    for number, line in enumerate(block):
        choice = data.draw(st.sampled_from(["keep", "cut", "tail"]))
        if choice == "cut":
            cuts.append(Cut(number, "other", "some-rule", line))
        elif choice == "tail" and len(line) > 1:
            at = data.draw(st.integers(1, len(line) - 1))
            cuts.append(Cut(number, "credit", "some-tail", line[at:], line[:at]))
    text, removed, _ = cutting.apply(block, cuts, textform.gaps(block))
    assert cutting.restored(text, removed) == block
    assert all(0 <= row.position <= len(text) for row in removed)


@given(
    st.lists(st.sampled_from(PROSE), min_size=1, max_size=8), st.sampled_from(["\n\n", "\r\n\r\n", "\n \n", "\n\n\n"])
)
def test_a_text_of_prose_stays_as_it_is(paragraphs: list[str], gap: str) -> None:
    article = of_text(gap.join(paragraphs))
    assert isinstance(article, Article)
    assert article.text == "\n\n".join(paragraphs)
    assert article.photos == ()
    assert article.removed == ()


@given(PARAGRAPHS)
def test_the_words_of_a_photo_stand_among_the_removed(paragraphs: list[str]) -> None:
    article = of_text("\n\n".join([*paragraphs, PROSE[0]]))
    assert isinstance(article, Article)
    gone = textform.squeeze("".join(row.text for row in article.removed if row.kind in ("caption", "credit")))
    for photo in article.photos:
        assert textform.squeeze(photo.caption or "") in gone
        assert textform.squeeze(photo.credit or "") in gone


@settings(max_examples=60)
@given(JSON)
def test_no_json_breaks_a_page(value: object) -> None:
    linked = json.dumps(value).replace("</", "<\\/")
    body = "".join(f"<p>{line}</p>" for line in PROSE)
    head = f'<script type="application/ld+json">{linked}</script>'
    html = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    article = extract(Page("https://zern.example/a", html, NOW))
    assert isinstance(article, Article)
    assert article.extractor == EXTRACTOR
    assert article.title is None or isinstance(article.title, str)
    assert all(isinstance(name, str) and name for name in (*article.authors, *article.agencies, *article.tags))
    if article.published:
        assert dates.EARLIEST <= article.published.at <= NOW + dates.LATEST


@given(st.text(max_size=80) | st.from_regex(r"[0-9 ./:TZ+-]{1,40}", fullmatch=True))
def test_no_string_gives_an_impossible_date(raw: str) -> None:
    found = dates.moment(raw, "meta", NOW, "Europe/Berlin")
    assert found is None or dates.EARLIEST <= found.at <= NOW + dates.LATEST


@given(st.datetimes(datetime(1990, 1, 2), datetime(2026, 3, 4)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - naive on purpose
def test_a_stated_moment_is_read_back(naive: datetime, minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    stated = (
        naive.replace(microsecond=0).isoformat()
        + f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    )
    found = dates.moment(stated, "meta", NOW, None)
    assert found is not None
    assert found.at == (naive.replace(microsecond=0, tzinfo=UTC) - offset)
    assert found.zone_source == "page"


@given(st.dates(date(1990, 1, 2), date(2026, 3, 4)))
def test_a_day_stays_the_printed_day(day: date) -> None:
    found = dates.moment(day.isoformat(), "meta", NOW, "Asia/Tokyo")
    assert found is not None
    assert (found.day, found.precision, found.zone_source) == (day, "day", "source")
