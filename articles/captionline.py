"""The words beside a picture in one line: where its caption ends, and who took it begins."""

import re

from articles.agencies import is_agency
from articles.captiontail import BRACKET, EDGE, GIVEN, Split, finished, passed_on, stopped
from articles.creditline import (
    BARE,
    BY_LABEL,
    FURNITURE,
    LABELS,
    MAX_WORDS,
    TABLE,
    WHOLE,
    clean,
    is_agency_credit,
    is_credit,
    tail,
)
from articles.owners import KINDS, NAMED, credible, is_owner, is_person
from articles.textform import is_caseless, squeeze

NOTICES = frozenset(map(squeeze, TABLE["notices"]))
COUNTER = re.compile(r"^\d{1,3}(?:\s?of\s?\d{1,3}\s*(?:\|\s*|$)|\s?/\s?\d{1,3}(?:\s*\|\s*|$|\s(?=[^\W\da-z])))")
"""`1 of 2 |`, before the words of a picture in a gallery."""

ENDING = re.compile(rf"(?<=\S)\s?[-–—/|]?\s?(?:{'|'.join(map(re.escape, TABLE['notices']))})\.?$", re.IGNORECASE)
"""A notice about rights behind a picture's words."""

HELD = re.compile(rf"(?P<by>{BY_LABEL})|(?<!\w)(?:{LABELS})\s?[/:：=＝]", re.IGNORECASE)
TAKEN = re.compile(r"\s*[(（](?P<name>[^()（）]{1,40}?)\s?(?:撮影|提供|촬영|제공|攝|摄)[)）][。.]?$")
SIGNED = re.compile(
    r"(?:[、。，,＝=\s）])(?P<name>[^、。，,＝=\s（）()]{2,14}(?:\s[^、。，,＝=\s（）()]{1,8})?\s?(?:撮影|[摄攝]))[。.]?$"
    r"|[\s.]/\s?(?P<reporter>[가-힣]{2,12}(?:\s?(?:기자|제공))?)$"
)
"""A name that only what follows it or the slash before it tells: `、佐藤健撮影`, `记者 刘文 摄`, `/박상훈 기자`."""

PARTED = re.compile(r"(?:\s?[图圖]?\s?[/／]\s?|\s[-–—]\s|[,،、，]\s?)(?P<name>[^\s/／,،、，][^/／,،、，]{1,30})$")
"""The last part of a line, parted by what parts a caption from an agency."""

EQUALS = re.compile(r"\s?＝(?P<name>[^＝。、]{1,40})$")
SLASHED = re.compile(r"\s[-–/]\s(?P<name>[^-–/|]{2,60}\s?/\s?[^-–/|]{2,40})$")
LAST = re.compile(r"(?<=[.!?”\"»…)])\s?(?P<name>[^.!?”\"»…)(]{2,80})\.?$")
PIPED = re.compile(r"\s*[|｜–—]\s*(?P<name>[^|｜–—]{2,100})$")
FIRST = re.compile(
    r"(?P<name>[^|()\[\]\n]{2,60}?)(?:\s?\|\s?|[)\]）]\s?|(?<=[^\W\d_]{3})\.\s)(?P<caption>(?-i:[^\Wa-z\d_]).{8,})$",
    re.DOTALL,
)
"""Behind a label a name, and then what the picture shows."""

BEFORE = re.compile(r"(?:(?<=[^\W_][.!?»”\"])\s?|\s/\s)(?P<name>[^\W\d_][^.!?»”\"/]{3,40})$")
"""A name behind the last stop, in front of its agency in brackets: `in parliament.Ana Ruiz (EFE)`."""

DATED = re.compile(
    r"\s[-–—]\s(?P<name>[^-–—/]{3,40}\s?[-–—,]\s?\d{1,2}[./\s]\s?[^\W_]{1,9}[./\s]\s?\d{2,4}\s?/\s?[^-–—/]{2,40})$"
)
"""A name, a day, an agency: `- Ana Ruiz - 3.mar.26/Folhapress`."""

INITIAL = re.compile(r"(?:^|\W)[^\W\d]{1,2}\.$")
DANGLING = " |–—-"
"""What is left before a name that went."""

SENTENCE = 3
"""Words after a label up to which they are a name; more of them may be a caption with its credit behind it."""


