"""What holds of any two texts, however they were changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.fingerprint import text_hash
from articles.shingles import sampled
from articles.similarity import Likeness, compare, prepare
from tests.unit.articles.pairs import pairs

TEXTS = [text for both in (*pairs("copies").values(), *pairs("lookalikes").values()) for text in both]
WORDS = st.one_of(st.sampled_from(sorted({word for text in TEXTS for word in text.split()})), st.text(max_size=8))


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what is left of it after words were taken out, put in and exchanged, or pieces moved."""
    text = draw(st.sampled_from(TEXTS))
    words = text.split(" ")
    for _ in range(draw(st.integers(0, 25))):
        place = draw(st.integers(0, max(0, len(words) - 1)))
        kind = draw(st.sampled_from(["put", "take", "exchange", "cut", "turn"]))
        if kind == "put":
            words.insert(place, draw(WORDS))
        elif kind == "take":
            del words[place : place + 1]
        elif kind == "exchange":
            words[place : place + 1] = [draw(WORDS)]
        elif kind == "cut" and place > 20:
            del words[place:]
        else:
            words = words[place:] + words[:place]
    return text, " ".join(words)


def mirrored(found: Likeness) -> Likeness:
    conflicts = tuple((b, a) for a, b in found.conflicts)
    return Likeness(found.kind, found.share_other, found.share_one, conflicts, found.contradiction)


@settings(max_examples=150)
@given(changed())
def test_the_answer_is_the_same_from_either_side(both: tuple[str, str]) -> None:
    one, other = map(prepare, both)
    found = compare(one, other)
    assert compare(other, one) == mirrored(found)
    assert compare(prepare(both[0]), prepare(both[1])) == found
    assert 0.0 <= found.share_one <= 1.0
    assert 0.0 <= found.share_other <= 1.0
    assert (found.kind == "exact") == (one.words.folded == other.words.folded)


@given(st.sampled_from(TEXTS), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_a_text_in_other_case_with_other_spaces_is_the_same(text: str, case: object) -> None:
    assert callable(case)
    written = case(text).replace(" ", "  \n") + "\n…"
    assert text_hash(written) == text_hash(text)
    assert compare(prepare(text), prepare(written)).kind == "exact"
    assert sampled(text) == sampled(written)


@given(st.text(), st.text())
def test_any_characters_can_be_compared(one: str, other: str) -> None:
    found = compare(prepare(one), prepare(other))
    assert compare(prepare(one), prepare(one)).kind == "exact"
    assert found.kind in ("exact", None)


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=60, max_size=120))
def test_any_long_text_is_like_itself_with_a_line_before_it(words: list[str]) -> None:
    text = " ".join(words)
    one, other = prepare(text), prepare("Read also\n" + text)
    if len(one.shingles) >= 60:
        assert compare(one, other).kind == "near"
