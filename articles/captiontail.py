"""Credits behind the last sentence of a caption, and in brackets that say who gave a picture: no colon marks them."""

import re

from articles.creditline import BARE_LABEL, TABLE, clean
from articles.owners import is_owner

Split = tuple[str | None, str | None]

BRACKET = re.compile(r"\s*(?P<open>[(\[（])(?P<name>[^()\[\]（）]{2,160})[)\]）]\s?\.?$")
GIVEN = re.compile(rf"^(?:{'|'.join(map(re.escape, TABLE['given']))})\b", re.IGNORECASE)
STOPPED = re.compile(
    rf"(?:(?<=[.!?…”\"»)।۔])\s*(?-i:(?=[^\Wa-z]))|\s\|\s|(?:,|\s/)\s(?=fot\.)){BARE_LABEL}(?P<name>(?-i:[^\Wa-z\d_])[^!?\n]{{1,80}})$",
    re.IGNORECASE,
)

FINISHED = re.compile(r"[.!?…。”\"»’]\s*[(\[（](?P<name>[^()\[\]（）]{2,80})\s?[)\]）]\.?$")
PASSED_ON = re.compile(
    rf"(?<=[.!?…”\"»)])\s(?P<name>(?:{'|'.join(map(re.escape, TABLE['given']))})\b[^.!?]{{0,80}})\.?$", re.IGNORECASE
)
"""Words for giving behind the last sentence: `. Courtesy of the museum`."""

MOST_GIVEN = 8
SMALL = frozenset({"of", "the", "by", "from", "photo", "image", "and", "via"})
"""Words in lower case in a bracket that says who gave a picture."""

EDGE = " ([（|–—-/、，,"


def provided(text: str) -> Split | None:
    """Caption and credit where a bracket begins with a word for giving: `(Courtesy of the harbour office)`."""
    found = BRACKET.search(text)
    if not found or not found.start() or not GIVEN.match(found["name"]):
        return None
    words = found["name"].casefold().split()
    if len(words) > MOST_GIVEN or ("courtesy" not in words and any(map(is_told, found["name"].split()[1:]))):
        return None
    return text[: found.start()].rstrip(EDGE), found["name"]


def is_told(word: str) -> bool:
    """Whether a word belongs to a sentence rather than to a name."""
    return word[0].islower() and word not in SMALL


def stopped(text: str) -> Split | None:
    """Caption and credit where a label without a colon stands behind the last sentence: `. Foto Jane Doe`."""
    found = STOPPED.search(text)
    if not found or not is_owner(found["name"]):
        return None
    return text[: found.start()].rstrip(), clean(found["name"])


def finished(text: str) -> Split | None:
    """Caption and credit where names stand in a bracket behind the last sentence."""
    found = FINISHED.search(text)
    if not found or not is_owner(found["name"]):
        return None
    return text[: found.start("name")].rstrip(" ([（"), clean(found["name"])


def passed_on(text: str) -> Split | None:
    """Caption and credit where a word for giving stands behind the last sentence."""
    found = PASSED_ON.search(text)
    return (text[: found.start()].rstrip(), found["name"]) if found else None
