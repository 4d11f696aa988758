"""Who wrote an article: persons out of what pages print as bylines, agencies under their usual names."""

import re
from collections.abc import Iterable

from articles.agencies import news_agency
from articles.bylines import BYLINES, HANDLE, NOBODY, has_role, parts
from articles.daylines import found_in
from articles.textform import WIDE, clean_line, is_caseless, squeeze

MAX_AUTHORS = 60
MAX_NAME = 80
MAX_UNSPACED, MAX_CASELESS = 12, 40
"""Characters of a name in scripts without capitals: where words are not parted, and where they are."""

LABELS = frozenset(BYLINES["labels"])
CAPITAL = re.compile(r"^[^\W\d_]", re.UNICODE)
SLUG = re.compile(r"^[a-z]+(?:[-_.][a-z]+)+$|^[a-z]{1,6}$")
DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$", re.IGNORECASE)

BYLINE = re.compile(
    r"^(?:(?:(?:written |posted |reported |story |words )?by|von|par|por|di|door|av|af|oleh"
    r"|text|texte|texto|testo|autor|autorin|автор)"
    r"\s*[:：]?\s+"
    rf"|(?:{'|'.join(map(re.escape, BYLINES['labels']))})\s*[:：]\s*)(?=\S)",
    re.IGNORECASE,
)

DAY_BEFORE = re.compile(r"^(?P<day>[^.!?]{4,40}?)\s(?=(?:by|von|par|por)\s+\S)", re.IGNORECASE)
DAY_BEHIND = re.compile(
    r",?\s(?:(?:le|el)\s(?=\d)|(?:at|on|um|am|à|em)\s(?=[^.!?]{0,24}?\d)).*$|,\s(?=\d{1,2}\.?\s[^\W\d_]+\s\d{4}).*$"
)
"""Day and hour in front of a byline, and behind it."""


def people(
    names: Iterable[tuple[str, str]], sites: Iterable[str], *, strict: bool = False
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Persons and news agencies among authors given as (type, name), in their order.

    Of an agency, its usual name and what the byline calls it. `sites` are the names of the newspaper: an author that
    is one of them is nobody. Strict is for what was found by its place in the page: there a name must also look like
    one.
    """
    own = {squeeze(site) for site in sites if site} - {""}
    persons: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for kind, raw in list(names)[:MAX_AUTHORS]:
        for name in parts(raw):
            if agency := news_agency(name):
                agencies.setdefault(agency, name)
            elif kind != "Organization" and is_person(name, own) and (not strict or looks_like_name(name)):
                persons.setdefault(squeeze(name), name)
    return tuple(persons.values()), agencies


def signatories(persons: tuple[str, ...], wires: dict[str, str], newsroom: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Who stands as author: persons; without any the agencies as the byline has them; without those the newsroom."""
    return persons or tuple(wires.values()) or newsroom


def looks_like_name(name: str) -> bool:
    """Two to five words with capitals, or a short name in a script that has none."""
    words = name.split()
    if is_caseless(name):
        return len(name) <= MAX_UNSPACED if WIDE.search(name) else len(words) <= 4 and len(name) <= MAX_CASELESS
    return 2 <= len(words) <= 5 and words[0][0].isupper() and words[-1][0].isupper() and ":" not in name


def signed(opening: Iterable[str]) -> list[str]:
    """The names in a line at the head of a text that begins with `By`, in any of the languages of the table."""
    for dated in opening:
        line = DAY_BEHIND.sub("", dated.strip(" |"))
        before = DAY_BEFORE.match(line)
        line = line[before.end() :] if before and found_in(before["day"]) else line
        bare = BYLINE.sub("", line)
        if bare != line and len(line) <= 120 and not line.endswith((".", "!", "?")):
            return [name for name in parts(bare) if looks_like_name(name)]
    return []


def closing(lines: Iterable[str]) -> list[str]:
    """The name that stands alone under a text, as its signature."""
    for line in lines:
        words = line.split()
        if (
            len(line) <= 40
            and looks_like_name(line)
            and all(word[0].isupper() and word[-1].isalpha() for word in words)
        ):
            return [line]
    return []


def is_label(text: str | None) -> bool:
    """Whether a few words say that an author follows."""
    return text is not None and text.strip(" :：\n\t").casefold() in LABELS


def newsroom(names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The newspaper or desk that the page names as author, for where it names no person and no agency."""
    for kind, raw in names:
        name = clean_line(raw[:1_000])
        if (
            2 <= len(name) <= MAX_NAME
            and not HANDLE.search(name)
            and (kind == "Organization" or not SLUG.match(name))
            and squeeze(name) not in NOBODY
        ):
            return (name,)
    return ()


def is_person(name: str, own: set[str]) -> bool:
    """Whether a string can be a person's name, and is none of the newspaper's."""
    folded = squeeze(name)
    if not 2 <= len(folded) <= MAX_NAME or folded in NOBODY or folded in own or has_role(name):
        return False
    words = name.split()
    if squeeze(words[0]) in own or any(
        len(site) > 3 and (folded.startswith(site) or folded.endswith(site)) for site in own
    ):
        return False
    digits = sum(map(str.isdigit, name))
    return (
        len(words) <= 7
        and digits == 0
        and not SLUG.match(name)
        and not DOMAIN.match(name)
        and not re.search(r"[<>={}#!?\"]|://", name)
    )
