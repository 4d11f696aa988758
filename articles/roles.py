"""Which elements beside a picture are its caption, and which say who took it."""

import re
from typing import Any

from articles import creditline
from articles.creditline import DIVIDERS, MAX_CREDIT, MAX_WORDS, TABLE, is_name
from articles.photos import is_called, names
from articles.textform import clean_line, squeeze

SKIP = frozenset({"script", "style", "button", "svg", "noscript", "template", "select", "iframe", "time"})
SOURCES = frozenset(map(squeeze, TABLE["sources"]))
"""Labels that only screen readers say, before who took a picture."""

STOPPED = (".", "!", "?", "…", "»", "”", '"', ")", "-", "–", "—", "|", "/")
LEAST_CAPTION = 8
"""Characters before a name at a caption's end, without which the name is the caption."""

MAX_SIGNATURE = 90
MAX_NAMES = 9
INLINE = frozenset({"span", "small", "em", "i", "cite", "b", "strong", "p", "div"})


def element_roles(element: Any) -> tuple[list[Any], list[Any]]:
    """The elements of a frame that markup calls captions, and those that it calls credits; outermost ones."""
    captions: list[Any] = []
    owners: list[Any] = []
    for inner in element.iter():
        if not isinstance(inner.tag, str) or inner.tag in SKIP:
            continue
        name = names(inner)
        length = len(inner.text_content().strip())
        if not length:
            continue
        owned = inner.tag == "cite" or is_called("credit", name)
        if owned and wraps_caption(inner, length):
            continue
        if owned and length <= 2 * MAX_CREDIT and not is_called("caption", own_class(name)):
            owners += [inner] if outermost(inner, owners) else []
        elif (inner.tag == "figcaption" or is_called("caption", name)) and inner is not element:
            captions += [inner] if outermost(inner, captions, owners) else []
    return captions, owners


def outermost(element: Any, *others: list[Any]) -> bool:
    """Whether none of an element's ancestors is in the lists."""
    return not any(outer in other for outer in element.iterancestors() for other in others)


def own_class(name: str) -> str:
    """A class without the blocks' names, `image-caption__credit` and `caption caption--author` are credits."""
    owned = [part for part in name.split() if is_called("credit", part)]
    return " ".join(
        part.rpartition("__")[2] if "__" in part else part
        for part in name.split()
        if not any(credit.startswith(part) for credit in owned)
    )


def wraps_caption(element: Any, length: int) -> bool:
    """Whether most of an element is a caption by its markup: then its class names the box of caption and credit."""
    return any(
        2 * len(inner.text_content().strip()) > length
        for inner in element.iterdescendants()
        if isinstance(inner.tag, str)
        and (inner.tag == "figcaption" or is_called("caption", inner.get("class")))
        and not is_called("credit", inner.get("class"))
    )


def signature(caption: Any) -> Any:
    """The last element of a caption where it is names alone behind a stop, and nothing follows; None where it is not.

    Class names of some sites are hashes, and say nothing.
    """
    box = caption
    while len(box) == 1 and not (box.text or "").strip() and not (box[0].tail or "").strip():
        box = box[0]
    children = [child for child in box if isinstance(child.tag, str) and child.text_content().strip()]
    if not children or children[-1].tag not in INLINE or (children[-1].tail or "").strip():
        return None
    last = children[-1]
    text = clean_line(last.text_content())
    before = clean_line(box.text_content()).removesuffix(text).rstrip()
    if len(before) < LEAST_CAPTION or len(text) > MAX_SIGNATURE or not before.endswith(STOPPED):
        return last if last.tag == "small" and len(before) >= LEAST_CAPTION and is_signature(text) else None
    return last if is_signature(text) else None


def is_signature(text: str) -> bool:
    """Whether a few words are names alone."""
    bare = re.sub(r"[()\[\]（）]", " ", creditline.clean(text) or "")
    parts = [part.strip(" .") for part in DIVIDERS.split(bare)]
    named = [part for part in parts if part and not any(map(str.isdigit, part))]
    return bool(named) and all(map(is_name, named)) and len(bare.split()) <= MAX_NAMES and not text.endswith(("?", "!"))


def hidden_source(element: Any) -> str | None:
    """What follows a label that only screen readers say: `Image source, ` before `Getty Images`."""
    for inner in element.iterdescendants("span", "div"):
        if is_called("hidden", inner.get("class")) and squeeze(inner.text_content()) in SOURCES:
            after = inner.getnext()
            said = clean_line(inner.tail or "") or (clean_line(after.text_content()) if after is not None else "")
            if said and len(said) <= MAX_CREDIT:
                return said
    return None


def in_data(element: Any) -> tuple[str | None, str | None]:
    """Caption and credit that only a script shows, from attributes such as `data-caption` and `data-c-credit`."""
    found: dict[str, str] = {}
    for inner in element.iter():
        for name, value in inner.attrib.items() if isinstance(inner.tag, str) else ():
            kind = DATA.search(name)
            if kind and 0 < len(value) < MAX_WORDS and not set(value) & set("<{"):
                found.setdefault("caption" if kind[1] == "caption" else "credit", clean_line(value))
    credit = found.get("credit")
    return found.get("caption"), creditline.clean(credit) if credit else None


DATA = re.compile(r"^data-(?:\w+-)*(caption|credit|copyright|photographer)$")
