"""The words of a text as comparing needs them: one reading for shingles and for alignment.

A word is a run of letters, marks and digits; a number keeps its decimal sign and loses the signs that group its
thousands; in scripts that put no space between words each sign is a word of its own.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from articles.textform import stream_safe

UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Bopomofo}\p{Yi}\p{Javanese}"
    r"\p{Balinese}ー"
)
"""Scripts without a space between words. Korean has one."""

PLAIN = re.compile(r"\d[\d.:']*\d[^\W_]*|[^\W_]+")
"""Numbers and words where no letter has marks of its own."""

ANY_SCRIPT = regex.compile(
    rf"\d[\d.:']*\d[\p{{L}}\p{{M}}\p{{N}}--[{UNSPACED}]]*|[{UNSPACED}]\p{{M}}*|[\p{{L}}\p{{M}}\p{{N}}--[{UNSPACED}]]+",
    regex.V1,
)
SIGN = regex.compile(rf"[{UNSPACED}]", regex.V1)
NEEDS_ANY_SCRIPT = re.compile(
    "[\u0300-\u036f\u0590-\u10ff\u1780-\u17ff\u1b00-\u1b7f\u2e80-\ua4cf\ua980-\ua9df\U00020000-\U0003ffff]"
)
INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Signs that say where a line may break or turn; a word with and without them is one word."""

DIGITS = {code: str(unicodedata.decimal(chr(code))) for code in range(0x660, 0x10000) if chr(code).isdecimal()}
ALIKE = DIGITS | dict.fromkeys(map(ord, INVISIBLE), "") | {0x066B: ".", 0x066C: ","}
"""Digits of all scripts as those of Latin ones, and Arabic signs within numbers."""

OTHERWISE = re.compile(f"[{''.join(map(chr, ALIKE))}]")

THOUSANDS = re.compile(r"[.,'’](?<=\d.)(?=\d{3}(?!\d))")
DECIMAL_COMMA = re.compile(r",(?<=\d,)(?=\d)")
CLOSING = re.compile(r"[^\w\s]*")
TITLES = (
    "Mr Mrs Ms Dr Prof St Sr Jr Sgt Lt Col Gen Capt Rev Gov Sen Rep Hr Fr Mme Mlle Sra Srta Dra Dott Sig".split()  # noqa: SIM905
)
NO_TITLE = "".join(rf"(?<!\b{title}\.)" for title in ("[A-Z]", *TITLES))
SENTENCE = re.compile(rf"\.{NO_TITLE}\s|[!?…:]\s|\n|[。！？]")
"""A sentence's end: not behind an initial or a title, with which a name goes on."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order."""

    text: str
    """What they were read from: NFKC, and with numbers in one form."""
    raw: tuple[str, ...]
    """As written there."""
    folded: tuple[str, ...]
    """The same, case folded."""
    encoded: bytes
    """The same in UTF-8, a space between two words."""
    signs: bool
    """Whether any is a sign of a script without spaces."""

    def passage(self, start: int, end: int) -> str:
        """The text from one word up to another, with its punctuation, on one line."""
        spans = [found.span() for found in pattern_of(self.text).finditer(self.text)][start:end]
        closing = CLOSING.match(self.text, spans[-1][1])
        return " ".join(self.text[spans[0][0] : closing.end() if closing else spans[-1][1]].split())


def words_of(text: str) -> Words:
    """Read a text's words."""
    text = unicodedata.normalize("NFKC", stream_safe(text))
    if not text.isascii() and OTHERWISE.search(text):
        text = text.translate(ALIKE)
    text = DECIMAL_COMMA.sub(".", THOUSANDS.sub("", text))
    pattern = pattern_of(text)
    raw = pattern.findall(text)
    # One call for all is ten times as fast as one a word; no word holds a space.
    joined = " ".join(raw).casefold()
    folded = tuple(joined.split(" ")) if raw else ()
    signs = pattern is ANY_SCRIPT and SIGN.search(text) is not None
    return Words(text, tuple(raw), folded, joined.encode("utf-8", "surrogatepass"), signs)


def pattern_of(text: str) -> Any:
    """What finds the words of a text: `PLAIN` where it will do, which is faster."""
    return ANY_SCRIPT if not text.isascii() and NEEDS_ANY_SCRIPT.search(text) else PLAIN


@lru_cache(maxsize=256)
def sentence_starts(text: str) -> frozenset[int]:
    """Which words of `Words.text` begin a sentence or a line; few comparisons ask, so that it is found when they do."""
    find = pattern_of(text).findall
    starts = {0}
    count = 0
    for sentence in SENTENCE.split(text):
        starts.add(count)
        count += len(find(sentence))
    return frozenset(starts)


def is_sign(word: str) -> bool:
    """Whether a word is one sign of a script without spaces."""
    return SIGN.match(word) is not None


def has_digit(text: str) -> bool:
    """Whether a text holds a digit."""
    return not text.isalpha() and any(sign.isdigit() for sign in text)
