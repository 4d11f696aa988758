"""The pictures of an article: found by their markup, with the words beside them, in the page's order."""

import re
from dataclasses import dataclass
from typing import Any

from articles import creditline
from articles.tables import table
from articles.textform import capped, clean_line, squeeze

CLASSES = {name: re.compile("|".join(parts), re.IGNORECASE) for name, parts in table("markup")["photo"].items()}
CAPTION_CLASS, CREDIT_CLASS, ASIDE_CLASS, HIDDEN_CLASS = (
    CLASSES[name] for name in ("caption", "credit", "aside", "hidden")
)
BOX_CLASS = re.compile(r"(?:^|[\s_-])(?:image|photo|picture|figure|bild|foto|media|gallery)(?:$|[\s_-])", re.IGNORECASE)

WORDS_NEAR = 700
"""Characters that a picture's frame may hold: the longest caption of 306 labelled has 620."""

UNMARKED = 320
"""Characters of words beside a picture that carry no caption markup; longer ones are prose."""

BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "figcaption",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "section",
        "ul",
        "footer",
        "header",
        "small",
        "cite",
        "td",
        "dd",
        "dt",
    }
)
STOP = frozenset({"body", "html", "main", "article", "table", "tbody", "tr", "form", "ul", "ol"})
SKIP = frozenset({"script", "style", "button", "svg", "noscript", "template", "select", "iframe", "time"})


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


def frame(picture: Any, prose: set[Any]) -> Any:
    """The largest element around a picture that holds it and its words, and nothing of the article's prose."""
    best = picture
    for parent in picture.iterancestors():
        if parent in prose or parent.tag in STOP or len(parent.text_content()) > 2 * WORDS_NEAR:
            break
        if len(parent.text_content().strip()) > WORDS_NEAR or pictures_in(parent) > 1:
            break
        best = parent
    return best


def pictures_in(element: Any) -> int:
    """How many different pictures an element holds: a figure and what is in it count as one."""
    figures = sum(1 for inner in element.iter("figure") if inner is not element)
    images = {
        image.get("src") or image.get("data-src") or image.get("alt")
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


def read(element: Any, place: int) -> Figure | None:
    """The words and the address of a picture; None where nothing stands beside it."""
    said, owners = element_roles(element)
    given = [line for owner in owners for line in words(owner, ())]
    lines = [line for part in said for line in words(part, owners)]
    marked = bool(said)
    if not said and not (element.tag == "figure" and owners):
        lines = words(element, owners)
        if sum(map(len, lines)) > UNMARKED or is_teaser(element):
            lines = []
    lines = [line for line in dict.fromkeys(lines) if squeeze(line) and squeeze(line) not in creditline.FURNITURE]
    caption, credit = sorted_out(lines, given)
    if caption is None and credit is None:
        return None
    image = next(element.iter("img", "amp-img"), None)
    alt = capped(image.get("alt"), creditline.MAX_WORDS) if image is not None else None
    return Figure(place, caption, credit, alt, source(element, image), (*lines, *given), marked or bool(owners))


def sorted_out(lines: list[str], given: list[str]) -> tuple[str | None, str | None]:
    """Caption and credit out of the lines beside a picture, and of those that markup calls a credit."""
    captions: list[str] = []
    names = [name for line in given if (name := creditline.clean(line))]
    for line in lines:
        caption, credit = creditline.split(line)
        if caption and caption not in captions:
            captions.append(caption)
        if credit and not given:
            names.append(credit)
    known = {squeeze(name) for name in names}
    captions = [caption for caption in captions if squeeze(caption) not in known]
    caption, credit = " ".join(captions), ", ".join(dict.fromkeys(names))
    return caption[: creditline.MAX_WORDS] or None, credit[: creditline.MAX_WORDS] or None


def outermost(element: Any, *others: list[Any]) -> bool:
    """Whether none of an element's ancestors is in the lists."""
    return not any(outer in other for outer in element.iterancestors() for other in others)


def element_roles(element: Any) -> tuple[list[Any], list[Any]]:
    """The elements of a frame that markup calls captions, and those that it calls credits; outermost ones."""
    captions: list[Any] = []
    owners: list[Any] = []
    for inner in element.iter():
        if not isinstance(inner.tag, str) or inner.tag in SKIP:
            continue
        name = f"{inner.get('class') or ''} {inner.get('itemprop') or ''}"
        length = len(inner.text_content().strip())
        if not length:
            continue
        owned = inner.tag == "cite" or CREDIT_CLASS.search(name)
        if owned and length <= 2 * creditline.MAX_CREDIT and not CAPTION_CLASS.search(own_class(name)):
            owners += [inner] if outermost(inner, owners) else []
        elif (inner.tag == "figcaption" or CAPTION_CLASS.search(name)) and inner is not element:
            captions += [inner] if outermost(inner, captions, owners) else []
    return captions, owners


def own_class(name: str) -> str:
    """A class without the block's name before it, `image-caption__credit` is a credit: only its last part counts."""
    return " ".join(
        part.rpartition("__")[2] if "__" in part else part for part in name.split() if not CREDIT_CLASS.search(part)
    )


def words(element: Any, without: Any) -> list[str]:
    """The lines of an element, without the elements of another role, and without controls and hidden words."""
    lines: list[str] = []
    current: list[str] = []

    def end() -> None:
        if line := clean_line("".join(current)):
            lines.append(line)
        current.clear()

    def visit(node: Any, depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        hidden = (
            not tag
            or tag in SKIP
            or (node is not element and (node in without or HIDDEN_CLASS.search(node.get("class") or "")))
        )
        if not hidden and depth < 40:
            if tag in BLOCKS:
                end()
            current.append(node.text or "")
            for child in node:
                visit(child, depth + 1)
                current.append(child.tail or "")
            if tag in BLOCKS:
                end()
        elif tag:
            end()

    visit(element, 0)
    end()
    return lines


def is_teaser(element: Any) -> bool:
    """Whether a frame leads to another page: its words are a link or a headline."""
    text = len(element.text_content().strip())
    linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
    inside = any(parent.tag == "a" for parent in element.iterancestors())
    return inside or linked > text / 2 or next(element.iter("h2", "h3", "h4"), None) is not None


def source(element: Any, image: Any) -> str | None:
    """The address of the picture as its markup gives it, the real one before a placeholder."""
    if image is not None:
        for name in ("data-src", "data-original", "data-lazy-src", "src"):
            link = (image.get(name) or "").strip()
            if link and not link.startswith("data:"):
                return link[:2_000]
    for inner in element.iter("source", "img"):
        last = (inner.get("srcset") or inner.get("data-srcset") or "").rpartition(",")[2]
        if link := last.strip().partition(" ")[0]:
            return link[:2_000]
    return None


def set_apart(picture: Any, root: Any) -> bool:
    """Whether a picture belongs to a box about something else: related stories, authors, advertising."""
    for parent in picture.iterancestors():
        if parent is root:
            return False
        if parent.tag in ("nav", "footer", "aside") or ASIDE_CLASS.search(
            f"{parent.get('class') or ''} {parent.get('id') or ''}"
        ):
            return True
    return False
