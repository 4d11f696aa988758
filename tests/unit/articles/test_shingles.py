"""Shingles are stored: the same text gives the same ones for ever, or `METHOD` has another name."""

from articles.shingles import METHOD, sampled, shingles
from articles.words import sentence_starts, words_of
from tests.unit.articles.pairs import pairs

ENGLISH = pairs("copies")["update-of-figures"][0]
JAPANESE = pairs("copies")["japanese-correction"][0]


def test_what_is_stored_stays() -> None:
    assert METHOD == "shingles-3"
    assert sampled(ENGLISH)[:2] == (557001348486233536, 2631355847673616400)
    assert sampled(JAPANESE)[:2] == (274078487620387160, 661912142819515840)


def test_one_of_sixteen_is_kept_in_order() -> None:
    text = " ".join(f"word{n}" for n in range(20_000))
    kept = sampled(text)
    assert 0.9 < len(kept) * 16 / 20_000 < 1.1
    assert all(value % 16 == 0 and 0 <= value < 2**64 for value in kept)
    assert list(kept) == sorted(set(kept))


def test_short_texts_keep_more_and_the_same_ones() -> None:
    words = " ".join(f"{n}x{n % 7} y{n}" for n in range(1_000)).split()
    whole = set(sampled(" ".join(words)))
    for count, least in ((100, 12), (200, 12), (400, 12)):
        part = " ".join(words[:count])
        kept = set(sampled(part))
        assert len(kept) >= least
        assert {value for value in kept if value % 16 == 0} == whole & shingles(words_of(part))


def test_case_punctuation_and_signs_for_thousands_make_no_difference() -> None:
    assert sampled(ENGLISH.upper().replace(",", ";")) == sampled(ENGLISH)
    assert words_of("2,450,000 and 3,5 or 1.200").folded == ("2450000", "and", "3.5", "or", "1200")


def test_scripts_without_spaces_go_by_signs() -> None:
    words = words_of("東京で1,200円のスーパー。ราคา 5")
    assert words.folded[:5] == ("東", "京", "で", "1200", "円")
    assert len(shingles(words_of(JAPANESE))) > 150
    assert shingles(words_of("三十九の字" * 15)) == frozenset()
    assert len(shingles(words_of("四十の字分だけ" * 12))) > 0


def test_an_inserted_word_costs_three_shingles() -> None:
    words = ENGLISH.split()
    changed = " ".join([*words[:40], "suddenly", *words[40:]])
    before, after = shingles(words_of(ENGLISH)), shingles(words_of(changed))
    assert (len(before - after), len(after - before)) == (2, 3)


def test_where_sentences_begin() -> None:
    words = words_of("The ferry sank. Nobody knew at 3.45 p.m. Why?\nRelatives wait: In vain")
    assert [words.raw[n] for n in sorted(sentence_starts(words.text))] == ["The", "Nobody", "Why", "Relatives", "In"]
