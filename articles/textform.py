"""The form of `text`: how a body's tree and a text's lines become paragraphs parted by one blank line."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import regex

WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A character of Thai, Chinese, Japanese or Korean: a word or half of one, and no space between."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
"""Control characters, halves of surrogate pairs, soft hyphens, zero-width spaces and bidi overrides: they say how to
set a line, or nothing at all, and not what it says."""

FROM_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
"""What is meant where a page writes these control characters, as browsers read them: `&#146;` is an apostrophe."""

LETTERS = re.compile(r"[^\W_]+")
NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
MARKS = regex.compile(r"(\p{M}{30})\p{M}+")
"""More marks on a letter than Unicode's stream-safe format has: sorting takes time in the square of their number."""

BREAKS = frozenset({"p", "head", "quote", "code", "item", "row", "list", "table", "div", "lb", "blockquote", "pre"})
"""The tags of trafilatura's body, and of its readability door, that begin a line."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BOXES = ("article", "aside", "blockquote", "div", "figure", "figcaption", "footer", "header", "main", "pre", "section")
LISTS = ("dd", "dl", "dt", "li", "ol", "table", "tbody", "thead", "tr", "ul")
HTML_BREAKS = frozenset({*HEADINGS, *BOXES, *LISTS, "p", "br", "hr"})
"""The tags of a page that begin a line."""

SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "\u201d", "”", "»", '"', "“", "؟", "।")
"""What a sentence ends with, its quotation marks among it."""

ITEMS = ("item", "li")
EMPTY_CELLS = " |"
"""What is left of a table's row behind its last word."""

UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "button", "select"})


def is_caseless(text: str) -> bool:
    """Whether a few words are written in a script without capitals."""
    return not text.isascii() and text == text.lower() == text.upper()


def clean_line(text: str) -> str:
    """One line in NFC, with single spaces and none at its ends, of characters that can be written anywhere."""
    line = " ".join(text.split())
    if not line.isprintable():  # nearly all are, and to look for what is not takes four times as long
        line = " ".join(INVISIBLE.sub("", line.translate(FROM_WINDOWS)).split())
    return line if line.isascii() else unicodedata.normalize("NFC", stream_safe(line))


def squeeze(text: str) -> str:
    """Only the letters and digits of a text, case folded: what two spellings of one line share."""
    if text.isascii():
        return text.lower().translate(NO_LETTERS)
    return "".join(LETTERS.findall(unicodedata.normalize("NFKC", stream_safe(text)).casefold()))


def stream_safe(text: str) -> str:
    """A text without the marks that are too many on one letter."""
    return text if text.isascii() else MARKS.sub(r"\1", text)


def capped(text: str | None, most: int) -> str | None:
    """A clean line of at most so many characters, None where nothing is left."""
    return clean_line(text[: 2 * most])[:most].rstrip() or None if text else None


def body_lines(body: Any, breaks: frozenset[str] = BREAKS) -> list[str]:
    """The lines of a tree, trafilatura's or a page's: a paragraph, heading, list item or table row each."""
    lines: list[str] = []
    current: list[str] = []
    bullet = ""
    for kind, text in events(body, breaks):
        if kind:
            if line := clean_line("".join(current)).rstrip(EMPTY_CELLS):
                lines.append(bullet + line)
                bullet = ""
            current.clear()
            bullet = "- " if kind in ITEMS else "" if kind == "end" else bullet
        else:
            current.append(text)
    return lines


def events(body: Any, breaks: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Breaks `(kind, "")` and runs of text `("", text)` in reading order; the last is a break."""
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if not closing:
            if tag in breaks:
                yield tag, ""
            if tag and tag not in UNSEEN and node.text:
                yield "", node.text
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node) if tag not in UNSEEN)
            continue
        if tag in breaks and tag not in ("lb", "br"):
            yield "end", ""
        elif tag in ("cell", "td", "th"):
            yield "", " | "
        if node.tail and node is not body:
            yield "", node.tail
    yield "end", ""


def gaps(lines: list[str]) -> list[str]:
    """What parts each line from the one before it: a break between the items of a list, else a blank line."""
    found = [""]
    for before, after in pairwise(lines):
        found.append("\n" if before.startswith("- ") and after.startswith("- ") else "\n\n")
    return found[: len(lines)]
