"""Pictures in bare text: their words leave it, and no headline, paragraph or quote goes with them."""

import pytest

from tests.unit.articles.plain import EN, article

DE = "Der Stadtrat von Zern hat am Dienstag beschlossen, die Fähren nach zwanzig Jahren wieder auf den See zu schicken."
FR = "Le conseil de la ville a approuvé mardi un plan pour ramener les bateaux sur le lac après vingt ans de discussions."
ES = "El ayuntamiento aprobó el martes un plan para devolver los barcos al lago tras veinte años de largos debates."
HE = "מועצת העיר אישרה ביום שלישי תוכנית להחזיר את המעבורות אל האגם אחרי עשרים שנה של דיבורים."
JA = "湖を渡るフェリーが二十年ぶりに戻ることになり、市議会は火曜日に計画を承認した。"


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
    "lines",
    [
        ["부산 영화제 개막식 참석 배우", "부산 영화제 개막식 참석 배우들"],
        ["大阪市長選挙の開票結果", "大阪市長選挙の開票結果一覧"],
    ],
)
def test_what_goes_on_in_a_script_without_capitals_is_no_credit(lines: list[str]) -> None:
    one, two = EN.split("\n\n")
    assert article("\n\n".join([one, *lines, two])).text == "\n\n".join([one, *lines, two])


def test_a_credit_between_two_paragraphs_takes_none_of_them() -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one}\nPhoto: Jane Doe\n{two}")
    assert found.text == f"{one}\n{two}"


def test_three_pictures_within_a_text() -> None:
    one, two = EN.split("\n\n")
    text = f"Pier\nPierJane Doe/AFP\n\n{one}\n\nYard\nPhoto: Ivo Hals/AP\n\nMayor\nMayorAnne Petit/Reuters\n\n{two}"
    found = article(text)
    assert found.text == EN
    assert [photo.credit for photo in found.photos] == ["Jane Doe/AFP", "Ivo Hals/AP", "Anne Petit/Reuters"]
    assert [photo.agency for photo in found.photos] == ["AFP", "AP", "Reuters"]
    assert {row.position for row in found.removed} == {0, len(one) + 2}


def test_the_credit_at_the_end_of_a_paragraph_goes_alone() -> None:
    one, two = EN.split("\n\n")
    found = article(f"{one} And so on. (Photo: Jane Doe/AP)\n\n{two}")
    assert found.text == f"{one} And so on.\n\n{two}"
    assert found.photos[0].credit == "Jane Doe/AP"


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


def test_a_caption_that_is_a_sentence_stands_twice_too() -> None:
    one, two = EN.split("\n\n")
    caption = "The last ferry of Zern lies in the harbour where it was built a hundred years ago."
    found = article(f"{one}\n\n{caption}\n\n{caption}Jane Doe/Flash 90\n\n{two}")
    assert found.text == EN
    assert [(photo.caption, photo.credit) for photo in found.photos] == [(caption, "Jane Doe/Flash 90")]
