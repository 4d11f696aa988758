from typing import Any

import pytest

from articles.corrections import is_note
from articles.revisions import Version, change, version_of
from tests.builders import article

EN = "The council passed the budget on Friday.\n\nIt took nine hours, and nobody left the hall."
DE = "Der Rat hat am Freitag den Haushalt beschlossen.\n\nDie Sitzung dauerte neun Stunden, niemand verließ den Saal."
FR = "Le conseil a adopté le budget vendredi.\n\nLa séance a duré neuf heures et personne n'a quitté la salle."
ES = "El pleno aprobó el viernes el presupuesto.\n\nLa sesión duró nueve horas y nadie salió de la sala."
IT = "Il consiglio ha approvato venerdì il bilancio.\n\nLa seduta è durata nove ore e nessuno ha lasciato la sala."
RU = "Совет принял бюджет в пятницу.\n\nЗаседание длилось девять часов, и никто не покинул зал."
JA = "市議会は金曜日に予算を可決した。\n\n会議は九時間続き、誰も議場を離れなかった。"
ZH = "市议会周五通过了预算。\n\n会议持续了九个小时,没有人离开会场。"
AR = "أقر المجلس الميزانية يوم الجمعة.\n\nاستمرت الجلسة تسع ساعات ولم يغادر أحد القاعة."
TH = "สภาเมืองผ่านงบประมาณเมื่อวันศุกร์\n\nการประชุมใช้เวลาเก้าชั่วโมงและไม่มีใครออกจากห้อง"
OTHER = {
    "en": "A storm closed the harbour of Lisbon for two days, and ferries stayed at their piers until Monday.",
    "de": "Ein Sturm legte den Hafen von Lissabon zwei Tage lang lahm; die Fähren blieben bis Montag am Kai.",
    "ja": "台風の影響でリスボン港は二日間閉鎖され、フェリーは月曜日まで運航を見合わせた。",
    "ru": "Шторм на два дня закрыл порт Лиссабона, паромы стояли у причалов до понедельника.",
}


def version(text: str, **given: Any) -> Version:
    return Version(**{"title": "Council passes budget", "description": None, "text": text} | given)


COSMETIC = [
    (EN, EN.replace(" ", "  ").replace("\n\n", "\n\n\n")),
    (EN, EN.replace("\n\n", " ")),
    (EN, EN.upper()),
    (EN, EN.replace(", and", " – and").replace(".", "…")),
    ('He said "no".', "He said “no”."),
    ("Er sagte: „Nein“, und ging.", "Er sagte: »Nein« und ging."),
    ("Il a dit « non ».", 'Il a dit "non".'),
    ("It's 1,500 people.", "It’s 1500 people."),
    ("Es kostet 1.500 Euro.", "Es kostet 1 500 Euro."),
    (EN, EN + "\n\nUpdated 10:45"),
    (EN + "\n\nUpdated 10:45", EN + "\n\nLast updated: Nov. 12, 2026 11:15 GMT"),
    (DE, "Stand: 12. November 2026, 10:45 Uhr\n\n" + DE),
    (DE + " (Aktualisiert am 12.11.2026 um 10:45 Uhr)", DE + " (Aktualisiert am 13.11.2026 um 8 Uhr)"),
    (FR, FR + "\n\nMis à jour le 12 novembre 2026 à 10h45"),
    (ES, ES + "\n\nActualizado el 12 de noviembre de 2026 a las 10:45"),
    (RU, RU + "\n\nОбновлено 25 ноября 2026, 10:45"),
    (JA, JA + "\n\n更新:2026年11月25日 10時45分"),
    (JA, JA.replace("は", "は ").replace("。", "。 ")),
    (JA.replace("九", "9"), JA.replace("九", "9")),  # full width digits
    (ZH, ZH.replace(",", "，")),
    ("5 minutes ago\n\n" + EN, "12 minutes ago\n\n" + EN),
]


@pytest.mark.parametrize(("old", "new"), COSMETIC)
def test_what_says_nothing_else_is_cosmetic(old: str, new: str) -> None:
    for found in (change(version(old), version(new)), change(version(new), version(old))):
        assert found.kind == "cosmetic"
        assert found.changed == (("text",) if old != new else ())


