"""Where the lines of a body and the pictures stand in the page: the evidence of place."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from articles import gallery, offers, outside, photos
from articles.beginnings import Beginnings
from articles.gallery import PICTURES, Stretch, inside
from articles.metadata import Metadata
from articles.photos import Figure, Image
from articles.textform import WIDE, clean_line, squeeze

# One walk with alternatives: a union of walks takes libxml2 time that grows with their square, and so does the order
# of what `//*` finds one within another.
TAGS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "figure", "img", "amp-img")
LINES = " or ".join(f"self::{tag}" for tag in TAGS)
LOOSE = (
    "self::div[text()[string-length(normalize-space(.)) > 40]]"
    " or self::span[text()[string-length(normalize-space(.)) > 80]]"
)
SCAN_LOOSELY = f"/descendant::*[{LINES} or {LOOSE}]"
HEAD = 40
"""Characters by which a line and an element are known to be the same."""

WIDE_STOPS = ("。", "！", "？", "」", "다.", "요.")
MATCHED = 0.4
"""The share of lines found in paragraphs below which the text stands in bare `div`s."""

MAX_ITEMS, MAX_TITLE = 20_000, 600
LEAST_LINK, LINK_WORDS = 15, 3
MAX_LEAD, LEAD_WORDS = 40, 5
AROUND = " \t\r\n\xa0+>»›"
"""Signs that set a link off: `+++ All the news +++`."""

LEADING = ":|：»›>"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the block, and what its element in the page tells of it."""

    text: str
    place: int | None = None
    """Counted in elements of the page; None where the line was not found."""
    linked: float = 0.0
    """The share of it that is link."""
    caption: bool = False
    """Whether markup calls it a picture's words."""
    leads_on: bool = False
    """Whether it is a few words, a colon or a bar, and a link to its end."""
    past: bool = False
    """Whether it stands after the box of most of the prose, and is set as none of its paragraphs are."""
    boxed: bool = False
    """Whether it stands there in a box of its own."""
    offered: bool = False
    """Whether it stands in a small box with a button or a field."""
    above: bool = False
    """Whether it stands before the headline."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a block and the pictures between them."""

    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    images: tuple[Image, ...]
    """The pictures in the article's stretch, with words or without."""


def read(tree: Any, body: list[str], facts: Metadata) -> Layout:
    """Find a body's lines and the pictures between them."""
    items = list(islice(tree.iter(*TAGS), MAX_ITEMS))
    found, elements = match(items, body, facts.title_keys)
    if len(elements) < MATCHED * len(body):
        items = tree.xpath(SCAN_LOOSELY)[:MAX_ITEMS]
        found, elements = match(items, body, facts.title_keys)
    homes = [element for n, element in elements.items() if not found[n].caption and is_prose(found[n].text)]
    most = around(homes)
    root = root_of(homes[0], most) if homes else tree
    own = {key for key in (*facts.title_keys, squeeze(facts.description or "")) if key}
    mark(found, elements, root if homes else None, own)
    for number in links_alone(root, found):
        found[number] = replace(found[number], linked=1.0)
    places = [line.place for line in found if line.place is not None]
    # A standfirst may come again far below, among teasers: it ends no article.
    first, last = (min(places), max(places[1:] or places)) if places else (0, len(items))
    start = next((i for i, item in enumerate(items[:first]) if item.tag == "h1" or inside(item, root)), first)
    figures, images = gallery.pictures(items, Stretch(start, last, root, homes, most), facts)
    return Layout(tuple(found), figures, images)


def match(items: list[Any], body: list[str], titles: Collection[str] = ()) -> tuple[list[Line], dict[int, Any]]:
    """The lines with what their elements tell, and the elements by the lines' numbers, in the page's order."""
    waiting: dict[str, list[int]] = {}
    for number, text in enumerate(body):
        waiting.setdefault(text.removeprefix("- ")[:HEAD].rstrip(), []).append(number)
    found = [Line(text) for text in body]
    beginnings = Beginnings(waiting)
    elements: dict[int, Any] = {}
    headline = next((place for place, item in enumerate(items) if is_headline(item, titles)), 0)
    for place, item in enumerate(items):
        if item.tag in PICTURES or beginnings.rule_out(item):
            continue
        numbers = waiting.get(head_of(item))
        if numbers:
            number = numbers.pop(0) if len(numbers) > 1 else numbers[0]
            if found[number].place is None:
                found[number] = line = Line(
                    body[number], place, link_share(item), is_caption(item), leads_on(item), above=place < headline
                )
                elements[number] = item
                if is_prose(line.text):
                    headline = 0
    return found, elements


