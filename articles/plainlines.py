"""Pictures in bare text: the lines that they left there, known by their look and by their neighbours."""

import re
from collections.abc import Iterator

from articles import agencies, authors, captionline, captiontail, creditline, owners, readaloud
from articles.cuts import Cut
from articles.plainform import (
    Picture,
    Plain,
    has_prose_beside,
    has_wide,
    is_margin,
    is_prose,
    is_quote,
    is_running,
    lead_length,
    sentences,
)
from articles.textform import squeeze
from articles.twice import CAPTION, repeated

FOOT = 2
"""Lines at the end in which a source is that of the whole text."""

SHORT = 200
"""The longest line that is a caption with its credit amid the text."""

SENTENCES = 3
"""Of a caption under a headline, where a label says who took the picture."""

GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[.!?\"”»)\]])(?=[^\W\d_])|(?<=[\u3040-\u9fff])(?=[A-Z])")
STUCK = re.compile(rf"[^\W\d_][.!?][\"”»]?{creditline.LABEL}", re.IGNORECASE)
"""A label right behind a stop, as no sentence begins."""


def pictures(block: list[Plain]) -> list[Picture]:
    """The pictures that left words in a text, in their order."""
    found: list[Picture] = []
    lead = lead_length(block)
    number = 0
    while number < len(block):
        picture = next(candidates(block, number, lead), None)
        if picture:
            found.append(picture)
            number = max(cut.line for cut in picture.cuts)
        number += 1
    return found


def candidates(block: list[Plain], number: int, lead: int) -> Iterator[Picture]:
    """The ways in which a picture may stand at a line, the surest first."""
    if picture := read_aloud(block, number):
        yield picture
    if number + 1 < len(block) and len(block[number].text) <= CAPTION:
        yield from repeated(block, number, lead)
    if picture := credit_line(block, number, lead):
        yield picture
    if picture := captioned_line(block, number, lead):
        yield picture


def read_aloud(block: list[Plain], number: int) -> Picture | None:
    """The lines that labels for screen readers call a picture's source and its caption."""
    texts = [line.text for line in block[number : number + 6]]
    parts = readaloud.parts(texts, 0)
    if not parts:
        return None
    cuts = [
        Cut(number + line, kind, f"{kind}-label", texts[line])
        for part in parts
        for kind in ("credit" if part.kind == "source" else "caption",)
        for line in part.lines
    ]
    said = {part.kind: part.words for part in parts}
    credit = creditline.clean(said["source"]) if "source" in said else None
    return Picture(tuple(cuts), said.get("caption"), credit)


def credit_line(block: list[Plain], number: int, lead: int) -> Picture | None:
    """A line that is a credit, with the caption that stands before or after it in one paragraph, or at the head."""
    here = block[number]
    if is_margin(here.text) or is_source_of_all(block, number, lead) or is_desk(block, number, lead):
        return None
    labelled = creditline.is_labelled(here.text)
    if labelled and number == 0 and len(block) > 2 and not owners.is_owner(creditline.clean(here.text) or ""):
        return None  # `Source: Zern to sell its ferries` is a headline
    beside = here.attached or number < lead or (number + 1 < len(block) and block[number + 1].attached)
    if not labelled and not (beside and is_bare_credit(block, number, lead)):
        return None
    if creditline.SOURCE.match(here.text) and not beside:
        return None
    own = Cut(number, "credit", "credit-label" if labelled else "credit-agency", here.text)
    for other in neighbours(block, number, lead):
        if belongs(block, number, other, lead):
            caption = Cut(other, "caption", "caption-beside-credit", block[other].text)
            return Picture((own, caption), caption.text, creditline.clean(here.text))
    credit = creditline.clean(here.text)
    return Picture((own,), None, credit) if credit else None


def is_desk(block: list[Plain], number: int, lead: int) -> bool:
    """Whether a line is the news agency that a text is from: right under its headline or its byline."""
    if not 0 < number < lead or agencies.news_agency(block[number].text) is None:
        return False
    return number == 1 or authors.BYLINE.match(block[number - 1].text) is not None


