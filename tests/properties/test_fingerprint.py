"""What the hashes of texts, versions and captures promise."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import fingerprint
from articles.model import Article, Photo

PLAIN = Article(
    url="https://zern.example/a",
    title="Ferries return",
    description="After twenty years.",
    text="The ferries return.\n\nThe lake is glad.",
    authors=("Jane Doe",),
    agencies=(),
    section=None,
    tags=(),
    language="en",
    language_source="markup",
    published=None,
    published_conflict=False,
    modified_at=None,
    free_access=None,
    text_status="unknown",
    word_count=7,
    image_url=None,
    canonical_claim=None,
    photos=(Photo(0, "A ferry", "Jana Dorn/dpa", "dpa", "alt", "https://zern.example/a.jpg"),),
    removed=(),
    extractor="x",
)
WORDS = st.lists(st.from_regex(r"[a-z0-9éß]{1,8}", fullmatch=True), min_size=1, max_size=8)


@given(WORDS, st.sampled_from([" ", "\n\n", ", ", " — "]))
def test_the_text_hash_sees_words_only(words: list[str], gap: str) -> None:
    assert fingerprint.text_hash(" ".join(words)) == fingerprint.text_hash(gap.join(words).upper() + ".")


@given(WORDS, WORDS)
def test_different_words_have_different_hashes(one: list[str], other: list[str]) -> None:
    same = " ".join(one).casefold() == " ".join(other).casefold()
    assert (fingerprint.text_hash(" ".join(one)) == fingerprint.text_hash(" ".join(other))) == same


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_fields_cannot_flow_into_each_other(one: list[str], other: list[str]) -> None:
    assert (fingerprint.digest(*one) == fingerprint.digest(*other)) == (one == other)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Ferries"},
        {"description": None},
        {"text": "The ferries return."},
        {"authors": ("Jane", "Doe")},
        {"photos": ()},
        {"photos": (replace(PLAIN.photos[0], credit="dpa"),)},
    ],
)
def test_an_edit_makes_a_version(change: dict[str, object]) -> None:
    assert fingerprint.version_hash(replace(PLAIN, **change)) != fingerprint.version_hash(PLAIN)


@pytest.mark.parametrize(
    "change",
    [
        {"tags": ("ferry",)},
        {"image_url": "https://zern.example/b.jpg"},
        {"modified_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"extractor": "y"},
        {"photos": (replace(PLAIN.photos[0], alt="other", url=None, position=4),)},
    ],
)
def test_what_is_no_edit_makes_none(change: dict[str, object]) -> None:
    assert fingerprint.version_hash(replace(PLAIN, **change)) == fingerprint.version_hash(PLAIN)


def test_identities_are_short_and_differ() -> None:
    at = datetime(2026, 3, 4, 10, 0, 0, 500, tzinfo=UTC)
    names = [
        fingerprint.article_id("https://zern.example/a"),
        fingerprint.version_id("a", "b"),
        fingerprint.version_id("ab", ""),
        fingerprint.capture_id("https://zern.example/a", at, "sha1:X"),
        fingerprint.capture_id("https://zern.example/a", at + timedelta(seconds=1), "sha1:X"),
    ]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)


def test_one_second_in_two_zones_is_one_capture() -> None:
    at = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    berlin = at.astimezone(timezone(timedelta(hours=1)))
    assert fingerprint.capture_id("u", at, "d") == fingerprint.capture_id("u", berlin, "d")
    with pytest.raises(ValueError, match="zone"):
        fingerprint.capture_id("u", at.replace(tzinfo=None), "d")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("can't stop 3.14 times", 4),
        ("foo-bar", 2),
        ("日本語", 3),
        ("カタカナ", 1),
        ("한국어 문장", 2),
        ("", 0),
        ("— … !", 0),
    ],
)
def test_words_are_those_of_uax_29(text: str, count: int) -> None:
    assert fingerprint.word_count(text) == count
