"""What a text says, less how it is set: two texts of equal substance differ in nothing but cosmetics.

Left out are white space, case, punctuation, quotation marks, compatibility forms, and times of the last change that
stand alone. Kept, beside letters and digits, are the signs that change a number: decimal points, percent, currencies,
a minus.
"""

import re
import unicodedata
from functools import cache

import regex

from articles.tables import table

STAMPS = table("revisions")["stamp"]
DATES = table("dates")


def alternatives(words: list[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(re.escape(word) for word in sorted({word.casefold() for word in words}, key=lambda w: (-len(w), w)))


MONTH = alternatives(
    [*STAMPS["months"], *DATES["english"], *(name for names in DATES["months"].values() for name in names)]
)
HOUR = rf"\s?(?:{alternatives(STAMPS['hours'])})(?!\p{{L}})"
YEAR = r"(?:,?\s*(?:de\s|del\s)?\d{4}(?!\d))?"
AGO = "|".join(re.escape(way).replace(re.escape("{n}"), r"\d{1,3}") for way in STAMPS["ago"])
MOMENT = "|".join([
    r"\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日",
    r"\d{1,2}[時时点]\d{1,2}分?",
    r"\d{4}년\s?\d{1,2}월\s?\d{1,2}일",
    r"\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}",
    rf"\d{{1,2}}\.?\s?(?:de\s|of\s|st|nd|rd|th)?\s?(?:{MONTH})\.?(?!\p{{L}}){YEAR}",
    rf"(?<!\p{{L}})(?:{MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d){YEAR}",
    rf"\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?(?!\d)(?:{HOUR})?",
    rf"\d{{1,2}}{HOUR}",
    AGO,
])  # fmt: skip
JOINT = (
    r"(?:[\s,;.:\-–—/|·•+()]|(?<!\p{L})(?:"
    + alternatives([*DATES["small_words"], *DATES["zones"], *STAMPS["days"], *STAMPS["joints"]])
    + r")(?!\p{L}))"
)
LABEL = rf"(?:{alternatives(STAMPS['labels'])})(?!\p{{L}})"
MOMENTS = rf"(?:{MOMENT})(?:{JOINT}{{0,8}}+(?:{MOMENT})){{0,4}}"
STAMP = (
    r"(?:^|[(\[|•·]|[.!?]\s)\s*+(?=.{0,60}\d)"
    rf"(?:{LABEL}{JOINT}{{0,8}}+{MOMENTS}|{JOINT}{{0,8}}+{MOMENTS}{JOINT}{{0,8}}{LABEL}){JOINT}{{0,8}}"
    r"\s*(?:[)\]|•·.!?]|$|(?<=[).]\s))"
)
"""A line, a bracket or a sentence of its own that says when something was last touched."""
BARE = rf"{JOINT}{{0,8}}+{MOMENTS}{JOINT}{{0,8}}"
"""A moment; where a whole line is no more than this, it says as little."""
GROUPED = regex.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")
DECIMAL = regex.compile(r"(?<=\d)[.,:/\-–](?=\d)")
DIGIT = re.compile(r"\d")
LONGEST = 500_000
"""Characters; nobody wrote more by hand, and stamps are not looked for in it."""
MARK = "·"
"""A decimal point, however it is written."""
KEPT = regex.compile(
    rf"[\p{{L}}\p{{M}}\p{{N}}\p{{Sc}}%‰{MARK}--\uFE00-\uFE0F\u0640]+|(?<![\p{{L}}\p{{N}}])[-−–+](?=\p{{N}})", regex.V1
)
MINUS = str.maketrans("−–", "--")


def substance(text: str | None) -> str:
    """A text of equal meaning gives an equal string; it is for comparing, not for reading."""
    if not text:
        return ""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(folded) <= LONGEST:
        folded = "\n".join(map(without_stamps, folded.splitlines()))
    marked = DECIMAL.sub(MARK, GROUPED.sub("", folded.replace(MARK, " ")))
    return "".join(KEPT.findall(marked)).translate(MINUS)


def without_stamps(line: str) -> str:
    """A line less the times of the last change in it."""
    if not DIGIT.search(line):
        return line
    return "" if pattern(BARE).fullmatch(line) else pattern(STAMP).sub(" ", line)


@cache
def pattern(words: str) -> "regex.Pattern[str]":
    """A pattern, read at its first use: these take a third of a second, which few commands need to wait for."""
    return regex.compile(words)
