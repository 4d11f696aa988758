"""Articles that come as text: a picture's words leave it, everything else stays."""

from datetime import UTC, datetime

import pytest

from articles.extract import extract
from articles.model import Article, Hints, Page, Rejection

NOW = datetime(2026, 3, 5, tzinfo=UTC)
EN = (
    "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk.\n\n"
    "The mayor said that the money was there. It was not clear where."
)
DE = "Der Stadtrat von Zern hat am Dienstag beschlossen, die Fähren nach zwanzig Jahren wieder auf den See zu schicken."
FR = "Le conseil de la ville a approuvé mardi un plan pour ramener les bateaux sur le lac après vingt ans de discussions."
ES = "El ayuntamiento aprobó el martes un plan para devolver los barcos al lago tras veinte años de largos debates."
HE = "מועצת העיר אישרה ביום שלישי תוכנית להחזיר את המעבורות אל האגם אחרי עשרים שנה של דיבורים."
JA = "湖を渡るフェリーが二十年ぶりに戻ることになり、市議会は火曜日に計画を承認した。"


def article(text: str) -> Article:
    found = extract(Page("urn:sha256:" + "0" * 64, text, NOW, media_type="text/plain"))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("head", "body", "caption", "credit"),
    [
        # the shape of a scraped page: the picture's alternative text, then caption and credit glued
        (
            "Ferry in the harbour\nFerry in the harbourJane Doe/Flash 90",
            EN,
            "Ferry in the harbour",
            "Jane Doe/Flash 90",
        ),
        (
            "Ferry in the harbour\n\nFerry in the harbourJane Doe/Flash 90",
            EN,
            "Ferry in the harbour",
            "Jane Doe/Flash 90",
        ),
        ("Jane Doe/AFP\nFerry in the harbour", EN, "Ferry in the harbour", "Jane Doe/AFP"),
        ("Fähre im Hafen\nFoto: Jana Dorn/dpa", DE, "Fähre im Hafen", "Jana Dorn/dpa"),
        ("Foto: Jana Dorn/dpa\nFähre im Hafen", DE, "Fähre im Hafen", "Jana Dorn/dpa"),
        ("Fähre im Hafen (Foto: Jana Dorn/dpa)", DE, "Fähre im Hafen", "Jana Dorn/dpa"),
        ("Le bac au port\nLe bac au portCrédit photo : Anne Petit/AFP", FR, "Le bac au port", "Anne Petit/AFP"),
        ("El barco en el puerto\nEl barco en el puerto EFE/Ana Ruiz", ES, "El barco en el puerto", "EFE/Ana Ruiz"),
        ("מעבורת על האגם\nצילום: דנה לוי/פלאש 90", HE, "מעבורת על האגם", "דנה לוי/פלאש 90"),
        ("湖のフェリー\n湖のフェリー写真：共同", JA, "湖のフェリー", "共同"),
        ("湖のフェリー（山田湖子撮影）", JA, "湖のフェリー", "山田湖子"),
        ("Ferry in the harbourJane Doe/AFP", EN, "Ferry in the harbour", "Jane Doe/AFP"),
        ("Ferry in the harbour\nFerry in the harbour", EN, "Ferry in the harbour", None),
        ("Photo: Jane Doe/AP", EN, None, "Jane Doe/AP"),
        ("(Photo: Jane Doe/AP)", EN, None, "Jane Doe/AP"),
        ("Jane Doe/AP", EN, None, "Jane Doe/AP"),
    ],
)
def test_a_pictures_words_leave_the_head(head: str, body: str, caption: str | None, credit: str | None) -> None:
    found = article(f"{head}\n\n{body}")
    assert found.text == body
    assert [(photo.caption, photo.credit) for photo in found.photos] == [(caption, credit)]
    assert [row.text for row in found.removed] == [line for line in head.split("\n") if line]
    assert all(row.position == 0 for row in found.removed)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("lines", "caption", "credit"),
    [
        (["Image source, Getty Images", "Image caption, The Lark in 1911"], "The Lark in 1911", "Getty Images"),
        (["Image source,", "Jane Doe", "Image caption,", "The Lark in 1911"], "The Lark in 1911", "Jane Doe"),
        (["Pie de foto, El Lark", "Fuente de la imagen, Ana Ruiz"], "El Lark", "Ana Ruiz"),
        (["इमेज स्रोत, Getty Images", "इमेज कैप्शन, झील पर नाव"], "झील पर नाव", "Getty Images"),
        (["图像来源，Getty Images", "图像加注文字，湖上的渡轮"], "湖上的渡轮", "Getty Images"),
        (["Image copyright Getty Images", "Image caption The Lark in 1911"], "The Lark in 1911", "Getty Images"),
        (["Kaynak, Getty Images"], None, "Getty Images"),
        (
            ["Media caption, The Lark leaves the harbour for the last time."],
            "The Lark leaves the harbour for the last time.",
            None,
        ),
    ],
)
def test_what_screen_readers_say_of_a_picture_leaves_the_text(
    gap: str, lines: list[str], caption: str | None, credit: str | None
) -> None:
    one, two = EN.split("\n\n")
    found = article(gap.join([one, *lines, two]))
    assert found.text == f"{one}{gap}{two}"
    assert [(photo.caption, photo.credit) for photo in found.photos] == [(caption, credit)]


