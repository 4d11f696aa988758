"""The words beside a picture: which are its caption, which name who took it."""

from typing import Any

from articles import captionline, creditline
from articles.photos import (
    CAPTION_CLASS,
    CREDIT_CLASS,
    HIDDEN_CLASS,
    UNMARKED,
    Figure,
    caption_after,
    is_teaser,
    source,
)
from articles.textform import capped, clean_line, squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5")
CELLS = ("ul", "li", "td", "dd", "dt")
BLOCKS = frozenset({*HEADINGS, *CELLS, "p", "div", "figcaption", "br", "section", "footer", "header", "small", "cite"})
SKIP = frozenset({"script", "style", "button", "svg", "noscript", "template", "select", "iframe", "time"})


def read(element: Any, place: int, authors: frozenset[str] = frozenset()) -> Figure | None:
    """The words and the address of a picture; None where nothing stands beside it.

    `authors` are the letters of the names of who wrote the article: beside a picture they are its credit only alone.
    """
    said, owners = element_roles(element)
    if not said and not owners and (beside := caption_after(element)) is not None:
        said, owners = element_roles(beside)
        said = said or [beside]
    given = [line for owner in owners for line in words(owner, ())]
    lines = [line for part in said for line in words(part, owners)]
    marked = bool(said)
    if marked and not given:
        given = [line for line in words(element, [*said, *owners]) if creditline.is_labelled(line)]
    given = [line for line in given if squeeze(line) not in authors] or given
    if not said and not (element.tag == "figure" and owners):
        lines = words(element, owners)
        if sum(map(len, lines)) > UNMARKED or is_teaser(element):
            lines = []
    lines = [line for line in dict.fromkeys(lines) if squeeze(line) and squeeze(line) not in creditline.FURNITURE]
    caption, credit = sorted_out(lines, given, marked=marked)
    image = next(element.iter("img", "amp-img"), None)
    alt = capped(image.get("alt"), creditline.MAX_WORDS) if image is not None else None
    credit = credit or next(filter(None, map(captionline.in_attribute, attributes(image))), None)
    if caption is None and credit is None:
        return None
    return Figure(place, caption, credit, alt, source(element, image), (*lines, *given), marked or bool(owners))


def attributes(image: Any) -> list[str]:
    """What an image says of itself without showing it: its title and its alternative text."""
    return [text for name in ("title", "alt") if image is not None and (text := capped(image.get(name), 1_000))]


def sorted_out(lines: list[str], given: list[str], *, marked: bool) -> tuple[str | None, str | None]:
    """Caption and credit out of the lines beside a picture, and of those that markup calls a credit."""
    captions: list[str] = []
    names = [name for line in given if (name := creditline.clean(line))]
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
    """A class without the blocks' names, `image-caption__credit` and `caption caption--author` are credits."""
    owned = [part for part in name.split() if CREDIT_CLASS.search(part)]
    return " ".join(
        part.rpartition("__")[2] if "__" in part else part
        for part in name.split()
        if not any(credit.startswith(part) for credit in owned)
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
