"""The lines of a bare text: what parts them, which of them are prose, and where the text begins."""

import re
from dataclasses import dataclass
from itertools import pairwise

from articles import authors, margins, readaloud
from articles.cuts import Cut

HEAD = 8
"""Lines behind a standfirst within which the text begins."""

LEAST = 3
"""Lines from which on a text without a single blank one has its paragraphs parted by bare breaks."""

QUOTES = ('"', "“", "”", "„", "«", "»", "‘", "「", "『")
ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "」")
CLOSERS = "\"'”’»“)"


@dataclass(frozen=True, slots=True)
class Plain:
    """A line of a text, and what parts it from the one before it."""

    text: str
    gap: str

    @property
    def attached(self) -> bool:
        """Whether no blank line parts it from the line before."""
        return self.gap == "\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines that a picture left in a text, and what they say."""

    cuts: tuple[Cut, ...]
    caption: str | None
    credit: str | None


def lead_length(block: list[Plain]) -> int:
    """How many lines stand before the first paragraph of prose."""
    return next((number for number, line in enumerate(block) if is_prose(line.text)), 0)


def head_length(block: list[Plain]) -> int:
    """The same with a standfirst that is a sentence, where a byline or a day stands between it and the text."""
    first = lead_length(block)
    behind = range(first + 1, min(len(block), first + HEAD))
    second = next((number for number in behind if is_prose(block[number].text)), first)
    return second if any(is_margin(block[number].text) for number in range(first + 1, second)) else first


def is_margin(text: str) -> bool:
    """Whether a line is a byline or tells a day, whatever agency it names."""
    return bool(authors.BYLINE.match(text) or margins.CHANGED.match(text)) or margins.is_day(text, 40)


def is_running(block: list[Plain]) -> bool:
    """Whether paragraphs are parted by bare breaks, so that these join nothing."""
    bare = len(block) >= LEAST and all(line.attached for line in block[1:])
    return bare or any(after.attached and is_prose(one.text) and is_prose(after.text) for one, after in pairwise(block))


def has_prose_beside(block: list[Plain], *numbers: int) -> bool:
    """Whether a text has paragraphs beside some of its lines."""
    return any(is_prose(line.text) for other, line in enumerate(block) if other not in numbers)


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph: it ends as a sentence does and has the length of one, or is very long."""
    if len(text) > 400:
        return True
    long = len(text.split()) >= 10 or (has_wide(text) and len(text) >= 30)
    return long and ends(text) and readaloud.part_at([text], 0) is None


def is_quote(text: str) -> bool:
    """Whether a line is somebody's words, however short."""
    return text.startswith(QUOTES) and ends(text)


def ends(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return text.rstrip(CLOSERS).endswith(ENDS)


def has_wide(text: str) -> bool:
    """Whether a text is written without spaces: Chinese, Japanese, Thai."""
    return bool(re.search(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]", text))


def sentences(text: str) -> int:
    """How many sentences a line holds, by their inner ends."""
    return 1 + len(re.findall(r"[^\W\d_]{3,}[.!?][\"”»]?\s+[^\W\d_]|[。！？](?=.)", text))