def test_each_source_belongs_to_the_caption_behind_it() -> None:
    told = ["Image caption, The pier", "Image source, AFP", "Image caption, The yard", "Image source, Reuters"]
    found = article("\n\n".join([EN, *told, EN]))
    assert [(photo.caption, photo.credit) for photo in found.photos] == [
        ("The pier", None),
        ("The yard", "AFP"),
        (None, "Reuters"),
    ]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("FILE - The Lark leaves Zern for the last time, Jan. 12, 1911. (AP Photo/Jane Doe, File)", True, True),
        ("The Lark leaves the harbour of Zern for the last time in 1911. REUTERS/Jane Doe/File Photo", True, True),
        ("The harbour last week. It is closed.Credit...Jane Doe for The Post", True, True),
        ("The ferry near the town (Courtesy of the harbour office)", True, True),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_caption_and_credit_in_one_line_leave_the_head(gap: str, line: str, caption: bool, credit: bool) -> None:
    body = EN.replace("\n\n", gap)
    found = article(f"Ferries return{gap}{line}{gap}{body}")
    assert found.text == f"Ferries return{gap}{body}"
    assert [(bool(photo.caption), bool(photo.credit)) for photo in found.photos] == [(caption, credit)]


@pytest.mark.parametrize(
    "line",
    [
        "The mosaic near the harbour (Jane Doe/Flash90)",
        "Ada Holm, the mayor of the town, speaks to reporters on Tuesday, March 3, 2026 [Luis Ortega/AFP]",
        "Visitors at the museum on Monday. Dana Levin/AFP via Getty Images",
        "The Lark leaves the harbour of Zern for the very last time.Credit: Jane Doe",
    ],
)
def test_a_person_with_an_agency_behind_a_line_amid_the_text_is_a_credit(line: str) -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one}\n{two}\n{line}\n{one}\n{two}\n{one}")
    assert found.text == f"{one}\n{two}\n{one}\n{two}\n{one}"
    assert len(found.photos) == 1
    assert found.photos[0].caption
    assert found.photos[0].credit


def test_a_repeated_caption_has_the_credit_in_the_line_below() -> None:
    found = article(f"Knesset plenum\nKnesset plenum\n(Photo: Jane Doe)\n\n{EN}")
    assert found.text == EN
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("Knesset plenum", "Jane Doe")]


