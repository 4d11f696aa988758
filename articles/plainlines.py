"""Pictures in bare text: the lines that they left there, known by their look and by their neighbours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles import authors, captionline, creditline, margins
from articles.cuts import Cut

FOOT = 2
"""Lines at the end in which a source is that of the whole text."""

CAPTION = 300
"""The longest line taken for a caption."""

GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[.!?\"”»)\]])(?=[^\W\d_])|(?<=[\u3040-\u9fff])(?=[A-Z])")
HEAD = 8
"""Lines behind a standfirst within which the text begins."""

NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:\s(?:[^\W\d_][\w.'’-]*|&)){0,5}$")


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
    here = block[number].text
    after = block[number + 1] if number + 1 < len(block) else None
    if after and len(here) <= CAPTION:
        near = after.attached or number < lead
        for twice in repeated(number, here, after.text, near=near):
            if not is_prose(twice.caption or "") or here == after.text or has_prose_beside(block, number, number + 1):
                yield twice
    if picture := credit_line(block, number, lead):
        yield picture
    if picture := captioned_line(block, number, lead):
        yield picture


def repeated(number: int, here: str, after: str, *, near: bool) -> Iterator[Picture]:
    """A caption that stands twice, from the picture's alternative text and beneath it, a credit often glued to it.

    With a credit that is one by itself it is known anywhere, and where it is a sentence, too.
    """
    for caption, other in ((here, after), (after, here)):
        head, tail = other[: len(caption)], other[-len(caption) :]
        rest = other[len(caption) :] if head == caption else other[: -len(caption)] if tail == caption else None
        if rest is None or len(caption) < 4:
            continue
        sure = bool(rest) and (creditline.is_credit(rest) or creditline.is_agency_credit(rest))
        if not sure and (not near or (is_prose(caption) and here != after) or (rest and not names_somebody(rest))):
            continue
        cuts = Cut(number, "caption", "caption-repeated", here), Cut(number + 1, "caption", "caption-repeated", after)
        yield Picture(cuts, caption, creditline.clean(rest) if rest else None)


def names_somebody(text: str) -> bool:
    """Whether what is glued to a repeated caption can be a name: short, with a capital or in a script without them."""
    bare = creditline.clean(text) or ""
    return (
        bool(bare)
        and len(bare) <= 90
        and (
            creditline.is_credit(text)
            or captionline.credible(bare)
            or (bool(NAME.match(bare)) and not bare[0].islower())
        )
    )


def credit_line(block: list[Plain], number: int, lead: int) -> Picture | None:
    """A line that is a credit, with the caption that stands before or after it in one paragraph, or at the head."""
    here = block[number]
    if is_margin(here.text) or is_source_of_all(block, number, lead):
        return None
    labelled = bool(creditline.WHOLE.match(here.text)) and creditline.is_credit(here.text)
    if labelled and number == 0 and len(block) > 2 and not captionline.is_owner(creditline.clean(here.text) or ""):
        return None  # `Source: Zern to sell its ferries` is a headline
    beside = here.attached or number < lead or (number + 1 < len(block) and block[number + 1].attached)
    if not labelled and not (beside and creditline.is_agency_credit(here.text)):
        return None
    if creditline.SOURCE.match(here.text) and not beside:
        return None
    own = Cut(number, "credit", "credit-label" if labelled else "credit-agency", here.text)
    for other in (number - 1, number + 1):
        if 0 <= other < len(block) and belongs(block, number, other, lead):
            caption = Cut(other, "caption", "caption-beside-credit", block[other].text)
            return Picture((own, caption), caption.text, creditline.clean(here.text))
    credit = creditline.clean(here.text)
    return Picture((own,), None, credit) if credit else None


def is_margin(text: str) -> bool:
    """Whether a line is a byline or tells a day, whatever agency it names."""
    return bool(authors.BYLINE.match(text) or margins.CHANGED.match(text)) or margins.is_day(text, 40)


def is_source_of_all(block: list[Plain], number: int, lead: int) -> bool:
    """Whether a line under the last paragraph says whence the whole text comes."""
    text = block[number].text
    told = creditline.is_agency_credit(text) or creditline.SOURCE.match(text) or creditline.RIGHTS.match(text)
    return bool(told) and lead < number >= len(block) - FOOT and is_prose(block[number - 1].text)


def is_running(block: list[Plain]) -> bool:
    """Whether paragraphs are parted by bare breaks, so that these join nothing."""
    return any(after.attached and is_prose(one.text) and is_prose(after.text) for one, after in pairwise(block))


def is_all_there_is(block: list[Plain], number: int) -> bool:
    """Whether a paragraph cannot be a caption: no other is there, or paragraphs are parted by bare breaks."""
    return is_running(block) or not has_prose_beside(block, number)


def has_prose_beside(block: list[Plain], *numbers: int) -> bool:
    """Whether a text has paragraphs beside some of its lines."""
    return any(is_prose(line.text) for other, line in enumerate(block) if other not in numbers)


def belongs(block: list[Plain], number: int, other: int, lead: int) -> bool:
    """Whether a line beside a credit is its caption: in one paragraph with it, or short at the head of the text."""
    text = block[other].text
    if len(text) > CAPTION or creditline.is_credit(text) or is_margin(text):
        return False
    if is_prose(text) and is_running(block):
        return False
    if block[max(number, other)].attached:
        return True
    return number < lead and other < lead and other > number and not is_prose(text) and other + 1 < len(block)


def captioned_line(block: list[Plain], number: int, lead: int) -> Picture | None:
    """A caption and its credit in one line; at a paragraph's end only the bracketed credit goes."""
    text = block[number].text
    caption, credit = captionline.split(text)
    if caption and not credit and number < lead:
        caption, credit = unglued(text)
    if not caption or not credit or is_margin(text) or (len(text.split()) < 3 and not has_wide(text)):
        return None
    tail = creditline.tail(text)
    if tail and creditline.is_of_the_text(tail, caption, beside=number < lead):
        return None
    labelled = tail or captionline.TAKEN.search(text)
    short = len(text) <= 200 and sentences(caption) <= 1 and not (is_prose(caption) and is_all_there_is(block, number))
    alone = number < lead or block[number].gap == "\n" or short
    if short and alone and (labelled or number < lead):
        return Picture((Cut(number, "caption", "caption-with-credit", text),), caption, credit)
    if labelled and text[-1:] in ")]）" and text.startswith(caption):
        return Picture((Cut(number, "credit", "credit-tail", text[len(caption) :], caption),), None, credit)
    return None


