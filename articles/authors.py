"""Who wrote an article: persons out of what pages print as bylines, agencies under their usual names."""

import re
from collections.abc import Iterable

from articles.agencies import news_agency
from articles.dates import found_in
from articles.tables import table
from articles.textform import WIDE, clean_line, is_caseless, squeeze

BYLINES = table("bylines")
MAX_AUTHORS = 60
MAX_NAME = 80
MAX_UNSPACED, MAX_CASELESS = 12, 40
"""Characters of a name in scripts without capitals: where words are not parted, and where they are."""


COMMA = re.compile("[,，،]")
LEAD = re.compile(
    r"^(?:"
    + "|".join(sorted(map(re.escape, BYLINES["leads"]), key=len, reverse=True))
    + r")(?:\s*[:：・=＝]\s*|\s+|(?=文))",
    re.IGNORECASE,
)
SHORT_JOINTS = "".join(joint for joint in BYLINES["joints"] if len(joint) == 1)
"""`y`, `e`: a capital one is an initial."""

JOINT = re.compile(
    r"\s+(?:(?i:" + "|".join(map(re.escape, BYLINES["joints"])) + rf")(?<!\s[^{SHORT_JOINTS}])"
    r")\s+|\s*[;|&、·•\n]\s*|\s+/\s+"
)
GLUE = "\0"
COMPOUND = re.compile(rf"(?<=\w\s)([^\W\d_]+)\s([{SHORT_JOINTS}])\s([^\W\d_]+)(?=\s*(?:$|[,;|&]))")
"""The last words of a byline, or of a part of it, that may be one name: `Manuel Ortega y Gasset`."""
ROLES = frozenset(BYLINES["roles"])
NOBODY = frozenset(squeeze(name) for name in (*BYLINES["nobody"], *BYLINES["leads"]))
DESKS = frozenset(BYLINES["desks"])
TITLES = frozenset(BYLINES["titles"])
LABELS = frozenset(BYLINES["labels"])
HANDLE = re.compile(r"\S*@\S+|\(?https?://\S+|\S+\.(?:com|org|net|de|co|uk)/\S*", re.IGNORECASE)
BRACKETS = re.compile(r"\s*[(\[（][^)\]）]{0,120}[)\]）]\s*")
PICTURED = re.compile(
    r"\b(?:photograph(?:s|y)|photos?|pictures|illustrations?|video|graphics)(?: and \w+)? by [^.;|]*[.;|]?",
    re.IGNORECASE,
)
"""Who made what stands beside the text."""

WORD = re.compile(r"[^\W\d_]+")
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


PLACE = re.compile(r"^(\S+(?:\s\S+){1,3}?)\s(?:in|aus)\s(?=[^\W\d_a-z])[^,]{2,40}$")
"""Where a correspondent writes from: `Jane Doe in Berlin`; `Sophie in 't Veld` is a name."""

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


def parts(raw: str) -> list[str]:
    """The names in a byline: leads, roles, handles and addresses left out."""
    text = BRACKETS.sub(" ", HANDLE.sub(" ", clean_line(raw[:1_000])))
    text = PICTURED.sub("", text).strip() or text
    while (shorter := LEAD.sub("", text.strip(" ,:-–—"), count=1)) != text and shorter:
        text = shorter
    return [name for piece in divided(text) for name in listed(piece) if name]


def divided(text: str) -> list[str]:
    """The byline cut where one name ends and the next begins."""
    whole = COMPOUND.sub(lambda found: GLUE.join(found.groups()) if is_surname(found[3]) else found[0], text)
    joints = [joint.replace(GLUE, " ") for joint in JOINT.split(whole)]
    pieces = [piece.strip(" ,:-–—") for joint in joints for piece in slashed(joint)]
    if len(pieces) > 1 and all(len(piece.split()) == 1 and piece.isascii() for piece in pieces) and "&" not in text:
        return [text]  # "Ortega y Gasset": a joint between single words is part of a name
    return pieces


def is_surname(word: str) -> bool:
    """Whether a single word behind a joint ends a name, and is none by itself: an agency, a desk, somebody unnamed."""
    return word[0].isupper() and not (word.isupper() or news_agency(word) or has_role(word) or squeeze(word) in NOBODY)


def slashed(piece: str) -> list[str]:
    """`Jane Doe/Reuters`: a name, and what a slash adds to it; another name, an agency, or a place that goes."""
    first, *others = piece.split("/")
    if others and news_agency(first):
        return [first, *others]
    if not others or len(first.split()) < 2 or ":" in first:
        return [piece]
    return [first, *(other for other in others if len(other.split()) > 1 or news_agency(other))]


def listed(piece: str) -> list[str]:
    """Names parted by commas; what says a role or a place after a comma goes, and a place behind `in`."""
    piece = PLACE.sub(r"\1", piece)
    cells = [cell.strip(" .:-–—") if len(cell.strip()) > 3 else cell.strip() for cell in COMMA.split(piece)]
    if len(cells) == 1:
        return [without_role(piece.split(" - ", maxsplit=1)[0].split(" – ", maxsplit=1)[0].strip())]
    if (
        len(cells) == 2
        and all(len(cell.split()) == 1 and not is_caseless(cell) for cell in cells)
        and not any(news_agency(cell) for cell in cells)
    ):
        return [f"{cells[1]} {cells[0]}" if not has_role(cells[1]) else cells[0]]
    names = [cell for cell in cells if not has_role(cell)]
    longer = [cell for cell in names if len(cell.split()) > 1 or is_caseless(cell) or news_agency(cell)]
    return longer or names[:1]


def without_role(name: str) -> str:
    """A name without a role glued to its end: `Jane Doe Political Editor` stays whole only where no role stands."""
    words = name.split()
    if words and words[-1].casefold() in DESKS:
        return name
    if len(words) > 1 and words[-1] in TITLES:
        words.pop()
        name = " ".join(words)
    if words and len(words[-1]) > 4:
        name = name.removesuffix(".")
    for i, word in enumerate(words):
        if i >= 2 and word.casefold() in ROLES:
            kept = i - 1 if i > 3 else i
            return " ".join(words[:kept])
    return name


def has_role(text: str) -> bool:
    """Whether one of the words names a role."""
    return any(word in ROLES for word in WORD.findall(text.casefold()))


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
