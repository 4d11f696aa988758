"""The look of a credit: labels, names with agencies, brackets."""

import re

from articles.agencies import agency_of, is_agency
from articles.tables import table
from articles.textform import WIDE, is_caseless, squeeze

TABLE = table("labels")
MAX_CREDIT = 160
"""Longer credits are two on 230 pages, and prose on the others."""

MAX_WORDS = 3_000
"""Characters beside a picture that are kept as its caption; the longest of 306 labelled has 620."""

MAX_LABELS = 12
"""Labels and signs in the last words of a line past which it is no credit, and dear to look at."""

LABELS = "|".join(sorted(map(re.escape, TABLE["labels"]), key=len, reverse=True))
BY = "|".join(map(re.escape, TABLE["by"]))
SIGN = r"(?:©|\(c\)|Ⓒ|ⓒ|&copy;)"
ORIGINS = "|".join(TABLE["origins"])
BY_LABEL = rf"(?:(?:{ORIGINS})\s)?(?:{LABELS})\.?\s(?:{BY})\s(?-i:(?=[^a-z]))"
SLASH = "".join(rf"(?<!{word})" for word in TABLE["handed"]) + r"/(?=\s?[A-Z])"
LABEL = rf"(?:(?:{LABELS})\.?\s?(?:[:：=＝]|(?:\.\.\.|…)(?=[^\W\d_])|{SLASH})|{BY_LABEL}|{SIGN})"
SIGNS = re.compile(rf"[:：=＝/…©Ⓒⓒ]|\.\.\.|\(c\)|&copy;|\b(?:{BY})\s(?-i:[^a-z])", re.IGNORECASE)
"""What every label has at its end, and is cheaper to look for."""

WHOLE = re.compile(
    rf"^(?:[—–|/•·-]\s)?\s{{0,3}}[(\[（]?\s{{0,3}}(?:{LABEL}\s{{0,3}})+(?P<name>[^\n]{{1,{MAX_CREDIT}}}?)\s{{0,3}}[)\]）]?\s?\.?\s?$",
    re.IGNORECASE,
)
TAIL = re.compile(
    rf"(?P<head>^|[\s.!?…,;:)\"”»'’|–—。」]|(?<=[.!?\"”»]))[(\[（|/–—-]?\s?(?P<credit>{LABEL}\s*(?P<name>[^()\[\]（）\n]{{2,{MAX_CREDIT}}}(?:\([^()]{{1,60}}\))?[^()\[\]（）\n]{{0,40}}))\s?[)\]）]?\.?$",
    re.IGNORECASE,
)
HANDED = re.compile(rf"^(?:{'|'.join(TABLE['handed'])})/(?-i:[^\Wa-z\d_])", re.IGNORECASE)
HINTS = re.compile(r"[:：©=＝ⓒⒸ/…]|\.\.\.")
WORDED = re.compile(BY_LABEL, re.IGNORECASE)
BEGINNING = re.compile(r"(?:^|[.!?…)\]»”\"|–—(\[（。」/]|\s-)\s*$")
"""What stands before the beginning of a sentence: `a photo of Ada Lovelace` in the midst of one says what is shown."""
COPYRIGHT = re.compile(r"[©ⓒⒸ]|\(c\)|&copy;")
WORDS = re.compile(r"\w+")
FIRST_WORDS = frozenset(WORDS.findall(label.casefold())[0] for label in TABLE["labels"])
FOREIGN_LABELS = tuple(label.casefold() for label in TABLE["labels"] if not label.isascii())
BY_END = re.compile(rf"\(c\)|\b(?:{BY})\s(?-i:[^a-z])[^.]{{0,{MAX_CREDIT}}}[)\]]?\.?$", re.IGNORECASE)
RIGHTS = re.compile(rf"^\s*(?:{SIGN}|copyright\b)", re.IGNORECASE)
SOURCES = (
    "sources?|quellen?|fuentes?|fontes?|bron|kilde|källa|zdroj|źródło|источник|джерело"
    "|kaynak|sumber|nguồn|出典|来源|來源|출처|المصدر"
)
SOURCE = re.compile(rf"^\s*(?:{SIGN}|copyright|{SOURCES}|rechte)\b\s?[:：]?", re.IGNORECASE)
STATED = re.compile(rf"^\s*(?:{SOURCES})\s?[:：]", re.IGNORECASE)
"""A label under which a text names where its own figures are from, too."""

WITHIN = re.compile(rf"\s[(\[]?(?:{LABELS})\.?\s?[:：]\s", re.IGNORECASE)
LEADING = re.compile(rf"^(?:{LABEL}\s*)+|^\s*(?:{BY})\s+(?=[A-Z])", re.IGNORECASE)
TRIMMED = " \t.,;:|/–—-*"
STOPS = re.compile(r"[.!?。！？،؟۔]")
HANGUL = re.compile(r"[가-힣]")
REPORTERS = frozenset(["기자", "특파원", "통신원", "사진기자"])
MAX_WIDE = 8
"""Signs of a name, of Chinese and Japanese ones at most."""

PROSE_WORDS = 8
"""Words from which on a line may be a sentence of the text, and no caption."""

FURNITURE = frozenset(map(squeeze, TABLE["furniture"]))
BARE_LABEL = rf"(?:{'|'.join(map(re.escape, TABLE['bare']))})\.?(?:\s?[|–-]\s?|\s)"
BARE = re.compile(rf"^{BARE_LABEL}(?-i:(?=[^\Wa-z\d_]))", re.IGNORECASE)
"""A label that counts without a colon before a name, where nothing but a credit is expected."""

