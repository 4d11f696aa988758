"""Snippets of texts that are read piece by piece."""

from hypothesis import given
from hypothesis import strategies as st

from warehouse.search.parsing import Sought
from warehouse.search.snippets import LENGTH, PIECE, pieces, snippet

FILLER = "Nothing of this is sought. "
BOTH = [Sought("harbour"), Sought("bridge")]


@given(st.text(st.sampled_from("ab \n都予"), max_size=60), st.integers(0, 200))
def test_pieces_make_up_the_text_and_end_between_words(part: str, times: int) -> None:
    text = part * times
    found = list(pieces(text))
    assert "".join(text[begin:end] for begin, end in found) == text
    assert all(text[end].isspace() for _, end in found[:-1])


@given(st.integers(0, 3 * PIECE), st.integers(0, LENGTH))
def test_all_hits_of_a_snippet_are_marked_wherever_a_piece_ends(before: int, between: int) -> None:
    head, middle = (FILLER * 200)[:before], (FILLER * 20)[:between]
    said, hits = snippet(f"{head} harbour {middle} harbour {FILLER * 100}", "en", [Sought("harbour")])
    assert said.count("harbour") == said.count("**harbour**") == hits


def test_a_place_far_below_that_shows_everything_is_found() -> None:
    text = f"A harbour. {FILLER * 300} The harbour at the bridge. {FILLER * 300}"
    said, hits = snippet(text, "en", BOTH)
    assert "**harbour** at the **bridge**" in said
    assert hits == 2


def test_a_text_without_hits_is_shown_from_its_beginning() -> None:
    assert snippet("Short.", "en", BOTH) == ("Short.", 0)
    assert snippet("", "en", BOTH) == ("", 0)
    assert snippet(FILLER * 20, "en", [])[0].startswith("Nothing of this")
