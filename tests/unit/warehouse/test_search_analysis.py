import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.search.analysis import ANY, CODES, LONGEST, SPACELESS, analyser, asked, code_of, cut, words


def forms(text: str, code: str) -> list[str]:
    return [word.text for word in words(text, code)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häuser", "Hauses"),
        ("de", "Bürgermeisterinnen", "bürgermeisterin"),
        ("es", "elecciones", "elección"),
        ("es", "niños", "niño"),
        ("en", "elections", "Election"),
        ("fr", "nationales", "national"),
        ("ru", "выборы", "выборов"),
        ("ar", "المكتبات", "مكتبة"),
        ("tr", "evler", "ev"),
        ("el", "εκλογές", "εκλογών"),
    ],
)
def test_forms_of_a_word_are_one(language: str, one: str, other: str) -> None:
    assert forms(one, code_of(language)) == forms(other, code_of(language))


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de", "de"),
        ("pt-BR", "pt"),
        ("nb", "no"),
        ("nn", "no"),
        ("DE", "de"),
        ("pl", ANY),
        ("ja", ANY),
        (None, ANY),
        ("", ANY),
    ],
)
def test_a_language_has_its_analysis(language: str | None, code: str) -> None:
    assert code_of(language) == code


def test_without_a_language_only_case_and_accents_go() -> None:
    assert forms("Kraków świętuje, Élections", ANY) == ["krakow", "swietuje", "elections"]


def test_every_language_of_the_list_has_a_stemmer() -> None:
    for code in CODES:
        assert analyser(code).analyze("word")


def test_japanese_is_cut_into_pairs() -> None:
    assert forms("東京都の", ANY) == ["東京", "京都", "都の", "の"]


def test_thai_is_cut_into_pairs_with_its_tone_marks() -> None:
    assert forms("ข่าว", ANY) == ["ข่", "่า", "าว", "ว"]
    assert [word.text for word in asked("ข่าว", ANY)] == ["ข่", "่า", "าว"]


def test_korean_particles_do_not_hide_a_word() -> None:
    assert set(forms("대통령", ANY)[:2]) <= set(forms("대통령이", ANY))


def test_scripts_may_stand_in_one_text() -> None:
    found = words("NATOは2026年に会議、München Häuser", "de")
    assert [word.text for word in found] == ["nato", "は", "2026", "年に", "に会", "会議", "議", "munch", "haus"]
    assert [word.position for word in found] == list(range(9))


def test_a_run_is_asked_for_by_its_pairs() -> None:
    assert [word.text for word in asked("都知事", ANY)] == ["都知", "知事"]
    assert [word.text for word in asked("都", ANY)] == ["都"]


def test_a_sentence_without_spaces_may_be_long_a_word_may_not() -> None:
    assert len(words("東" * 2000, ANY)) == 2000
    assert forms(f"{'x' * (LONGEST + 1)} end", "en") == ["end"]
    assert forms(f"{'x' * (LONGEST + 1)} 東 end", "en") == ["東", "end"]


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_words_stand_where_they_say(text: str, code: str) -> None:
    found = words(text, code)
    assert all(0 <= word.char_offset_from < word.char_offset_to <= len(text) for word in found)
    assert [word.position for word in found] == sorted({word.position for word in found})
    assert isinstance(cut(text, code), str) == (SPACELESS.search(text) is None)
