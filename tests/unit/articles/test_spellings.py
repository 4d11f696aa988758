"""What makes no difference between two texts, and what makes one."""

from random import Random

import pytest

from articles.similarity import compare, prepare
from articles.words import words_of

EN = (
    "The council of Zern agreed on Tuesday to bring the ferries back to the lake after twenty years of talk. The mayor told "
    "a hall full of people that 340 million crowns had been set aside in the spring, and that two boats were ordered from "
    "the yard at Thun. Nobody could say how many of the 5,200 people who drive across the bridge each morning would take a "
    "boat to work instead, and the opposition asked for a count of them. The first crossing is planned for the second week "
    "of May, and the fare has not been decided yet, the council said. A ticket for the old boats had cost 12 crowns, and a "
    "bicycle travelled for nothing in those days."
)
AR = (
    "قال رئيس بلدية المدينة يوم الثلاثاء إن العبارات ستعود إلى البحيرة بعد عشرين عاما من النقاش وإن المجلس خصص 250 مليونا لشراء "
    "قاربين جديدين من حوض بناء السفن في الجنوب وأضاف أن 5200 شخص يعبرون الجسر كل صباح وأن الرحلة الأولى ستكون في الأسبوع الثاني من "
    "شهر مايو المقبل ولم يتقرر بعد ثمن التذكرة التي كانت تكلف 12 ليرة قبل عشرين عاما حين كانت الدراجات تنقل مجانا على متن القوارب "
    "القديمة التي بيعت واحدة بعد أخرى إلى بلدان بعيدة لا يعرف أحد اليوم أين صارت"
)
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def kind(one: str, other: str) -> str | None:
    there, back = compare(prepare(one), prepare(other)), compare(prepare(other), prepare(one))
    assert there.kind == back.kind
    return there.kind


def test_digits_of_another_script_are_the_same_digits() -> None:
    assert kind(AR, AR.translate(EASTERN)) == "exact"
    assert words_of("٣٫٥ و ١٬٢٠٠").folded == words_of("3.5 و 1,200").folded


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_part_no_words(sign: str) -> None:
    chance = Random(1)
    seen = "".join(letter + (sign if letter.isalpha() and chance.random() < 0.2 else "") for letter in EN)
    assert kind(EN, seen) == "exact"


def test_a_unit_that_is_glued_to_a_number_changes_none() -> None:
    other = (
        EN.replace("340 million crowns", "340m").replace("5,200 people", "5.2bn people").replace("12 crowns", "12kr")
    )
    assert kind(EN, other.replace("5.2bn", "5,200p")) == "near"


def test_names_behind_titles_are_names() -> None:
    told = "The jury heard {}, who saw the car; {}, who called the police; and the driver, {}. {} will rule on Monday. "
    one = told.format("Mr. Finch", "Mrs. Adler", "Dr. Lutz", "Judge St. Clair") + EN
    other = told.format("Mr. Baker", "Mrs. Stone", "Dr. Weber", "Judge St. James") + EN
    assert len(compare(prepare(one), prepare(other)).conflicts) >= 3


def test_a_footer_that_a_source_prints_under_all_it_sends_makes_no_copies() -> None:
    footer = " ".join(EN.split()[:85])
    one = (
        "Police were called to Mill Street in the north of the town on Monday evening, because a dog had bitten the driver of "
        "a delivery van twice in the leg. An officer spoke with those who were there and took down what they had to say about "
        "it before she drove home."
    )
    other = (
        "Two boats came loose in the storm of last Friday and drifted against a pier, of which a part fell into the water. "
        "Nobody was hurt, and the owner of both has been told to see to their ropes before the next wind comes up from the "
        "south, as it does each year."
    )
    assert kind(f"{one}\n\n{footer}", f"{other}\n\n{footer}") == "derived"