def is_bare_credit(block: list[Plain], number: int, lead: int) -> bool:
    """Whether a line without a label is a credit: amid the text no person with an employer, as in a list of winners."""
    text = block[number].text
    if not creditline.is_agency_credit(text):
        return False
    return number < lead or agencies.is_agency(text) or creditline.names_photographer(text)


def neighbours(block: list[Plain], number: int, lead: int) -> tuple[int, ...]:
    """The lines beside a credit that may be its caption, the likeliest first: a headline only where nothing follows."""
    before, after = number - 1, number + 1
    if before < 0 or after >= len(block):
        return (before,) if before >= 0 else (after,) if after < len(block) else ()
    under = number == 1 and after < lead and (block[after].attached or not block[number].attached)
    return (after, before) if under and not creditline.is_labelled(block[number].text) else (before, after)


def is_source_of_all(block: list[Plain], number: int, lead: int) -> bool:
    """Whether a line under the last paragraph says whence the whole text comes."""
    text = block[number].text
    told = creditline.is_agency_credit(text) or creditline.SOURCE.match(text) or creditline.RIGHTS.match(text)
    return bool(told) and lead < number >= len(block) - FOOT and is_prose(block[number - 1].text)


def belongs(block: list[Plain], number: int, other: int, lead: int) -> bool:
    """Whether a line beside a credit is its caption: in one paragraph with it, or short at the head of the text."""
    text = block[other].text
    if len(text) > CAPTION or creditline.is_credit(text) or is_margin(text) or squeeze(text) in creditline.FURNITURE:
        return False
    if is_running(block) and (is_prose(text) or is_quote(text)):
        return False
    if block[max(number, other)].attached:
        return True
    return number < lead and other < lead and other > number and not is_prose(text) and other + 1 < len(block)


def captioned_line(block: list[Plain], number: int, lead: int) -> Picture | None:
    """A caption and its credit in one line; at a paragraph's end only the bracketed credit goes."""
    text = block[number].text
    head = number < lead
    caption, credit = captionline.split(text)
    if caption and not credit and head:
        caption, credit = (captiontail.provided(text) if number else None) or unglued(text)
    if not caption or not credit or is_margin(text) or (len(text.split()) < 3 and not has_wide(text)):
        return None
    tail = creditline.tail(text)
    if tail and creditline.is_of_the_text(tail, caption, beside=head):
        return None
    labelled = tail or captionline.TAKEN.search(text)
    person = number < len(block) - FOOT and creditline.names_photographer(credit)
    if (labelled or person or head) and is_short(block, number, lead, caption, labelled=bool(labelled), person=person):
        return Picture((Cut(number, "caption", "caption-with-credit", text),), caption, credit)
    if labelled and text[-1:] in ")]）" and text.startswith(caption):
        return Picture((Cut(number, "credit", "credit-tail", text[len(caption) :], caption),), None, credit)
    return None


def is_short(block: list[Plain], number: int, lead: int, caption: str, *, labelled: bool, person: bool) -> bool:
    """Whether words in front of a credit are a caption by their length, and no paragraph of the text."""
    text = block[number].text
    stuck = STUCK.search(text, max(0, len(caption) - 2)) is not None
    long = stuck or (labelled and 0 < number < lead)
    if len(text) > (CAPTION if long else SHORT) or sentences(caption) > (SENTENCES if long else 1):
        return False
    if not is_prose(caption):
        return True
    return has_prose_beside(block, number) and (number < lead or person or stuck or not is_running(block))


def unglued(text: str) -> tuple[str | None, str | None]:
    """Caption and credit run together without a space, `GazaEmad Nassar/Flash 90`: an agency must be in the credit."""
    for cut in GLUED.finditer(text):
        head, tail = text[: cut.start()].strip(), text[cut.start() :].strip()
        if len(head) > 8 and creditline.is_agency_credit(tail) and not text[cut.start() - 1].isspace():
            return head, creditline.clean(tail)
    return None, None