def test_a_sentence_that_stands_twice_with_a_name_glued_to_it_is_a_caption() -> None:
    caption = "The mayor speaks at the opening of the winter session of the council on Monday."
    found = article(f"{caption}\n{caption}Jane Doe\n\n{EN}")
    assert found.text == EN
    assert [(photo.caption, photo.credit) for photo in found.photos] == [(caption, "Jane Doe")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Zern", "Zern Ferry Talks Resume on Tuesday"],
        ["Ada Holm", "Ada Holm Wins Again"],
        ["Ferries return to the lake after twenty years", "Ferries return to the lake after twenty years - Zern Post"],
        ["Ferries return to the lake", "Reuters"],
        ["Ferries return to the lake", "By Jane Doe", "Associated Press"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_no_headline_is_a_caption(gap: str, lines: list[str]) -> None:
    found = article(gap.join([*lines, EN.replace("\n\n", gap)]))
    assert found.photos == ()
    assert found.text.startswith(lines[0])


def test_the_agency_under_the_headline_wrote_the_text() -> None:
    found = article(f"Ferries return to the lake\nBy Jane Doe\nAssociated Press\n{EN}")
    assert (found.authors, found.agencies) == (("Jane Doe",), ("AP",))
    assert found.text == f"Ferries return to the lake\n{EN}"


def test_of_two_short_lines_about_a_credit_the_headline_is_no_caption() -> None:
    found = article(f"Bank cuts its key rate\n\nGetty Images\n\nPeople walk past the bank\n\n{EN}")
    assert found.text == f"Bank cuts its key rate\n\n{EN}"
    assert [(photo.caption, photo.credit) for photo in found.photos] == [("People walk past the bank", "Getty Images")]


@pytest.mark.parametrize(
    "lines",
    [
        ["“Go home!”", "“Go home!”"],
        ["Resign!", "Resign!"],
        ["Winners", "Jane Doe, Reuters", "Luis Ortega, AFP", "Anna Holm, Zern Post"],
        ["The boat is gone", "Bring him home to me", "Bring him home to me", "The lake is wide"],
        ["“It is a mistake,” he said.", "Photo: Ivan Petrak/Reuters"],
    ],
)
def test_lines_amid_the_text_that_are_nobody_s_caption_stay(lines: list[str]) -> None:
    one, two = EN.split("\n\n")
    found = article("\n".join([one, two, *lines, one, two]))
    kept = [line for line in lines if not line.startswith("Photo:")]
    assert found.text == "\n".join([one, two, *kept, one, two])
    assert all(photo.caption is None for photo in found.photos)


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


@pytest.mark.parametrize(
    "lines",
    [
        ["부산 영화제 개막식 참석 배우", "부산 영화제 개막식 참석 배우들"],
        ["大阪市長選挙の開票結果", "大阪市長選挙の開票結果一覧"],
    ],
)
def test_what_goes_on_in_a_script_without_capitals_is_no_credit(lines: list[str]) -> None:
    one, two = EN.split("\n\n")
    assert article("\n\n".join([one, *lines, two])).text == "\n\n".join([one, *lines, two])


@pytest.mark.parametrize("line", ["Yes/No", "FRA/ITA", "(GER)"])
def test_a_last_line_in_capitals_is_nobody_s_initials(line: str) -> None:
    assert article(f"{EN}\n\n{line}").text == f"{EN}\n\n{line}"


def test_a_credit_between_two_paragraphs_takes_none_of_them() -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one}\nPhoto: Jane Doe\n{two}")
    assert found.text == f"{one}\n{two}"


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


def test_three_pictures_within_a_text() -> None:
    one, two = EN.split("\n\n")
    text = f"Pier\nPierJane Doe/AFP\n\n{one}\n\nYard\nPhoto: Ivo Hals/AP\n\nMayor\nMayorAnne Petit/Reuters\n\n{two}"
    found = article(text)
    assert found.text == EN
    assert [photo.credit for photo in found.photos] == ["Jane Doe/AFP", "Ivo Hals/AP", "Anne Petit/Reuters"]
    assert [photo.agency for photo in found.photos] == ["AFP", "AP", "Reuters"]
    assert {row.position for row in found.removed} == {0, len(one) + 2}


def test_bylines_and_invitations_leave_the_text() -> None:
    found = article(f"By Jane Doe\n\n{EN}\n\nRead more: How the ferries were sold")
    assert found.text == EN
    assert found.authors == ("Jane Doe",)
    assert [row.kind for row in found.removed] == ["byline", "related"]


def test_the_credit_at_the_end_of_a_paragraph_goes_alone() -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one} And so on. (Photo: Jane Doe/AP)\n\n{two}")
    assert found.text == f"{one} And so on.\n\n{two}"
    assert found.photos[0].credit == "Jane Doe/AP"


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


@pytest.mark.parametrize("credit", ["Photo: Jane Doe/AP", "Jane Doe/AFP", "Reuters", "Getty Images"])
def test_paragraphs_parted_by_bare_breaks_are_nobody_s_captions(credit: str) -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one}\n{two}\n{credit}\n{one} Again.\n{two} Again.")
    assert found.text == f"{one}\n{two}\n{one} Again.\n{two} Again."
    assert [photo.caption for photo in found.photos] == [None]


def test_the_only_paragraph_is_no_caption() -> None:
    told = "The council of Zern agreed on Tuesday to bring the ferries back to the lake."
    found = article(f"{told} (Photo: Jane Doe/Pool via REUTERS)")
    assert (found.text, [photo.credit for photo in found.photos]) == (told, ["Jane Doe/Pool via REUTERS"])


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


def test_a_caption_that_is_a_sentence_stands_twice_too() -> None:
    one, two = EN.split("\n\n")
    caption = "The last ferry of Zern lies in the harbour where it was built a hundred years ago."
    found = article(f"{one}\n\n{caption}\n\n{caption}Jane Doe/Flash 90\n\n{two}")
    assert found.text == EN
    assert [(photo.caption, photo.credit) for photo in found.photos] == [(caption, "Jane Doe/Flash 90")]


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
