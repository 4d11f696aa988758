"""Sampled shingles: what two texts must share to be compared at all.

A shingle is the xxh3_64 of three words in a row, or of six signs where a script puts no space between words. Which
are kept is decided by the hash (every sixteenth), so that it is the same in any two texts: of 500 words about 30
are kept, and two copies share them in proportion to what they share of text. Of short texts every eighth or fourth
is kept, the sixteenths among them: of eighty words five would be left, and a copy with a few changes share one.
"""

import xxhash

from articles.words import Words, is_sign, words_of

METHOD = "shingles-3"
"""Changes when the same text would give other shingles: what was stored under another name is to be made anew."""

SAMPLE = 16
"""One of so many is kept: 30 rows a text, and 0.986 of all pairs of labelled copies share two."""

DENSER = ((160, 4), (320, 8))
"""Of texts of fewer shingles one of so many: a divisor of the sample's, so that longer texts keep no others."""

SHORTEST = 40
"""Texts of fewer words have no shingles: only their exact text is compared."""

WORD, SIGN = 2, 1
"""How much of a shingle a word and a sign fill: a Chinese or Japanese word is two signs, more or less."""
FULL = 6


def sampled(text: str) -> tuple[int, ...]:
    """The kept shingles of a text, sorted, each once: unsigned 64-bit integers (UBIGINT in DuckDB)."""
    return sample(shingles(words_of(text)))


def sample(all_shingles: frozenset[int]) -> tuple[int, ...]:
    """The shingles that are kept."""
    count = len(all_shingles)
    others = next((every for below, every in DENSER if count < below), SAMPLE) - 1  # a power of two less one masks
    return tuple(sorted([value for value in all_shingles if not value & others]))


def shingles(words: Words) -> frozenset[int]:
    """All shingles of a text; none where it is too short."""
    if length(words) < SHORTEST:
        return frozenset()
    encoded = words.encoded.split(b" ")
    digest = xxhash.xxh3_64_intdigest
    if not words.signs:
        return frozenset(map(digest, map(b" ".join, zip(encoded, encoded[1:], encoded[2:], strict=False))))
    found = set()
    weights = [SIGN if is_sign(word) else WORD for word in words.folded]
    end = weight = 0
    for start in range(len(encoded)):
        while weight < FULL and end < len(encoded):
            weight += weights[end]
            end += 1
        if weight < FULL:
            break
        found.add(digest(b" ".join(encoded[start:end])))
        weight -= weights[start]
    return frozenset(found)


def length(words: Words) -> int:
    """How many words a text has, two signs of a script without spaces for one."""
    if not words.signs:
        return len(words.folded)
    return sum(SIGN if is_sign(word) else WORD for word in words.folded) // WORD