def split(text: str, *, kinds: bool = True, marked: bool = False) -> Split:
    """Caption and credit in the words beside a picture; either may be None.

    In words that markup calls a caption, a bracket after the last sentence names who took the picture.
    """
    text = ENDING.sub("", COUNTER.sub("", text.strip()))
    if not text or squeeze(text) in FURNITURE or squeeze(text) in NOTICES:
        return None, None
    if len(text) > MAX_WORDS:
        return text[:MAX_WORDS].rstrip(), None
    kind = BRACKET.search(text) if kinds else None
    if kind and squeeze(kind["name"]) in KINDS and split(text[: kind.start()], kinds=False)[1]:
        text = text[: kind.start()]
    if within := after_label(text, marked=marked):
        return within
    if is_credit(text):
        return None, clean(text)
    return (
        in_bracket(text, marked=marked)
        or signed(text)
        or by_agency(text)
        or (stopped(text) if marked or "|" in text else None)
        or at_end(text)
        or ((finished(text) or passed_on(text)) if marked else None)
        or (text.rstrip(DANGLING) or text, None)
    )


def after_label(text: str, *, marked: bool) -> Split | None:
    """Caption and credit behind a label that introduces both: `Foto: The mill in spring (Jane Doe/AP)`."""
    found = WHOLE.match(text)
    if not found or len(found["name"].split()) <= SENTENCE:
        return None
    first = FIRST.match(found["name"])
    if first and is_owner(first["name"]) and len(first["caption"].split()) > SENTENCE:
        return text[found.start("name") + first.start("caption") :], clean(first["name"])
    label = text[: found.start("name")]
    name = found["name"] if text[0] in "([（" else text[found.start("name") :]
    caption, credit = split(name, marked=marked)
    bracket = BRACKET.search(name)
    if caption and not credit and bracket and NAMED.match(bracket["name"]) and bracket["name"][0].isupper():
        caption, credit = name[: bracket.start()].rstrip(EDGE), bracket["name"]
    if not caption or not credit or len(caption.split()) <= SENTENCE or INITIAL.search(caption):
        return None
    return (label + caption if squeeze(label) in KINDS else caption), credit


def in_bracket(text: str, *, marked: bool) -> Split | None:
    """Caption and credit where the line ends in a bracket that says with a label who took the picture."""
    found = BRACKET.search(text)
    if not found or not found.start() or squeeze(found["name"]) in KINDS:
        return None
    name, caption = found["name"].strip(), text[: found.start()].rstrip(EDGE)
    held = HELD.search(name)
    if held:
        return caption or None, clean(name[held.end() :] if held["by"] else name)
    if BARE.match(name):
        return caption or None, clean(name)
    if marked and (GIVEN.match(name) or (found["open"] == "[" and is_owner(name))):
        return caption or None, name
    return None


def signed(text: str) -> Split | None:
    """Caption and credit where the name has no label but one behind it."""
    found = SIGNED.search(text)
    if not found or not found.start():
        return None
    group = "name" if found["name"] else "reporter"
    return text[: found.start(group)].rstrip(EDGE), clean(found[group])


def by_agency(text: str) -> Split | None:
    """Caption and credit where the last part of words in a script without capitals is an agency."""
    found = PARTED.search(text) if is_caseless(text) else None
    if not found or not found.start() or not is_agency(found["name"]):
        return None
    return text[: found.start()].rstrip(EDGE), clean(found["name"])


def at_end(text: str) -> Split | None:
    """Caption and credit by what the end of a line looks like: a label, an agency, a name with a slash."""
    for pattern in (TAKEN, None, DATED, BRACKET, EQUALS, PIPED, SLASHED, LAST):
        found = pattern.search(text) if pattern else tail(text)
        if found and is_sure(pattern, found["name"]):
            start = found.start() if pattern else found.start("credit")
            before = text[:start].rstrip()
            owner = before.split()[-1] if before and found[0].count("/") else ""
            if not pattern and is_agency(owner):  # `AP Photo/Jane Doe`
                return before[: -len(owner)].rstrip(EDGE) or None, clean(f"{owner} {found['credit']}")
            person = BEFORE.search(before) if pattern is BRACKET else None
            if person and is_person(person["name"]):
                return before[: person.start()], f"{person['name']} ({clean(found['name'])})"
            return before.rstrip(EDGE) or None, clean(found["name"])
    return None


def is_sure(pattern: re.Pattern[str] | None, name: str) -> bool:
    """Whether what a pattern found names an author: some say so themselves, behind a mere dash it needs an agency."""
    if pattern in (TAKEN, None, DATED):
        return True
    return is_agency_credit(name) if pattern is SLASHED else credible(name)


def in_attribute(text: str) -> str | None:
    """The credit after the words in a picture's `title` or `alt`; alone it says nothing there."""
    caption, credit = split(text)
    return credit if caption else None
