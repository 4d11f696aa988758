import pytest

from articles.passages import passages
from articles.wording import Piece, difference, readable, tokens


def marked(old: str, new: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in readable(difference(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "new", "{+new+}"),
        ("The council passed it.", "The council rejected it.", "The council [-passed-]{+rejected+} it."),
        ("It took 1.5 hours.", "It took 2.5 hours.", "It took [-1.5-]{+2.5+} hours."),
        ("They can't go.", "They can go.", "They [-can't-]{+can+} go."),
        ("市議会は金曜日に可決した。", "市議会は木曜日に可決した。", "市議会は[-金-]{+木+}曜日に可決した。"),
        ("他在北京工作", "他在上海工作", "他在[-北京-]{+上海+}工作"),
        ("ประชุมวันศุกร์", "ประชุมวันพุธ", "ประชุมวัน[-ศุกร์-]{+พุธ+}"),
        ("Der Rat tagte lange.", "Der Rat tagte sehr lange.", "Der Rat tagte {+sehr +}lange."),
        ("one two", "three four", "[-one two-]{+three four+}"),
        (
            "A fire broke out in the night",
            "Flames were extinguished in early morning hours",
            "[-A fire broke out in the night-]{+Flames were extinguished in early morning hours+}",
        ),
    ],
)
def test_words_are_marked_in_place(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_tokens_are_words_numbers_spaces_and_signs() -> None:
    assert tokens("L'été, 1.500 m²!") == ["L'été", ",", " ", "1.500", " ", "m²", "!"]
    assert tokens("日本でiPhone") == ["日", "本", "で", "iPhone"]


OLD = "The mayor spoke first.\n\nThe vote began at noon.\n\nIt rained.\n\nNobody had expected the result of it."


def kinds(old: str, new: str) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in passages(old, new)]


def test_paragraphs_are_told_apart_by_what_became_of_them() -> None:
    new = "The mayor spoke first.\n\nThe vote began at one.\n\nA dog barked.\n\nNobody had expected the result of it."
    assert kinds(OLD, new) == [
        ("same", "The mayor spoke first."),
        ("changed", "The vote began at one."),
        ("removed", "It rained."),
        ("added", "A dog barked."),
        ("same", "Nobody had expected the result of it."),
    ]


def test_a_paragraph_that_moved_is_neither_new_nor_gone() -> None:
    lines = OLD.split("\n\n")
    assert kinds(OLD, "\n\n".join([lines[3], *lines[:3]])) == [
        ("moved", lines[3]),
        *(("same", line) for line in lines[:3]),
    ]


def test_of_a_paragraph_that_stands_twice_one_may_have_moved() -> None:
    assert kinds("a\n\nb\n\nc", "b\n\nc\n\na\n\na") == [("same", "b"), ("same", "c"), ("moved", "a"), ("added", "a")]


def test_characters_in_common_do_not_make_two_japanese_paragraphs_one() -> None:
    found = kinds("会議は九時間続いた。", "台風は東に進んでいる。")
    assert [kind for kind, _ in found] == ["removed", "added"]


def test_a_removed_piece_is_shown_with_its_words() -> None:
    assert passages("gone\n\nstays", "stays")[0].pieces == (Piece("removed", "gone"),)
