"""The notes by which newspapers say that they corrected an article, in the words of many languages."""

import re

from articles.substance import alternatives, substance
from articles.tables import table

NOTES = table("revisions")["correction"]
OPENING = r"^[\s(\[*_•\-–—■▼※【〈《<「『]*"
LABEL = re.compile(
    rf"{OPENING}(?:{alternatives(NOTES['labels'])})(?:\s*[(\[（][^)\]）]{{1,40}}[)\]）]|,?\s(?=[^:：]{{0,30}}\d)[^:：]{{1,30}}(?=[:：]))?"
    r"\s*(?:[:：.。\-–—)\]】〉》>」』]|$)"
)
"""A line that begins with the word for it, then perhaps a day, then what ends a label."""
MARKS = re.compile(rf"{OPENING}?(?:{alternatives(NOTES['openings'])})")
PHRASES = re.compile(alternatives(NOTES["phrases"]))

LONGEST = 2_000
"""Characters of a paragraph; no note is longer."""


def is_note(paragraph: str) -> bool:
    """Whether a paragraph, or a headline, says that something was corrected."""
    folded = paragraph.casefold()
    if len(folded) > LONGEST:
        return False
    return any(pattern.search(folded) for pattern in (LABEL, MARKS, PHRASES))


def notes(*texts: str | None) -> frozenset[str]:
    """The substance of each note in these texts."""
    return frozenset(substance(line) for text in texts if text for line in text.split("\n\n") if is_note(line))
