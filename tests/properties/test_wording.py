"""A difference is complete: from it both texts can be put together again, whatever they are."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.passages import paragraphs, passages
from articles.revisions import Version, change
from articles.substance import substance
from articles.wording import changed_characters, difference, readable, tokens

WORDS = st.sampled_from(
    ["the", "council", "passed", "Rat", "1.5", "金曜日", "วัน", ",", ".", " ", "\n\n", "ü", "é", "🙂"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map("".join), st.lists(WORDS, max_size=40).map(" ".join), st.text())


def side(pieces: object, kind: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in ("same", kind))  # type: ignore[attr-defined]


@given(TEXTS, TEXTS)
@example("a\n\nb", "a\n\nb\n\n")
def test_both_texts_come_out_of_a_difference(old: str, new: str) -> None:
    for pieces in (difference(old, new), readable(difference(old, new))):
        assert (side(pieces, "removed"), side(pieces, "added")) == (old, new)
        assert all(piece.text for piece in pieces)
    added, removed = changed_characters(difference(old, new))
    assert len(new) - len(old) == added - removed
    assert "".join(tokens(old)) == old


@given(TEXTS, TEXTS)
def test_every_paragraph_is_told_once(old: str, new: str) -> None:
    found = passages(old, new)
    assert [passage.text for passage in found if passage.kind != "removed"] == paragraphs(new)
    stood = [side(passage.pieces, "removed") for passage in found if passage.kind != "added"]
    assert sorted(stood) == sorted(paragraphs(old))


@given(TEXTS, TEXTS)
def test_equal_substance_is_cosmetic_and_nothing_else_is(old: str, new: str) -> None:
    found = change(Version("T", None, old), Version("T", None, new))
    assert (found.kind == "cosmetic") == (substance(old) == substance(new))
    assert found == change(Version("T", None, old), Version("T", None, new))


@settings(max_examples=50)
@given(TEXTS)
def test_case_and_white_space_are_no_substance(text: str) -> None:
    assert substance(f"x {text} y".replace(" ", "  ")) == substance(f"x {text} y")
    assert change(Version(None, None, text), Version(None, None, text)).changed == ()