def is_headline(item: Any, titles: Collection[str]) -> bool:
    """Whether an element is the article's headline, given by its letters."""
    return item.tag in ("h1", "h2") and squeeze(item.text_content()[:MAX_TITLE]) in titles


def mark(lines: list[Line], elements: Mapping[int, Any], root: Any, own: Collection[str]) -> None:
    """Say of the lines, given with their elements, which are offered to the reader, and which stand behind the text."""
    if root is not None:
        for number in offers.offered(elements, root, sum(len(line.text) for line in lines), own):
            lines[number] = replace(lines[number], offered=True)
    for number, boxed in outside.after(lines, elements).items():
        lines[number] = replace(lines[number], past=True, boxed=boxed)


def links_alone(root: Any, lines: list[Line]) -> list[int]:
    """The lines that no paragraph of the page is, and one link of the article says whole."""
    lost = {
        text: number
        for number, line in enumerate(lines)
        if line.place is None and len((text := line.text.removeprefix("- ")).split()) >= LINK_WORDS
    }
    if not lost:
        return []
    said = {clean_line(link.text_content()) for link in root.iter("a")}
    return [number for text, number in lost.items() if text in said]


def is_prose(text: str) -> bool:
    """Whether a line is long enough for one of the text; where a sign is a word or a half of one, fewer are."""
    if len(text) > HEAD:
        return True
    return text.endswith(WIDE_STOPS) and len(text) + 2 * len(WIDE.findall(text)) > HEAD


def link_share(item: Any) -> float:
    """The share of an element's text that is link."""
    if next(item.iterancestors("a"), None) is not None:
        return 1.0
    linked = sum(len(link.text_content().strip()) for link in item.iter("a"))
    return linked / max(1, len(item.text_content().strip(AROUND))) if linked else 0.0


def leads_on(item: Any) -> bool:
    """Whether an element is a few words, a colon or a bar, and one link to its end: `Read: The harbour reopens`."""
    links = [link for link in item.iter("a") if len(link.text_content().strip()) >= LEAST_LINK]
    if len(links) != 1 or len(links[0].text_content().split()) < LINK_WORDS:
        return False
    whole, link = clean_line(item.text_content()), clean_line(links[0].text_content())
    lead = whole.removesuffix(link).rstrip()
    return lead != whole and 2 <= len(lead) <= MAX_LEAD and lead[-1] in LEADING and len(lead.split()) <= LEAD_WORDS


def head_of(item: Any) -> str:
    """The first characters of an element's text, as a line would have them."""
    parts: list[str] = []
    length = 0
    for part in item.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > HEAD + 20:
            break
    return clean_line("".join(parts))[:HEAD].rstrip()


def is_caption(item: Any) -> bool:
    """Whether an element that holds a line belongs to a picture: a caption by its markup, or words in its box."""
    outer = item
    for _ in range(4):
        if outer is None or outer.tag in photos.STOP:
            return False
        if outer.tag in ("figure", "figcaption") or photos.is_called("caption", photos.names(outer)):
            return len(outer.text_content()) <= photos.WORDS_NEAR
        if photos.is_called("box", outer.get("class")) and outer.find(".//img") is not None:
            return len(outer.text_content().strip()) <= photos.UNMARKED
        outer = outer.getparent()
    return False


def root_of(home: Any, most: Collection[Any]) -> Any:
    """The element that holds the whole article around a paragraph: one of those that hold most of it, if any do."""
    best = home
    for outer in home.iterancestors():
        best = outer
        if most and outer not in most:
            continue
        if outer.tag in ("article", "main", "body") or next(outer.iter("h1"), None) is not None:
            break
    return best


def around(homes: list[Any]) -> frozenset[Any]:
    """The elements that hold half of the lines of prose or more."""
    held = Counter(outer for home in homes for outer in home.iterancestors())
    return frozenset(outer for outer, lines in held.items() if len(homes) > 1 and 2 * lines >= len(homes))
