"""Whether words without a label name who took or owns a picture."""

import re

from articles.creditline import DIVIDERS, TABLE, TRIMMED, is_agency_credit, is_name
from articles.textform import squeeze

KINDS = frozenset(map(squeeze, TABLE["kinds"]))
NAMED = re.compile(r"^[^\W\d_][^/]{1,60}\s?/\s?[^\W\d_][^/]{1,40}(?:\s?/\s?[^/]{2,40})?$")


def is_owner(text: str) -> bool:
    """Whether a bracket can name who took a picture: names without numbers, and no word for its kind or for a side."""
    parts = [part.strip() for part in DIVIDERS.split(text.strip(TRIMMED))]
    return squeeze(text) not in KINDS and not any(map(str.isdigit, text)) and all(map(is_name, parts))


def credible(name: str) -> bool:
    """Whether a bracket or last words without a label name an author: an agency, or two names with a slash."""
    name = name.strip(TRIMMED)
    if squeeze(name) in KINDS or len(name.split()) > 10:
        return False
    named = NAMED.match(name) and not any(map(str.isdigit, name)) and name[:1].isupper()
    return is_agency_credit(name) or bool(named and all(map(is_name, DIVIDERS.split(name))))


def is_person(text: str) -> bool:
    """Whether a few words are a person's name: two to four of them, as names are written."""
    return 2 <= len(text.split()) <= 4 and is_name(text)
