"""The standfirst: the paragraph between headline and text, which trafilatura leaves out where it stands in the header.

It is known by the page's own description of the article, which repeats it, else by its class or its place.
"""

import re
from itertools import takewhile
from typing import Any

from articles.authors import BYLINE
from articles.beginnings import Beginnings
from articles.daylines import beside_day
from articles.layout import HEAD, head_of
from articles.metadata import Metadata
from articles.outside import APPENDED
from articles.photos import TEASER, WORDS_NEAR, is_called, words_apart
from articles.tables import table
from articles.textform import SENTENCE_END, clean_line, squeeze

TAGS = ("p", "div", "h2", "h3", "h4", "span", "strong", "b", "em", "section", "header", "li", "td")
INLINE = frozenset({"span", "strong", "b", "em"})
FURNITURE = frozenset({"a", "nav", "aside", "footer", "button", "figcaption"})
FAR = 150
"""Elements between headline and text."""

SHORTEST = 40
"""Characters of a standfirst by its name."""

SENTENCE = 60
"""The same where its place alone speaks for it."""

BYLINE_LENGTH = 120
"""Characters up to which a text that begins with `By` is a byline."""

LINKED = 0.3
"""The share of link from which on it leads elsewhere."""

INNER = ("p", "div", "h1", "h2", "h3", "h4", "section", "li", "ul", "table", "img")
"""What a single paragraph does not hold."""

OFFER = re.compile(
    r"subscri|abonn|newsletter|suscr[ií]|assine|cookie|affiliate|disclosure|(?:opinions|views) expressed", re.IGNORECASE
)
PICTURES = ("img", "figure", "picture", "video", "amp-img")
AMONG = frozenset({*FURNITURE, "figure", "li", "form", "table"})
NAMES = re.compile("|".join(table("markup")["standfirst"]["names"]), re.IGNORECASE)

GLANCE = 5
"""Characters by which most elements are seen not to begin as a description does."""

LEAST = 30
"""Letters of a description that is worth looking for."""

LONGEST = 1_200
"""Characters; longer ones are the text itself."""


def with_standfirst(tree: Any, lines: list[str], facts: Metadata) -> list[str]:
    """The lines of a block, the standfirst before them where the page shows one that is not among them."""
    if not lines:
        return lines
    said = [clean_line(text) for text in facts.descriptions if text and len(squeeze(text)) >= LEAST]
    whole = squeeze("".join(lines))
    missing = [text for text in said if squeeze(text[: 2 * HEAD]) not in whole]
    found = standfirst(tree, lines[0], missing) if missing else None
    first = next((line for line in lines if squeeze(line) not in facts.title_keys), lines[0])
    found = found or under_headline(tree, first, facts)
    return [found, *lines] if found and squeeze(found) not in whole else lines


def headlines(tree: Any, facts: Metadata) -> list[Any]:
    """The elements that may be the headline: the first heading that says the title, else every `h1`."""
    said = (h for h in tree.iter("h1", "h2", "h3") if squeeze(h.text_content()[:LONGEST]) in facts.title_keys)
    first = next(said, None)
    return list(tree.iter("h1")) if first is None else [first]


def under_headline(tree: Any, first: str, facts: Metadata) -> str | None:
    """The text between the last headline and the first line that is called a standfirst, or reads as one."""
    stop = first.removeprefix("- ")[:HEAD].rstrip()
    headings = frozenset(headlines(tree, facts))
    beginnings = Beginnings([stop])
    heading, found, passed = None, None, 0
    for element in tree.iter("h1", *TAGS) if headings else ():
        if element in headings:
            heading, found, passed = element, None, 0
        elif heading is not None:
            passed += 1
            if passed > FAR or (not beginnings.rule_out(element) and head_of(element) == stop):
                return found if passed <= FAR else None
            if found is None and is_standfirst(element, heading, facts):
                found = clean_line(element.text_content())
    return None


def is_standfirst(element: Any, heading: Any, facts: Metadata) -> bool:
    """Whether a block without blocks in it is called a standfirst, or is a sentence with no picture beside it."""
    if next(element.iterdescendants(*INNER), None) is not None:
        return False
    text = clean_line(element.text_content())
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if linked > LINKED * len(text) or not may_be_standfirst(text, facts):
        return False
    around = set(heading.iterancestors())
    own = [element, *takewhile(lambda outer: outer not in around, element.iterancestors())]
    names = [f"{outer.get('class') or ''} {outer.get('id') or ''}" for outer in own]
    if any(outer.tag in AMONG for outer in own) or any(map(is_elsewhere, names)):
        return False
    if is_pictured(own) and not NAMES.search(names[0]):
        return False
    boxes = [name for outer, name in zip(own, names, strict=True) if len(outer.text_content()) <= len(text) + SHORTEST]
    if any(map(NAMES.search, boxes)):
        return True
    # Without a name only its place speaks for it: below the headline itself, and not below the paper's own name.
    below = squeeze(heading.text_content()) in facts.title_keys
    return below and len(text) >= SENTENCE and (element.tag == "h2" or text.endswith(SENTENCE_END))


def may_be_standfirst(text: str, facts: Metadata) -> bool:
    """Whether a text is as long as a standfirst, whole, and no headline, byline, date or offer."""
    if not SHORTEST <= len(text) <= LONGEST or text.endswith(("...", "…")):
        return False
    if len(text) <= BYLINE_LENGTH and (BYLINE.match(text) or is_dated(text)):
        return False
    return squeeze(text) not in facts.title_keys and not OFFER.search(text)


def is_dated(text: str) -> bool:
    """Whether a text is a day with few words beside it."""
    beside = beside_day(text)
    return beside is not None and beside <= SHORTEST


def is_elsewhere(name: str) -> bool:
    """Whether class and id are those of a caption, of what is hidden, or of what stands beside every article."""
    if is_called("caption", name) or is_called("hidden", name) or APPENDED.search(name):
        return True
    return any(word != TEASER for word in words_apart(name))


def is_pictured(own: list[Any]) -> bool:
    """Whether a picture stands right before an element, or with few words in what holds it; it is given first."""
    before = own[0].getprevious()
    if before is not None and next(before.iter(*PICTURES), None) is not None:
        return True
    framed = (outer for outer in own[1:] if next(outer.iter(*PICTURES), None) is not None)
    frame = next(framed, None)
    return frame is not None and len(frame.text_content().strip()) <= WORDS_NEAR


def standfirst(tree: Any, first: str, said: list[str]) -> str | None:
    """The text of the first element before the first line that begins as a description does."""
    starts = {text[:HEAD].rstrip() for text in said}
    stop = first[:HEAD].rstrip()
    glances = {start[:GLANCE] for start in (*starts, stop)}
    for element in tree.iter(*TAGS):
        if not element.text or element.text.lstrip()[:GLANCE] not in glances:
            continue
        home = block_of(element)
        head = head_of(home)
        if head == stop:
            return None
        if head in starts and not any(outer.tag in FURNITURE for outer in (home, *home.iterancestors())):
            text = clean_line(home.text_content())
            return text if len(text) <= LONGEST else None
    return None


def block_of(element: Any) -> Any:
    """The block in which an element stands, itself where it is one."""
    while element.tag in INLINE and element.getparent() is not None and element.getparent().tag in TAGS:
        element = element.getparent()
    return element
