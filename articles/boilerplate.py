"""Lines that stand in an article's block and are neither its text nor a picture's words.

A rule needs two kinds of evidence: what the line says or what it is made of, and that it is as short as such lines are
or stands where such lines stand.
"""

import re

from articles import creditline
from articles.agencies import lone_agency
from articles.layout import Line
from articles.margins import CLOSING, Verdict, closing, opening
from articles.metadata import Metadata
from articles.tables import table
from articles.textform import SENTENCE_END, WIDE, squeeze

PHRASES = table("boilerplate")
OBJECTS = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, PHRASES['invitations']['objects']))})(?!\w)|@|http|www\.|\.com\b"
)
CALLS = re.compile(rf"(?<!\w)(?:{'|'.join(PHRASES['invitations']['calls'])})(?!\w)", re.IGNORECASE)
IMPERATIVES = re.compile(rf"(?:{'|'.join(PHRASES['invitations']['imperatives'])})(?!\w)", re.IGNORECASE)
STARTS = tuple((kind, tuple(words["starts"])) for kind, words in PHRASES.items() if "starts" in words)
WHOLE = {squeeze(word): kind for kind, words in PHRASES.items() for word in words.get("whole", ())}
CONTINUED = re.compile(
    r"^(?:all rights reserved|alle rechte vorbehalten|tous droits réservés)\s+(?-i:[^\W\d_A-Z])", re.IGNORECASE
)
"""Words that are a whole statement, with more of a sentence after them."""

SHORT = 240
"""The longest line of furniture on 230 pages; longer lines that begin so are prose."""

LINKED = 0.9
"""The share of link from which on a line leads elsewhere: of 230 pages 56 such lines were furniture, 6 not."""

HALF = 0.4
FOOT = 6
"""Lines at the end in which an invitation is one even where it reads like a sentence."""

PLAIN_KINDS = frozenset({"paywall", "cookie", "advertisement"})
"""Kinds whose phrases say nothing else wherever they stand."""

INVITING = frozenset({"newsletter", "share"})
SENTENCE, ADDRESSED = 9, 12
"""Words of a line with a full stop beyond which it is prose; the second where it speaks of the paper or its readers."""

WIDE_SENTENCE = 12
"""Signs of such a line where no space parts words."""

LEAST_SENTENCE = 6
"""The same for a line that begins like an invitation."""

STATEMENT = 20
"""Letters from which on the beginning of a line about rights needs no other evidence."""

LEAST_LINK = 20
"""Shorter linked lines may be a name or a place in the text."""

OPENING = 5
"""Lines at the head in which headline, date and byline are repeated."""

KICKER = 6
HEADLINES = 2
"""Lines at the head of which one may be the headline again, and one the agency."""

LEAST_NAME = 4
"""Letters of a name that is looked for in a line."""

VIDEO_LENGTH = re.compile(r"[|(]\s?\d{1,2}:\d{2}(?::\d{2})?\s?(?:min(?:uten|utes|uti|utos)?\.?)\)?$", re.IGNORECASE)
PLATFORMS = re.compile(
    r"google\s?news|google discover|whats\s?app|telegram|viber|facebook|instagram|newsletter|телеграм", re.IGNORECASE
)
PLATFORM_WORDS = 25
BARRED = 3
BAR = re.compile(r"^(?P<lead>[^|:–-]{3,30}?)\s[|–-]\s(?=[^|–]*$)")
"""What parts `Also read` from a headline where no colon does."""

TYPO = re.compile(r"ctrl\s?\+\s?enter", re.IGNORECASE)
NOTICES = re.compile(
    r"무단\s?전재|재배포\s?금지|저작권자|無断転載|riproduzione riservata|prohibida (?:su|la) reproducción",
    re.IGNORECASE,
)
INITIALS = re.compile(r"^[/(]?[^\W\d_]{2,4}(?:[/|-][^\W\d_]{2,4}){0,3}\)?$")
INITIAL_LINES = 3
TAGS = re.compile(
    r"^(?:tags|keywords|filed under|topics|schlagw[oö]rte?r?|themen|mots-clés|etiquetas|palavras-chave|tagged)\s*:",
    re.IGNORECASE,
)


def verdict(line: Line, number: int, total: int, facts: Metadata, before: str = "") -> Verdict | None:
    """Kind and rule of a line that is furniture, None for text; `before` is the line in front of it."""
    if number < OPENING and (found := opening(line.text, facts)):
        return found
    if lone_agency(line.text) and (number < HEADLINES or signs(before, total - number)):
        return "byline", "agency"
    if len(line.text) > SHORT:
        return None
    return (
        placed(line, number, facts)
        or phrase(line, number, total)
        or (("related", "related-lead") if line.leads_on else None)
        or named_place(line, total - number)
        or linked(line)
        or closing(line.text, total - number, facts)
    )


def signs(before: str, left: int) -> bool:
    """Whether the last line stands behind a paragraph, and is no item of a list."""
    return left == 1 and before.endswith(SENTENCE_END) and len(before.split()) > LEAST_SENTENCE


