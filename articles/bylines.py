"""A byline cut into the names in it: leads, roles, places and who took the pictures left out."""

import re

from articles.agencies import news_agency
from articles.tables import table
from articles.textform import clean_line, is_caseless, squeeze

BYLINES = table("bylines")
NOBODY = frozenset(squeeze(name) for name in (*BYLINES["nobody"], *BYLINES["leads"]))
HANDLE = re.compile(r"\S*@\S+|\(?https?://\S+|\S+\.(?:com|org|net|de|co|uk)/\S*", re.IGNORECASE)
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
DESKS = frozenset(BYLINES["desks"])
TITLES = frozenset(BYLINES["titles"])
BRACKETS = re.compile(r"\s*[(\[（][^)\]）]{0,120}[)\]）]\s*")
PICTURED = re.compile(
    r"[,;]?\s(?:fotos?|photos?|bild(?:er)?|video|grafik|illustration(?:en)?)\s?:[^.;|]*"
    r"|\b(?:photograph(?:s|y)|photos?|pictures|illustrations?|video|graphics)(?: and \w+)? by [^.;|]*[.;|]?",
    re.IGNORECASE,
)
"""Who made what stands beside the text."""

WITH = re.compile(
    r"(?:^(?i:avec|con|com|met|med|mit|with)|\s(?:avec|con|com|met|med|mit|with))(?:\s(?:l[’']|la\s|the\s)|\s)"
    r"(?P<name>[^\W\d_][\w\s.-]{1,40})$"
)
"""The agency whose copy somebody has worked with."""

SENT = re.compile(
    r",\s(?:(?i:inviat[oa]|envoyée?|enviad[oa]|correspondante?|corresponsal|special to)\s"
    r"|(?:em|en|à|in|from|aus)\s(?=[^\Wa-z\d_]))(?P<place>[^,;|&]*?)(?=$|[,;|&]|\s(?:and|und|et|y|e)\s)"
)
"""Where somebody was sent, or for whom, behind a comma."""

WORD = re.compile(r"[^\W\d_]+")
PLACE = re.compile(r"^(\S+(?:\s\S+){1,3}?)\s(?:in|aus)\s(?=[^\W\d_a-z])[^,]{2,40}$")
"""Where a correspondent writes from: `Jane Doe in Berlin`; `Sophie in 't Veld` is a name."""


def parts(raw: str) -> list[str]:
    """The names in a byline: leads, roles, handles and addresses left out."""
    text = BRACKETS.sub(" ", HANDLE.sub(" ", clean_line(raw[:1_000])))
    text = SENT.sub(unsent, PICTURED.sub("", text)).strip() or text
    if (wired := WITH.search(text)) and news_agency(wired["name"]):
        return [*parts(text[: wired.start()]), wired["name"]] if wired.start() else [wired["name"]]
    while (shorter := LEAD.sub("", text.strip(" ,:-–—"), count=1)) != text and shorter:
        text = shorter
    return [name for piece in divided(text) for name in listed(piece) if name]


def unsent(found: re.Match[str]) -> str:
    """Nothing in place of where somebody was sent, or the agency that somebody is from."""
    return f", {found['place']}" if news_agency(found["place"]) else ""


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