BODY = [
    (EN, EN.replace("nine", "eight")),
    (DE, DE.replace("neun", "acht")),
    (FR, FR + " Le maire s'est dit soulagé."),
    (ES, ES.replace("viernes", "jueves")),
    (IT, IT.replace("nove", "otto")),
    (RU, RU.replace("девять", "восемь")),
    (JA, JA.replace("金曜日", "木曜日")),
    (ZH, ZH.replace("九", "八")),
    (AR, AR.replace("تسع", "ثماني")),
    (TH, TH.replace("เก้า", "แปด")),
    ("It grew by 1.5 percent.", "It grew by 15 percent."),
    ("It was -5 degrees.", "It was 5 degrees."),
    ("It costs $5.", "It costs €5."),
    ("It fell by 5%.", "It fell by 5."),
    ("The vote was 12/5.", "The vote was 125."),
    ("The meeting begins at 10:45.", "The meeting begins at 11:45."),
    ("The war began on 12 November 2025 in the north.", "The war began on 13 November 2025 in the north."),
    ("Update 5 of the game is out.", "Update 6 of the game is out."),
    (EN + "\n\nCorrection: it was eight hours.", EN),
    (EN, EN + "\n\nCorrection officers were told to stay."),
    (EN, "\n\n".join(reversed(EN.split("\n\n")))),
]


@pytest.mark.parametrize(("old", "new"), BODY)
def test_what_the_text_says_is_body(old: str, new: str) -> None:
    found = change(version(old), version(new))
    assert (found.kind, found.changed) == ("body", ("text",))


CORRECTIONS = [
    (EN, "Correction: An earlier report gave the wrong number of hours."),
    (EN, "Correction (12 November): It took nine hours."),
    (EN, "Clarification: The budget is that of 2027."),
    (EN, "Corrections, Nov. 25: The vote was on Friday."),
    (EN, "An earlier version of this article misspelled the mayor's name."),
    (EN, "This article was amended on 12 November 2026 to correct the date."),
    (EN, "(Corrects number of hours in paragraph 2)"),
    (DE, "Korrektur: Die Sitzung dauerte neun Stunden, nicht acht."),
    (DE, "Berichtigung vom 12. November: Die Sitzung dauerte neun Stunden."),
    (DE, "In einer früheren Version hieß es, die Sitzung habe acht Stunden gedauert."),
    (FR, "Rectificatif. La séance a duré neuf heures."),
    (FR, "Une version précédente de cet article donnait un chiffre erroné."),
    (ES, "Corrección: la sesión duró nueve horas."),
    (ES, "Fe de errata: la sesión duró nueve horas."),
    (ES, "Una versión anterior de este artículo decía ocho horas."),
    (IT, "Errata corrige: la seduta è durata nove ore."),
    (IT, "In una versione precedente dell'articolo si parlava di otto ore."),
    (RU, "Исправление: заседание длилось девять часов."),
    (RU, "В предыдущей версии статьи говорилось о восьми часах."),
    (JA, "訂正:会議は九時間続きました。"),
    (JA, "【訂正】初出時、時間に誤りがありました。"),
    (JA, "記事中の時間に誤りがありました。お詫びして訂正します。"),
    (ZH, "更正:会议持续了九个小时。"),
    (AR, "تصحيح: استمرت الجلسة تسع ساعات."),
    (EN, "Errata: a reunião durou nove horas."),
    (EN, "Numa nota, o jornal diz que uma versão anterior deste texto estava errada."),
    (EN, "Rectificatie: de vergadering duurde negen uur."),
    (EN, "In een eerdere versie van dit artikel stond acht uur."),
    (EN, "Rättelse: Mötet varade i nio timmar."),
    (EN, "I en tidligere version af artiklen stod der otte timer."),
    (EN, "Oikaisu: Kokous kesti yhdeksän tuntia."),
    (EN, "Sprostowanie: posiedzenie trwało dziewięć godzin."),
    (EN, "V původní verzi článku bylo uvedeno osm hodin."),
    (EN, "Διόρθωση: η συνεδρίαση διήρκεσε εννέα ώρες."),
    (EN, "Düzeltme: Toplantı dokuz saat sürdü."),
    (EN, "Ralat: Rapat berlangsung sembilan jam."),
    (EN, "Виправлення: засідання тривало дев'ять годин."),
    (EN, "정정: 회의는 아홉 시간 동안 이어졌습니다."),
    (EN, "תיקון: הישיבה נמשכה תשע שעות."),
    (EN, "Đính chính: cuộc họp kéo dài chín giờ."),
]


