"""Where a caption ends and its credit begins."""

import pytest

from articles import captionline, creditline


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The pier in Zern. Photo: Jane Doe/AP", "The pier in Zern.", "Jane Doe/AP"),
        ("The pier in Zern (Photo by Jane Doe/Getty Images)", "The pier in Zern", "Jane Doe/Getty Images"),
        ("The pier in Zern.Reuters", "The pier in Zern.", "Reuters"),
        ("The pier in Zern (Jane Doe/AFP)", "The pier in Zern", "Jane Doe/AFP"),
        ("The pier in Zern (archive)", "The pier in Zern (archive)", None),
        ("The mayor (left) and her deputy", "The mayor (left) and her deputy", None),
        ("Der Hafen © Jana Dorn", "Der Hafen", "Jana Dorn"),
        ("Фото: Мира Сталь/ТАСС", None, "Мира Сталь/ТАСС"),
        ("写真：共同", None, "共同"),
        ("Bild: Zerner Bote", None, "Zerner Bote"),
        ("Enlarge image", None, None),
        ("La tela recuperata dai carabinieri - RIPRODUZIONE RISERVATA", "La tela recuperata dai carabinieri", None),
        ("주민들이 빵을 고르고 있다. /사진=김하늘 기자", "주민들이 빵을 고르고 있다.", "김하늘 기자"),
        # A label that does not begin a sentence says what is shown.
        ("Una foto de Rosendo Iribarne en la pared", "Una foto de Rosendo Iribarne en la pared", None),
        ("Ein Bild von Gerda Richter im Museum", "Ein Bild von Gerda Richter im Museum", None),
        ("A parent holds a picture from Zern", "A parent holds a picture from Zern", None),
        ("Una foto de Rosendo en la pared. Foto: Ana Ruiz", "Una foto de Rosendo en la pared.", "Ana Ruiz"),
        ("Nurses rally in Zern. Photo by Jane Doe", "Nurses rally in Zern.", "Jane Doe"),
        # A bracket with a label in it is the credit as a whole.
        (
            "A helicopter over Zern, May 5, 2024. (AP Photo/Jae Park)",
            "A helicopter over Zern, May 5, 2024.",
            "AP Photo/Jae Park",
        ),
        (
            "The mayor of Zern enters the hall. (Staff photo by Jane Doe)",
            "The mayor of Zern enters the hall.",
            "Jane Doe",
        ),
        ("Le auto in via Garibaldi (foto Ansaldi)", "Le auto in via Garibaldi", "Ansaldi"),
        # A label that introduces the caption, with the credit behind that.
        ("Foto: The old mill in Zern (Jane Doe/AFP)", "The old mill in Zern", "Jane Doe/AFP"),
        (
            "FILE PHOTO: The mayor speaks in Zern, May 3. REUTERS/Jane Doe",
            "FILE PHOTO: The mayor speaks in Zern, May 3.",
            "REUTERS/Jane Doe",
        ),
        ("Photo: Dr. Jane Doe/AFP", None, "Dr. Jane Doe/AFP"),
        # Names that nothing but their place, their slash or the word behind them tells.
        ("旧紡績工場＝2024年5月7日、青葉市、佐藤健撮影", "旧紡績工場＝2024年5月7日、青葉市", "佐藤健撮影"),
        ("老棉纺厂主厂房。青溪晚报记者 赵敏 摄", "老棉纺厂主厂房。", "青溪晚报记者 赵敏 摄"),
        ("옛 방직공장 전경. /박상훈 기자", "옛 방직공장 전경.", "박상훈 기자"),
        ("1 of 2 | The pier in Zern. (AP Photo/Jae Park)", "The pier in Zern.", "AP Photo/Jae Park"),
        # What stands before the label is shown, and what stands behind a name that comes first.
        ("Gerda Richter Foto: Jan Dorn / dpa", "Gerda Richter", "Jan Dorn / dpa"),
        ("The pier on Tuesday. AP Photo/Jane Doe", "The pier on Tuesday.", "AP Photo/Jane Doe"),
        ("Foto: Jan Dorn | Der Hafen am Abend nach dem Sturm.", "Der Hafen am Abend nach dem Sturm.", "Jan Dorn"),
        ("Foto: Jan Dorn/dpa. Der Hafen nach dem Sturm.", "Der Hafen nach dem Sturm.", "Jan Dorn/dpa"),
        ("(Foto: dpa) Der Hafen am Abend.", "Der Hafen am Abend.", "dpa"),
        # In scripts without capitals a name is as short as names are there.
        ("화요일 저녁 항구의 모습 /연합뉴스", "화요일 저녁 항구의 모습", "연합뉴스"),
        ("청솔항 전경, 뉴시스", "청솔항 전경", "뉴시스"),
        ("박상훈/연합뉴스", None, "박상훈/연합뉴스"),
        ("الميناء في المساء - رويترز", "الميناء في المساء", "رويترز"),
        ("رئيس البلدية يتحدث إلى السكان | رويترز", "رئيس البلدية يتحدث إلى السكان", "رويترز"),
        ("港口夜景。图/新华社", "港口夜景。", "新华社"),
        # A name behind the last stop belongs to the agency in the bracket, a day may stand between the two.
        ("La alcaldesa en el Parlamento.Ana Ruiz (EFE)", "La alcaldesa en el Parlamento.", "Ana Ruiz (EFE)"),
        ("Vista del puerto. / ANA RUIZ (EFE)", "Vista del puerto.", "ANA RUIZ (EFE)"),
        ("O porto no domingo - Ana Reis - 3.mar.26/Folhapress", "O porto no domingo", "Ana Reis - 3.mar.26/Folhapress"),
        ("Hala w remoncie / Jan Kos /PAP", "Hala w remoncie", "Jan Kos /PAP"),
        ("Piscinas Foto: Divulgação/Prefeitura", "Piscinas", "Divulgação/Prefeitura"),
        ("Handout/City Hall of Zern", None, "Handout/City Hall of Zern"),
        ("Nurses rally in Zern. STAFF PHOTO BY JANE DOE", "Nurses rally in Zern.", "JANE DOE"),
        ("Nurses rally in Zern. Express photo by Jane Doe", "Nurses rally in Zern.", "Jane Doe"),
        ("The pier. File photograph: Jane Doe/The Post", "The pier.", "Jane Doe/The Post"),
        ("RIPRODUZIONE RISERVATA", None, None),
        ("The pier in Zern. Purchase Licensing Rights, opens new tab", "The pier in Zern.", None),
        ("Two decades of the pier.Credit...Jane Doe for The Bote", "Two decades of the pier.", "Jane Doe for The Bote"),
    ],
)
def test_a_credit_is_told_from_its_caption(text: str, caption: str | None, credit: str | None) -> None:
    assert captionline.split(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("El mosaico encontrado. Foto Gentileza Museo", "El mosaico encontrado.", "Gentileza Museo"),
        ("Pupils on new benches. PHOTO | JANE DOE", "Pupils on new benches.", "JANE DOE"),
        ("Hala przed remontem. Fot. Jan Kos / Agencja", "Hala przed remontem.", "Jan Kos / Agencja"),
        ("Grace runs the workshop. (Submitted by Grace Roe)", "Grace runs the workshop.", "Submitted by Grace Roe"),
        ("Rosalind with her dogs at the fair [Gulf Crescent]", "Rosalind with her dogs at the fair", "Gulf Crescent"),
        ("The pier. (Photo courtesy Zern Museum)", "The pier.", "Photo courtesy Zern Museum"),
        ("The pier in 1911. Courtesy of the museum", "The pier in 1911.", "Courtesy of the museum"),
        ("The pier in 1911. Contributed photo", "The pier in 1911.", "Contributed photo"),
        ("The mayor and her deputy (left)", "The mayor and her deputy (left)", None),
        ("The museum is new. Photo Museum opens in May", "The museum is new. Photo Museum opens in May", None),
        ("Visitors at the fair [1987]", "Visitors at the fair [1987]", None),
    ],
)
def test_what_markup_calls_a_caption_may_end_in_a_credit_without_colon(
    text: str, caption: str, credit: str | None
) -> None:
    assert captionline.split(text, marked=True) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("[청솔시 제공. 재판매 및 DB 금지]", "청솔시 제공"),
        ("Jane Doe, jdoe@bote.example", "Jane Doe"),
        ("Fot. Jan Kos / Agencja", "Jan Kos / Agencja"),
        ("Photo DDM, Jane Doe", "DDM, Jane Doe"),
        ("Fotografin Jana Dorn", "Fotografin Jana Dorn"),
    ],
)
def test_a_credit_is_a_name_and_nothing_else(text: str, credit: str) -> None:
    assert creditline.clean(text) == credit
