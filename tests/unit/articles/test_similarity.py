"""Copies and what only looks like one."""

import pytest

from articles.fingerprint import text_hash
from articles.shingles import sampled
from articles.similarity import compare, prepare
from tests.unit.articles.pairs import pairs

COPIES = pairs("copies")
LOOKALIKES = pairs("lookalikes")
STORY = COPIES["local-paragraphs-appended"][1]
OTHER = COPIES["led-anew-with-local-paragraphs"][0]


def test_there_are_more_than_thirty_of_each() -> None:
    assert (len(COPIES), len(LOOKALIKES)) == (36, 34)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_near(name: str) -> None:
    one, other = COPIES[name]
    assert compare(prepare(one), prepare(other)).kind == "near"


# In a hundred words of which the scanner misread forty, three in a row that are whole are too few to be found by.
@pytest.mark.parametrize("name", [name for name in COPIES if name != "scanned-with-noise"])
def test_a_copy_is_found(name: str) -> None:
    one, other = COPIES[name]
    assert len(set(sampled(one)) & set(sampled(other))) >= 2


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_lookalike_is_no_copy(name: str) -> None:
    one, other = LOOKALIKES[name]
    assert compare(prepare(one), prepare(other)).kind not in ("near", "exact")


@pytest.mark.parametrize("name", [*COPIES, *LOOKALIKES])
def test_the_other_way_round_is_the_mirror(name: str) -> None:
    one, other = map(prepare, {**COPIES, **LOOKALIKES}[name])
    there, back = compare(one, other), compare(other, one)
    assert (there.kind, there.share_one, there.share_other) == (back.kind, back.share_other, back.share_one)
    assert there.conflicts == tuple((b, a) for a, b in back.conflicts)


def test_the_same_words_are_exact_whatever_stands_between_them() -> None:
    shouted = STORY.upper().replace(", ", " – ").replace(". ", "!\n\n")
    found = compare(prepare(STORY), prepare(shouted))
    assert (found.kind, found.share_one, found.share_other) == ("exact", 1.0, 1.0)
    assert text_hash(STORY) == text_hash(shouted)


def test_short_texts_are_exact_or_nothing() -> None:
    short = " ".join(STORY.split()[:35])
    assert sampled(short) == ()
    assert compare(prepare(short), prepare(short.upper())).kind == "exact"
    assert compare(prepare(short), prepare(short + " Today.")).kind is None
    assert compare(prepare(short), prepare(STORY)).kind is None
    assert compare(prepare(""), prepare("...")).kind == "exact"


def test_shares_are_of_each_text() -> None:
    one, other = COPIES["cut-after-the-third-sentence"]
    found = compare(prepare(one), prepare(other))
    assert found.share_one == 1.0
    assert 0.4 < found.share_other < 0.5


def test_conflicts_name_what_differs() -> None:
    found = compare(*map(prepare, COPIES["update-of-figures"]))
    assert ("12", "19") in found.conflicts
    found = compare(*map(prepare, COPIES["correction-of-a-name"]))
    assert found.conflicts == (("Holloway", "Denning"),)


def test_background_at_the_end_is_derived() -> None:
    background = STORY + " " + OTHER
    one = "\n\n".join(["The first paragraph of a story of its own, on potholes. " * 12, background[-700:]])
    other = "\n\n".join(["Another begins with cattle, and goes on with cattle too. " * 12, background[-700:]])
    assert compare(prepare(one), prepare(other)).kind == "derived"


def test_nothing_in_common_is_nothing() -> None:
    found = compare(prepare(STORY), prepare(LOOKALIKES["recipe"][0]))
    assert (found.kind, found.share_one, found.conflicts) == (None, 0.0, ())


def test_a_text_of_many_thousand_words_is_compared_by_its_beginning() -> None:
    book = " ".join(f"word{n} and{n % 97} then{n % 31}" for n in range(20_000))
    assert compare(prepare(book), prepare("New: " + book)).kind == "near"