NOTICE = re.compile(rf"[\s.,;]*(?:{'|'.join(map(re.escape, TABLE['notices']))}).*$", re.IGNORECASE)
MAIL = re.compile(r"[\s,;]*\S+@\S+\.\w+")
DIVIDERS = re.compile(r"[/|,•]|\s-\s|\s–\s|\bvia\b")
GIVEN_BY = re.compile(r"\s?[/|]\s?|\bvia\b")
"""What stands between who took a picture and who sells it, and nowhere else but in lists."""

PARTICLES = frozenset(TABLE["particles"])
SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?][\s\"”]+[^\W\d_]")


def tail(text: str) -> re.Match[str] | None:
    """The labelled credit at the end of a line."""
    # Most lines are prose without any sign of a label in their last words; the pattern is dear.
    start = max(0, len(text) - 2 * MAX_CREDIT)
    signed = HINTS.search(text, start) or BY_END.search(text, max(start, len(text) - MAX_CREDIT - 20))
    if not signed or not may_hold_label(text[start:]) or len(SIGNS.findall(text, start)) > MAX_LABELS:
        return None
    found = TAIL.search(text, start)
    while found and WORDED.match(found["credit"]) and not BEGINNING.search(text[: found.start("credit")]):
        found = TAIL.search(text, found.start("name"))
    return found


def may_hold_label(text: str) -> bool:
    """Whether one of the labels can be in a text: by its first word, or anywhere where words may not be parted."""
    folded = text.casefold()
    if COPYRIGHT.search(folded) or not FIRST_WORDS.isdisjoint(WORDS.findall(folded)):
        return True
    return not text.isascii() and any(label in folded for label in FOREIGN_LABELS)


def clean(text: str) -> str | None:
    """A credit without label, copyright sign and brackets: `Emad Nassar/Flash 90`."""
    found = WHOLE.match(text)
    name = found["name"] if found else text
    for _ in range(3):
        name = LEADING.sub("", unbracketed(name.strip(TRIMMED)), count=1)
    if len(name) > 4 * MAX_CREDIT:
        return None
    name = MAIL.sub("", NOTICE.sub("", BARE.sub("", name, count=1)))
    name = " ".join(name.strip(TRIMMED + "©").split())
    return name if name and len(name) <= 2 * MAX_CREDIT else None


def unbracketed(text: str) -> str:
    """A text without one pair of brackets around all of it."""
    inner = text[1:-1]
    paired = text[:1] + text[-1:] in ("()", "[]", "（）")
    return inner.strip() if paired and not re.search(r"[()\[\]（）]", inner) else text


def is_credit(text: str) -> bool:
    """Whether a line is nothing but a credit, by a label or an agency in it."""
    if len(text) > MAX_CREDIT or SENTENCE.search(text) or reads_as_prose(text):
        return False
    return bool(WHOLE.match(text)) or is_handed(text) or is_agency_credit(text)


def is_handed(text: str) -> bool:
    """Whether a line begins with a word for handing out and a slash, as none but a credit does: `Handout/City Hall`."""
    return HANDED.match(text) is not None


def is_labelled(text: str) -> bool:
    """Whether a line is nothing but a credit with its label."""
    return (WHOLE.match(text) is not None or is_handed(text)) and is_credit(text)


def reads_as_prose(text: str) -> bool:
    """Whether a line has the stop and the small words of a sentence."""
    return text.rstrip(" \t\"”“»’'").endswith((".", "!", "?")) and sum(word.islower() for word in text.split()) >= 6


def is_agency_credit(text: str) -> bool:
    """`Name/Agency`, `AP Photo/Name`, or an agency alone; every part of it a name."""
    bare = unbracketed(text.strip(TRIMMED))
    if not bare or len(bare) > 100 or bare.endswith((":", "?")) or re.search(r"[()\[\]（）]", bare):
        return False
    if WITHIN.search(bare):  # what stands before the label is shown, and took no picture
        return False
    if is_agency(bare):
        return True
    parts = [part.strip() for part in DIVIDERS.split(bare)]
    return len(parts) > 1 and agency_of(bare) is not None and all(map(is_name, parts))


def names_photographer(text: str) -> bool:
    """Whether a credit without a label holds a person and an agency, as none but a picture's does: `Name/Agency`."""
    bare = clean(text) or ""
    parts = [part.strip() for part in GIVEN_BY.split(bare)]
    if not 1 < len(parts) <= 4 or not all(map(is_name, parts)):
        return False
    owned = list(map(is_agency, parts))
    return any(owned) and not all(owned)


def is_name(text: str) -> bool:
    """Whether a part of a credit can be a name: few words, none of them in lower case but particles."""
    words = text.split()
    if is_agency(text):
        return True
    if is_caseless(text):
        return is_caseless_name(text, words)
    return 0 < len(words) <= 6 and all(
        not word[0].islower() or word.casefold().strip(".") in PARTICLES for word in words
    )


def is_caseless_name(text: str, words: list[str]) -> bool:
    """The same in a script without capitals: as short as names are there, and no stop in it."""
    if STOPS.search(text):
        return False
    if HANGUL.search(text):
        return len(words[0]) <= 4 and (len(words) == 1 or (len(words) == 2 and words[1] in REPORTERS))
    if WIDE.search(text):
        return len(words) == 1 and len(text) <= MAX_WIDE
    return 0 < len(words) <= 3 and all(len(word.strip(".")) >= 3 for word in words)


def is_of_the_text(found: re.Match[str], head: str, *, beside: bool) -> bool:
    """Whether a labelled end of a line names the source of what the line says, and not that of a picture."""
    if not STATED.match(found["credit"]):
        return False
    return not beside or (len(head.split()) >= PROSE_WORDS and agency_of(found["name"]) is None)
