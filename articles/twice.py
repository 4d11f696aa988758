"""A caption that a bare text holds twice: from the picture's alternative text, and beneath it with its credit."""

import re
from collections.abc import Iterator

from articles import captiontail, creditline, owners
from articles.cuts import Cut
from articles.plainform import Picture, Plain, has_prose_beside, has_wide, is_prose
from articles.textform import is_caseless

CAPTION = 300
"""The longest line taken for a caption."""

LEAST = 4
"""Letters of the shortest."""

SURE = 5
"""Words from which on a repetition with a name glued to it is one anywhere, and where it is a sentence, too."""

SURE_WIDE = 8
"""The same in signs of a script without spaces."""

PARTED = 3
"""Words from which on a name may follow with a space between."""

EXCLAIMED = ("!", "?", '"', "”", "“", "»", "「", "！", "？")
NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:\s(?:[^\W\d_][\w.'’-]*|&)){0,5}$")


def repeated(block: list[Plain], number: int, lead: int) -> Iterator[Picture]:
    """The picture whose caption stands in a line and in the next, in one of them with its credit."""
    here, after = block[number].text, block[number + 1].text
    near = block[number + 1].attached or number < lead
    for caption, other in ((here, after), (after, here)):
        rest = left_over(caption, other)
        if rest is None:
            continue
        if not rest and not (near and said_twice(block, number, lead)):
            continue
        if rest and not (is_its_credit(rest, caption, near=near) and may_go(block, number, caption)):
            continue
        cuts = [Cut(number + place, "caption", "caption-repeated", text) for place, text in ((0, here), (1, after))]
        credit = creditline.clean(rest) if rest else None
        if not rest and (own := credit_behind(block, number + 2, lead)):
            cuts.append(Cut(number + 2, "credit", "credit-label", own))
            credit = creditline.clean(own)
        yield Picture(tuple(cuts), caption, credit)


def may_go(block: list[Plain], number: int, caption: str) -> bool:
    """Whether text is left where a caption that is a sentence goes."""
    return not is_prose(caption) or has_prose_beside(block, number, number + 1)


def left_over(caption: str, other: str) -> str | None:
    """What a line says beside a caption, with the space that parts the two; None where it does not hold it."""
    if len(caption) < LEAST:
        return None
    if other.startswith(caption):
        return other[len(caption) :]
    rest = other[: -len(caption)] if other.endswith(caption) else ""
    return rest if is_sure(rest) else None


def is_sure(rest: str) -> bool:
    """Whether what stands beside a repeated caption is a credit by itself."""
    return bool(rest) and (creditline.is_credit(rest) or creditline.is_agency_credit(rest))


def is_its_credit(rest: str, caption: str, *, near: bool) -> bool:
    """Whether what stands behind a repeated caption is its credit: by itself, or as a name that is glued to it.

    With a space between it may as well be the rest of a headline, and has to have the look of a person's name.
    """
    if is_sure(rest):
        return True
    words = len(caption.split())
    long = words >= SURE or (has_wide(caption) and len(caption) >= SURE_WIDE)
    if not rest[0].isspace():
        return names_somebody(rest) and rest[0] not in "-–—|:,;" and (long or (near and not is_prose(caption)))
    name = rest.strip()
    person = 2 <= len(name.split()) <= PARTED and name[0].isalpha() and creditline.is_name(name)
    return near and person and words >= PARTED and not is_prose(caption)


def names_somebody(text: str) -> bool:
    """Whether what is glued to a repeated caption can be a name: short, with a capital, or one that says what it is."""
    bare = creditline.clean(text) or ""
    return (
        bool(bare)
        and len(bare) <= 90
        and (
            creditline.is_credit(text)
            or owners.credible(bare)
            or captiontail.GIVEN.match(bare) is not None
            or (NAME.match(bare) is not None and not bare[0].islower() and not is_caseless(bare))
        )
    )


def said_twice(block: list[Plain], number: int, lead: int) -> bool:
    """Whether a line that stands twice can be a caption: no cry, nobody's words and no verse of a song."""
    if number < lead:
        return True
    around = (number - 1, number), (number + 2, number + 2)
    verse = any(
        0 <= other < len(block) and block[joint].attached and is_verse(block[other].text) for other, joint in around
    )
    return not block[number].text.endswith(EXCLAIMED) and not verse


def is_verse(text: str) -> bool:
    """Whether a line beside a short one may go on with it: neither prose nor a credit."""
    return not is_prose(text) and not creditline.is_credit(text)


def credit_behind(block: list[Plain], number: int, lead: int) -> str | None:
    """The line under a repeated caption that says with a label or by a name with its agency who took the picture."""
    if number >= len(block) or not (block[number].attached or number < lead):
        return None
    text = block[number].text
    return text if creditline.is_labelled(text) or creditline.names_photographer(text) else None
