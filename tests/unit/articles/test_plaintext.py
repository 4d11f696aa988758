"""Articles that come as text: bylines and furniture leave it, everything else stays."""

from datetime import UTC, datetime

import pytest

from articles.extract import extract
from articles.model import Article, Hints, Page, Rejection
from tests.unit.articles.plain import EN, NOW, article

DE = "Der Stadtrat von Zern hat am Dienstag beschlossen, die Fähren nach zwanzig Jahren wieder auf den See zu schicken."


def test_the_agency_under_the_headline_wrote_the_text() -> None:
    found = article(f"Ferries return to the lake\nBy Jane Doe\nAssociated Press\n{EN}")
    assert (found.authors, found.agencies) == (("Jane Doe",), ("AP",))
    assert found.text == f"Ferries return to the lake\n{EN}"


@pytest.mark.parametrize(
    "line",
    [
        "18:05",
        "India 287/6",
        "287/6",
        "How can you protect your Facebook account",
        "Our Facebook, WhatsApp and Instagram are under threat",
        "Photo Caption Rules Tightened By Regulator",
        "شرح الصورة الكاملة للوضع المالي كان مطلب أعضاء المعارضة في البرلمان",
        "Chụp lại hình ảnh Trái Đất từ Mặt Trăng là nhiệm vụ của con tàu mới",
        "Read: We have always said so.",
        "Read | 34 | 1,200",
        "Podcast | The mayor speaks",
        "Reuters",
    ],
)
def test_a_line_that_begins_like_one_of_a_picture_or_a_lead_stays(line: str) -> None:
    one, two = EN.split("\n\n")
    assert article(f"{one}\n\n{line}\n\n{two}").text == f"{one}\n\n{line}\n\n{two}"


@pytest.mark.parametrize("line", ["Arms for Zern (supplied by France)", "Ferry closed (provided the council agrees)"])
def test_a_headline_may_end_in_a_bracket(line: str) -> None:
    assert article(f"{line}\n\n{EN}").title == line


@pytest.mark.parametrize("line", ["Yes/No", "FRA/ITA", "(GER)"])
def test_a_last_line_in_capitals_is_nobody_s_initials(line: str) -> None:
    assert article(f"{EN}\n\n{line}").text == f"{EN}\n\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "View image in fullscreen",
        "1 of 3 |",
        "READ | Why the ferries were sold",
        "Also Read – Why the ferries were sold",
    ],
)
def test_buttons_and_leads_to_other_texts_leave(line: str) -> None:
    one, two = EN.split("\n\n")
    assert article(f"{one}\n\n{line}\n\n{two}").text == EN


def test_bylines_and_invitations_leave_the_text() -> None:
    found = article(f"By Jane Doe\n\n{EN}\n\nRead more: How the ferries were sold")
    assert found.text == EN
    assert found.authors == ("Jane Doe",)
    assert [row.kind for row in found.removed] == ["byline", "related"]


