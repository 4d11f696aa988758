"""The words beside a picture: which are its caption, which name who took it."""

import re
from typing import Any

from articles import agencies, captionline, creditline, visible
from articles.authors import BYLINE
from articles.photos import UNMARKED, Figure, caption_after, is_teaser, source
from articles.roles import element_roles, hidden_source, in_data, signature
from articles.textform import capped, squeeze

PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.IGNORECASE)
LABELS = frozenset(map(squeeze, creditline.TABLE["labels"]))


def read(element: Any, place: int, authors: frozenset[str] = frozenset()) -> Figure | None:
    """The words and the address of a picture; None where nothing stands beside it.

    `authors` are the letters of the names of who wrote the article: beside a picture they are its credit only alone.
    """
    said, owners = element_roles(element)
    if not said and not owners and (beside := caption_after(element)) is not None:
        said, owners = element_roles(beside)
        said = said or [beside]
    image = next(element.iter("img", "amp-img"), None)
    if image is None and not said:
        return None
    owners = [owner for owner in owners if not signs_article(owner, authors)]
    given, lines = words_of(element, said, owners)
    if not any(map(is_in_figure, owners)):
        given = [line for line in given if squeeze(line) not in authors] or given
    if not said and not (element.tag == "figure" and owners):
        lines = visible.lines(element, owners)
        if sum(map(len, lines)) > UNMARKED or is_teaser(element):
            lines = []
    lines = [line for line in dict.fromkeys(lines) if squeeze(line) and squeeze(line) not in creditline.FURNITURE]
    caption, credit = sorted_out(lines, given, marked=bool(said))
    alt = capped(image.get("alt"), creditline.MAX_WORDS) if image is not None else None
    credit = credit or next(filter(None, map(captionline.in_attribute, attributes(image))), None)
    told = bool(said or owners)
    if caption is None and credit is None:
        caption, credit = in_data(element)
        told = caption is not None
    if caption is None and (credit is None or is_linked_card(image, owners, given)):
        return None
    return Figure(place, caption, credit, alt, source(element, image), (*lines, *given), told)


def is_linked_card(image: Any, owners: list[Any], given: list[str]) -> bool:
    """Whether a picture and whom markup names beside it are one link: the card of another page, and its author."""
    around = next(image.iterancestors("a"), None) if image is not None else None
    if around is None or PICTURE_FILE.search(around.get("href") or ""):
        return False
    said = any(creditline.is_labelled(line) or agencies.agency_of(line) for line in given)
    return not said and any(around in owner.iterancestors() for owner in owners)


def words_of(element: Any, said: list[Any], owners: list[Any]) -> tuple[list[str], list[str]]:
    """The lines that markup or their place call credits, and those of the captions."""
    given = [line for owner in owners for line in visible.lines(owner, ())]
    if said and not given:
        given = [line for line in visible.lines(element, [*said, *owners]) if creditline.is_credit(line)]
        given = given or list(filter(None, [hidden_source(element)]))
    if len(said) == 1 and not given and (last := signature(said[0])) is not None:
        given, owners = visible.lines(last, ()), [*owners, last]
    return given, [line for part in said for line in visible.lines(part, owners)]


def is_in_figure(owner: Any) -> bool:
    """Whether an element stands in a figure."""
    return any(outer.tag == "figure" for outer in owner.iterancestors())


def signs_article(owner: Any, authors: frozenset[str]) -> bool:
    """Whether an element outside a figure names who wrote the article: it is a byline that stands beside a picture."""
    if is_in_figure(owner):
        return False
    return squeeze(BYLINE.sub("", owner.text_content().strip())) in authors


def attributes(image: Any) -> list[str]:
    """What an image says of itself without showing it: its title and its alternative text."""
    return [text for name in ("title", "alt") if image is not None and (text := capped(image.get(name), 1_000))]


def sorted_out(lines: list[str], given: list[str], *, marked: bool) -> tuple[str | None, str | None]:
    """Caption and credit out of the lines beside a picture, and of those that markup calls a credit."""
    captions: list[str] = []
    names = [name for line in given if (name := creditline.clean(line)) and squeeze(name) not in LABELS]
    for line in lines:
        caption, credit = captionline.split(line, marked=marked)
        if caption and caption not in captions:
            captions.append(caption)
        if credit and not given:
            names.append(credit)
    known = {squeeze(name) for name in names}
    captions = [caption for caption in captions if squeeze(caption) not in known]
    caption, credit = " ".join(captions), ", ".join(dict.fromkeys(names))
    return caption[: creditline.MAX_WORDS] or None, credit[: creditline.MAX_WORDS] or None
