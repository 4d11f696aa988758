"""Pictures in a page: the box that holds one and its words, its address, and what sets it apart from the article."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from articles.tables import table

CLASSES = {name: re.compile("|".join(parts), re.IGNORECASE) for name, parts in table("markup")["photo"].items()}
CLASSES["box"] = re.compile(
    r"(?:^|[\s_-])(?:image|photo|picture|figure|bild|foto|media|gallery)(?:$|[\s_-])", re.IGNORECASE
)
CLASSES["button"] = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
CLASSES_KEPT = 2_000
"""Classes of elements whose meaning is remembered: pages of one newspaper say the same few again and again."""

NAMING = ("class", "itemprop", "data-testid", "data-test-id", "data-qa", "data-component")
WORDS_NEAR = 700
"""Characters that a picture's frame may hold: the longest caption of 306 labelled has 620."""

UNMARKED = 320
"""Characters of words beside a picture that carry no caption markup; longer ones are prose."""

TEASER = "teaser"
"""A word in classes of related stories, and of the article's own opening too."""

STOP = frozenset({"body", "html", "main", "article", "table", "tbody", "tr", "form", "ul", "ol"})


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, whether or not words stand beside it."""

    place: int
    alt: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the page, before the article's text is known."""

    place: int
    """Where it stands among the page's elements."""
    caption: str | None
    credit: str | None
    alt: str | None
    source: str | None
    words: tuple[str, ...]
    """What stood beside it, line by line, as the page prints it."""
    marked: bool
    """Whether markup says that the words are a caption."""

    @property
    def complete(self) -> bool:
        """Whether markup gives it words and who took it: what stands beside no teaser and no portrait."""
        return self.marked and bool(self.caption and self.credit)


def names(element: Any) -> str:
    """What an element is called by: its class, or what pages whose classes are made by machines say in its place."""
    return " ".join(filter(None, map(element.get, NAMING)))


@lru_cache(CLASSES_KEPT)
def is_called(kind: str, name: str | None) -> bool:
    """Whether an element's class is that of a `caption`, a `credit`, a picture's `box`, a `button`, or `hidden`."""
    return name is not None and CLASSES[kind].search(name) is not None


@lru_cache(CLASSES_KEPT)
def words_apart(name: str) -> tuple[str, ...]:
    """The words in a class and an id that stand for related stories or advertising."""
    return tuple(CLASSES["aside"].findall(name.lower()))


def frame(picture: Any, prose: set[Any]) -> Any:
    """The largest element around a picture that holds it and its words, and nothing of the article's prose."""
    best = picture
    for parent in picture.iterancestors():
        if (
            parent in prose
            or (parent.tag in STOP and not is_media(parent))
            or len(parent.text_content()) > 2 * WORDS_NEAR
        ):
            break
        if len(parent.text_content().strip()) > WORDS_NEAR or pictures_in(parent) > 1:
            break
        best = parent
    return best


def is_media(element: Any) -> bool:
    """Whether an `article` or a table is a picture with its words: some systems make nothing but these."""
    if element.tag in ("table", "tbody", "tr"):
        return pictures_in(element) == 1 and len(element.text_content().strip()) <= UNMARKED
    return element.tag == "article" and is_called("box", element.get("class"))


def pictures_in(element: Any) -> int:
    """How many different pictures an element holds: a figure and what is in it count as one."""
    figures = sum(1 for inner in element.iter("figure") if inner is not element)
    images = {
        source(image, image) or image.get("alt") or image
        for image in element.iter("img")
        if not in_figure(image, element)
    }
    return figures + len(images)


def in_figure(image: Any, within: Any) -> bool:
    """Whether an image lies in a figure inside an element."""
    for parent in image.iterancestors():
        if parent is within:
            return False
        if parent.tag == "figure":
            return True
    return False


def caption_after(element: Any) -> Any:
    """The element right after a picture's frame that markup calls its caption, None where there is none.

    A paragraph in italics after one that is nothing but a picture is one too.
    """
    after = element.getnext()
    if after is None or not isinstance(after.tag, str) or len(after.text_content()) > 2 * WORDS_NEAR:
        return None
    named = after.tag == "figcaption" or is_called("caption", names(after)) or is_italic(element, after)
    return after if named and pictures_in(after) == 0 else None


def is_italic(picture: Any, after: Any) -> bool:
    """Whether a paragraph all in italics or small letters follows one that holds nothing but a picture."""
    text = after.text_content().strip()
    if picture.tag != "p" or after.tag != "p" or not 0 < len(text) <= UNMARKED or picture.text_content().strip():
        return False
    return any(inner.text_content().strip() == text for inner in after.iter("em", "i", "small"))


def is_teaser(element: Any) -> bool:
    """Whether a frame leads to another page: its words are a link or a headline."""
    text = len(element.text_content().strip())
    linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
    inside = any(parent.tag == "a" for parent in element.iterancestors())
    return inside or linked > text / 2 or next(element.iter("h2", "h3", "h4"), None) is not None


def source(element: Any, image: Any) -> str | None:
    """The address of the picture as its markup gives it, the real one before a placeholder."""
    if image is not None:
        loaded = [name for name in image.attrib if name.startswith("data-") and name.endswith("src")]
        for name in ("data-src", "data-original", "data-lazy-src", *loaded, "src"):
            link = (image.get(name) or "").strip()
            if link and not link.startswith("data:"):
                return link[:2_000]
    for inner in element.iter("source", "img"):
        last = (inner.get("srcset") or inner.get("data-srcset") or "").rpartition(",")[2]
        if link := last.strip().partition(" ")[0]:
            return link[:2_000]
    return None


def set_apart(picture: Any, root: Any, around: frozenset[Any]) -> str | None:
    """What sets a picture apart from the article's: a tag or a word of a class for related stories, advertising.

    What holds most of the article is not asked.
    """
    words: list[str] = []
    for parent in picture.iterancestors():
        if parent is root:
            break
        if parent in around:
            continue
        if parent.tag in ("nav", "footer", "aside"):
            return str(parent.tag)
        words += words_apart(f"{parent.get('class') or ''} {parent.get('id') or ''}")
    return next((word for word in words if word != TEASER), words[0] if words else None)