def placed(line: Line, number: int, facts: Metadata) -> Verdict | None:
    """What a line is by where it stands in the page, or by the length of a film in it."""
    if number < OPENING and line.above and is_kicker(line.text) and not line.text.startswith("- "):
        return "other", "kicker"
    if VIDEO_LENGTH.search(line.text):
        return "other", "video-length"
    if line.offered:
        return "other", "offer"
    return ("other", "after-article") if line.past and is_appended(line, facts) else None


def is_kicker(text: str) -> bool:
    """Whether a line before the headline is as short as the name of a section, or a topic."""
    return len(text.split()) <= KICKER and not text.endswith(SENTENCE_END)


def phrase(line: Line, number: int, total: int) -> Verdict | None:
    """What furniture says, in the words of the table."""
    text = line.text.removeprefix("- ").casefold().strip()
    if (kind := WHOLE.get(squeeze(text))) and len(text) < 60:
        return kind, f"{kind}-whole"  # type: ignore[return-value]
    text = unbarred(line.text.removeprefix("- ").strip()).casefold()
    for kind, starts in STARTS:
        if text.startswith(starts):
            long = kind == "copyright" and text.startswith(tuple(start for start in starts if len(start) >= STATEMENT))
            said = long or says_so(line, kind, foot=number >= total - FOOT)
            return (kind, f"{kind}-phrase") if said else None  # type: ignore[return-value]
    if TAGS.match(text):
        return "related", "tags"
    return None


def unbarred(text: str) -> str:
    """A lead of two words, or one in capitals, with a colon in place of its bar: `READ | Why the ferries were sold`."""
    barred = BAR.match(text)
    if not barred or text.endswith(SENTENCE_END) or len(text[barred.end() :].split()) < BARRED:
        return text
    lead = barred["lead"]
    if " " not in lead and not lead.isupper():
        return text
    return f"{'read more' if lead == 'READ' else lead}: {text[barred.end() :]}"


def says_so(line: Line, kind: str, *, foot: bool) -> bool:
    """Whether a line that begins like furniture is some, and not a sentence that begins with the same words."""
    text = line.text.casefold()
    if line.linked >= HALF:
        return True
    if kind == "copyright":
        return not CONTINUED.match(line.text) and (
            any(map(str.isdigit, text)) or not creditline.reads_as_prose(line.text)
        )
    if kind in PLAIN_KINDS or not text.endswith(SENTENCE_END):
        return True
    if kind == "comment" and foot and OBJECTS.search(text):
        return True
    if kind in INVITING:
        return len(text.split()) <= LEAST_SENTENCE or (bool(OBJECTS.search(text)) and (foot or not is_sentence(text)))
    return not is_sentence(text)


def is_sentence(text: str) -> bool:
    """Whether a line reads as prose does: many words, and a full stop."""
    addressed = OBJECTS.search(text) is not None
    if not text.endswith(SENTENCE_END):
        return False
    if len(WIDE.findall(text)) >= (2 * ADDRESSED if addressed else WIDE_SENTENCE) and " " not in text:
        return True
    return len(text.split()) > (ADDRESSED if addressed else SENTENCE)


def linked(line: Line) -> Verdict | None:
    """A line that is nothing but a link to another page."""
    text = line.text.removeprefix("- ")
    if line.linked >= LINKED and len(text) >= LEAST_LINK and not text.startswith(('"', "“", "„", "«")):
        return "related", "related-link"
    return None


def named_place(line: Line, left: int) -> Verdict | None:
    """Where else the paper is read, how errors are told, and who made the text: names, in any language."""
    text = line.text
    if TYPO.search(text):
        return "other", "report-errors"
    short = len(text.split()) <= SENTENCE and not text.endswith(SENTENCE_END)
    if left <= FOOT and len(text.split()) <= ADDRESSED and IMPERATIVES.match(text) and len(PLATFORMS.findall(text)) > 1:
        return "share", "platform"
    if left <= FOOT and (line.linked > 0 or short) and len(text.split()) <= PLATFORM_WORDS and PLATFORMS.search(text):
        calls = line.linked >= HALF or (line.linked > 0 and not text.endswith(SENTENCE_END)) or CALLS.search(text)
        return ("share", "platform") if calls else None
    return maker(text, left)


def maker(text: str, left: int) -> Verdict | None:
    """Who owns a text, which agency it is from, who typed it."""
    if left <= CLOSING and len(text.split()) <= ADDRESSED and NOTICES.search(text):
        return "copyright", "notice"
    return ("byline", "initials") if left <= INITIAL_LINES and are_initials(text) else None


def are_initials(text: str) -> bool:
    """Whether a line is the letters by which those who typed a text are known."""
    return ("/" in text or text.endswith(")")) and INITIALS.match(text) is not None


def is_appended(line: Line, facts: Metadata) -> bool:
    """Whether a line behind the article's box says by more than its place that it is none of its text."""
    text = line.text
    if line.boxed or line.linked > 0 or not text.endswith(SENTENCE_END):
        return True
    if PLATFORMS.search(text) or OBJECTS.search(text.casefold()):
        return True
    names = (squeeze(name) for name in (*facts.sites, *facts.authors))
    return any(len(name) >= LEAST_NAME and name in squeeze(text) for name in names)