@pytest.mark.parametrize(("old", "note"), CORRECTIONS)
def test_a_note_that_appears_is_a_correction_whatever_else_changed(old: str, note: str) -> None:
    assert is_note(note)
    assert change(version(old), version(f"{old}\n\n{note}")).kind == "correction"
    both = change(version(old), version(f"{note}\n\n{old} It ended late.", title="Council passes budget at last"))
    assert (both.kind, both.changed) == ("correction", ("title", "text"))


@pytest.mark.parametrize(
    "line",
    [
        "Correction officers were told to stay.",
        "The correction: none so far, says the mayor.",
        "Korrekturbedarf sieht der Rat nicht.",
        "Précision de tir, calme et endurance",
        "訂正を求める声が上がった",
        "The minister corrects a mistake of 1998.",
        "Errata are sold at the door.",
    ],
)
def test_the_word_alone_is_no_note(line: str) -> None:
    assert not is_note(line)


def test_a_note_that_stood_there_already_is_none_that_appears() -> None:
    noted = EN + "\n\nCorrection: it was eight hours."
    assert change(version(noted), version(noted.replace("passed", "adopted"))).kind == "body"


@pytest.mark.parametrize(("old", "new"), [(EN, "en"), (DE, "de"), (JA, "ja"), (RU, "ru")])
def test_what_shares_nothing_is_replaced(old: str, new: str) -> None:
    other = version(OTHER[new], title="Lisbon")
    assert change(version(old), other).kind == "replaced"
    assert change(version(old, title=None), version(OTHER[new], title=None)).kind == "replaced"
    assert change(version(old), version(OTHER[new])).kind == "body"  # under the same headline


def test_a_teaser_that_becomes_the_article_is_not_replaced() -> None:
    assert change(version(EN.partition("\n")[0], title="A"), version(EN, title="B")).kind == "headline"


def test_a_live_blog_that_goes_on_is_live() -> None:
    old, new = version(EN, updates=2), version("10:45 The mayor speaks.\n\n" + EN, updates=3, title="Budget: live")
    found = change(old, new)
    assert (found.kind, found.changed) == ("live", ("title", "text"))
    assert change(old, version(EN, updates=2, title="Budget: live")).kind == "headline"
    assert change(version(EN, updates=0), version(EN + " More.", updates=1)).kind == "body"


def test_the_parts_that_changed_in_more_than_cosmetics_are_named_in_order() -> None:
    old = version(EN, photos=(("The hall", "AFP"),), authors=("Ada Brandt",), description="D")
    everything = version(
        EN + " More.", title="Budget", photos=(("The tower", "AFP"),), authors=("Ben",), description="E"
    )
    assert change(old, everything).changed == ("title", "text", "photos", "authors", "description")
    assert change(old, everything).kind == "headline"
    photos = change(old, version(EN, photos=(("The hall", "dpa"),), authors=("ADA BRANDT",), description="D."))
    assert (photos.kind, photos.changed) == ("photos", ("photos",))
    assert change(old, version(EN, photos=old.photos, description="E")).kind == "metadata"
    cosmetic = change(old, version(EN, photos=old.photos, authors=("ADA BRANDT",), description="D."))
    assert (cosmetic.kind, cosmetic.changed) == ("cosmetic", ("authors", "description"))


def test_characters_are_those_of_title_text_and_photos() -> None:
    found = change(version(EN), version(EN.replace("nine", "eight")))
    assert (found.chars_added, found.chars_removed) == (5, 4)
    assert change(version(JA), version(JA.replace("金", "木"))).chars_added == 1
    both = change(version(EN), version(EN, title="Council passes budgets", authors=("Ada",)))
    assert (both.chars_added, both.chars_removed) == (7, 6)


def test_an_absurd_text_is_compared_in_bounded_time() -> None:
    old, new = version("word " * 200_000), version(" ".join(str(n) for n in range(200_000)))
    found = change(old, new)
    assert found.kind == "body"
    assert (found.chars_added, found.chars_removed) == (len(new.text), len(old.text))


def test_a_version_is_what_counts_for_its_hash() -> None:
    assert version_of(article()) == Version(
        "Council passes budget",
        None,
        article().text,
        ("Ada Brandt",),
        (("The town hall", "Lena Ostrow/AFP"),),
        updates=1,
    )
