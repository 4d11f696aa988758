import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from articles.textform import squeeze, stream_safe


@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_only_letters_and_digits_are_left_in_one_case(text: str) -> None:
    assert squeeze(text) == re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", stream_safe(text)).casefold())


def test_two_spellings_of_a_line_are_one() -> None:
    assert squeeze("Emad Nassar/Flash 90") == squeeze("EMAD NASSAR – Flash\u00a090") == "emadnassarflash90"