def unglued(text: str) -> tuple[str | None, str | None]:
    """Caption and credit run together without a space, `GazaEmad Nassar/Flash 90`: an agency must be in the credit."""
    for cut in GLUED.finditer(text):
        head, tail = text[: cut.start()].strip(), text[cut.start() :].strip()
        if len(head) > 8 and creditline.is_agency_credit(tail) and not text[cut.start() - 1].isspace():
            return head, creditline.clean(tail)
    return None, None


def lead_length(block: list[Plain]) -> int:
    """How many lines stand before the first paragraph of prose."""
    return next((number for number, line in enumerate(block) if is_prose(line.text)), 0)


def head_length(block: list[Plain]) -> int:
    """The same with a standfirst that is a sentence, where a byline or a day stands between it and the text."""
    first = lead_length(block)
    behind = range(first + 1, min(len(block), first + HEAD))
    second = next((number for number in behind if is_prose(block[number].text)), first)
    return second if any(is_margin(block[number].text) for number in range(first + 1, second)) else first


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph: it ends as a sentence does and has the length of one, or is very long."""
    ends = text.rstrip("\"'”’»“)").endswith((".", "!", "?", "…", "。", "！", "？", "؟", "।", "」"))
    return len(text) > 400 or (ends and (len(text.split()) >= 10 or (has_wide(text) and len(text) >= 30)))


def has_wide(text: str) -> bool:
    """Whether a text is written without spaces: Chinese, Japanese, Thai."""
    return bool(re.search(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]", text))


def sentences(text: str) -> int:
    """How many sentences a line holds, by their inner ends."""
    return 1 + len(re.findall(r"[^\W\d_]{3,}[.!?][\"”»]?\s+[^\W\d_]|[。！？](?=.)", text))