@pytest.mark.parametrize(
    "line",
    [
        "ZERN (AP) — The mayor of the town on the lake resigned on Monday after a night of talks.",
        "(Reporting by Jane Doe in Zern; editing by Ivo Hals)",
        "Photo albums were found in the harbour office, said the archivist, who had counted them twice.",
        "Image is everything: the mayor knows it, and so do the people who vote for her every four years.",
        "The picture shows the Lark in 1911 (the cow is on the left). Another one shows the band on deck.",
        "Read more books, she told the children who had come to the hall, and they laughed at her for it.",
        "Sign up for a course at the school by the lake and you will meet the last of the old ferrymen there.",
        "By Tuesday the ice was gone and the boats could leave the harbour for the first time that year.",
        "Reuters and AFP reported the vote; the council itself said nothing until the evening had come.",
        "He wrote to both/and neither answered the letter that he had sent to them a year before that day.",
        "Source: that is what the old ferrymen call the place where the river comes out of the rock.",
        "Credit: nobody would give the shipyard any, and so the boats stayed where they were all winter.",
        "Advertisement for the ferry hung in every shop of the town, and nobody who lived there read it.",
        "Share this with nobody, the letter began, and by the evening everybody in the town had read it.",
        "Follow us on the path, cried the children, and the mayor went after them down to the landing.",
        "Copyright in the pictures ended long ago, a lawyer for the town said on the Monday of that week.",
        "Von der Fähre sieht man den Berg, und wer lange genug hinsieht, sieht auch das Haus am Hang.",
        "Of all people in the town four in a hundred were out of work, the lowest share since 1990 (source: Eurostat).",
        "The mayor spoke for four hours (source: AP).",
        "Foto und Film waren an Bord verboten, erzählt der alte Fährmann, der sich noch daran erinnert.",
    ],
)
def test_body_that_looks_like_furniture_stays(line: str) -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one}\n\n{line}\n\n{two}" + f"\n\n{two}" * 6)
    assert line in found.text.split("\n\n")
    assert found.photos == ()


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("AFP", "AFP"),
        ("(Reuters)", "Reuters"),
        ("jh/dpa", "dpa"),
        ("Quelle: dpa", None),
        ("Источник: ТАСС", None),
        ("© 2026 AFP", "AFP"),
    ],
)
def test_a_source_under_the_text_is_no_picture_s(gap: str, line: str, agency: str | None) -> None:
    found = article(f"{EN}{gap}{line}")
    assert found.photos == ()
    assert found.text == EN
    assert found.agencies == ((agency,) if agency else ())


@pytest.mark.parametrize(
    "line",
    [
        "Kommentar: Die Fähre von Zern ist tot",
        "Interview: 'We have the money for the ferries'",
        "Newsletter: Ferries return to the lake",
        "Recibe el alta el alcalde de Zern",
        "Source: Zern to sell the last of its ferries",
        "Photos: The ferries return to the lake",
        "Copyright: court rules for the ferrymen",
    ],
)
def test_a_headline_may_begin_like_furniture_or_a_credit(line: str) -> None:
    found = article(f"{line}\n\n{EN}")
    assert (found.title, found.photos, found.text) == (line, (), f"{line}\n\n{EN}")


def test_a_standfirst_that_is_a_sentence_ends_no_head() -> None:
    standfirst = "Twenty years after the last one was sold, the boats are to sail over the lake again."
    caption = "Ferry in the harbour\n\nFerry in the harbourJane Doe/Flash 90"
    found = article(f"Ferries return\n\n{standfirst}\n\nBy Jane Doe\n\nMarch 4, 2026 6:20 PM\n\n{caption}\n\n{EN}")
    assert found.text == f"Ferries return\n\n{standfirst}\n\n{EN}"
    assert (found.title, found.authors) == ("Ferries return", ("Jane Doe",))
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("Ferry in the harbour", "Jane Doe/Flash 90")]


@pytest.mark.parametrize(
    "head",
    ["By JANE DOE, REUTERS\nPublished: MARCH 4, 2026 18:20", "By JANE DOE/REUTERS", "2026-03-04 18:20 来源：新华社"],
)
def test_bylines_and_days_are_no_credits(head: str) -> None:
    assert article(f"Ferries return to the lake\n{head}\n\n{EN}").photos == ()


def test_breaks_within_a_paragraph_stay() -> None:
    poem = "The boat is gone,\nthe lake is wide,\nand nobody is on the other side."
    assert article(f"{EN}\r\n\r\n{poem}").text == f"{EN}\n\n{poem}"


def test_what_is_known_from_outside_serves() -> None:
    hints = Hints(source_zone="Europe/Berlin", source_language="de", feed_published="2026-03-04 18:20")
    found = extract(Page("urn:sha256:" + "0" * 64, DE, NOW, media_type="text/plain", hints=hints))
    assert isinstance(found, Article)
    assert found.published is not None
    assert found.published.at == datetime(2026, 3, 4, 17, 20, tzinfo=UTC)
    assert (found.published.source, found.published.zone_source) == ("feed", "source")


def test_white_space_is_no_article() -> None:
    found = extract(Page("urn:sha256:" + "0" * 64, " \n\t ", NOW, media_type="text/plain"))
    assert isinstance(found, Rejection)
    assert found.reason == "empty"
