"""What changed between two versions of an article, in one word and in figures.

The first of these that holds is the kind of a change:

    cosmetic    nothing but white space, case, punctuation, quotation marks, or the time of the last change
    replaced    title and text have nothing in common with what stood there
    correction  a note appears by which the paper says that it corrects
    live        the text of a live blog went on
    headline    the title
    body        the text
    photos      captions and credits
    metadata    authors, or the description that search engines show

Whatever else changed with it is named in `Change.changed`. A page that went away is no change of its text; the
warehouse knows of that from captures.
"""

from dataclasses import dataclass
from typing import Literal

from articles.corrections import notes
from articles.model import Article
from articles.substance import substance
from articles.wording import changed_characters, difference, is_spaceless, words

Kind = Literal["headline", "body", "correction", "cosmetic", "live", "photos", "metadata", "replaced"]
Part = Literal["title", "text", "photos", "authors", "description"]

PARTS: tuple[Part, ...] = ("title", "text", "photos", "authors", "description")
"""What makes up a version, in the order in which it names a change."""

NAMES: dict[Part, Kind] = {
    "title": "headline",
    "text": "body",
    "photos": "photos",
    "authors": "metadata",
    "description": "metadata",
}

LIVE_FROM = 2
"""Entries of a live blog; one alone may be an article with its update."""

IN_COMMON = 0.05
"""The share of word sequences of the shorter text below which two texts have nothing in common: a quoted phrase or an
agency's closing line stands in many articles."""

TITLE_IN_COMMON = 0.5
"""The share of words of the shorter title from which two titles are about one thing."""

SEQUENCE, SIGNS = 4, 8
"""Words in a sequence; in scripts without spaces, characters."""


@dataclass(frozen=True, slots=True)
class Version:
    """One content of an article, as far as it counts for what changed."""

    title: str | None
    description: str | None
    text: str
    authors: tuple[str, ...] = ()
    photos: tuple[tuple[str | None, str | None], ...] = ()
    """Caption and credit of each, in order."""
    updates: int = 0
    """The entries of a live blog."""

    @property
    def lines(self) -> dict[Part, str]:
        """Each part as a text of its own."""
        return {
            "title": self.title or "",
            "text": self.text,
            "photos": "\n\n".join(" / ".join(word for word in photo if word) for photo in self.photos),
            "authors": "\n".join(self.authors),
            "description": self.description or "",
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from one version to another."""

    kind: Kind
    changed: tuple[Part, ...]
    """The parts that changed in more than cosmetics; where none did, those that differ at all."""
    chars_added: int
    """Code points of title, text, captions and credits."""
    chars_removed: int


def version_of(article: Article) -> Version:
    """The version that a capture shows."""
    photos = tuple((photo.caption, photo.credit) for photo in article.photos)
    return Version(
        article.title, article.description, article.text, article.authors, photos, updates=len(article.updates)
    )


def change(old: Version, new: Version) -> Change:
    """What changed; a function of the two versions alone."""
    before, after = old.lines, new.lines
    differ = tuple(part for part in PARTS if before[part] != after[part])
    real = tuple(part for part in differ if substance(before[part]) != substance(after[part]))
    figures = [
        changed_characters(difference(before[part], after[part]))
        for part in differ
        if part in ("title", "text", "photos")
    ]
    added, removed = (sum(side) for side in zip(*figures, strict=True)) if figures else (0, 0)
    return Change(kind_of(old, new, real), real or differ, added, removed)


def kind_of(old: Version, new: Version, real: tuple[Part, ...]) -> Kind:
    """The word for a change, by the order that stands at the head of this file."""
    if not real:
        return "cosmetic"
    if "text" in real and is_replaced(old, new):
        return "replaced"
    told = (new.title, new.description, new.text)
    if notes(*told) - notes(old.title, old.description, old.text):
        return "correction"
    if "text" in real and max(old.updates, new.updates) >= LIVE_FROM:
        return "live"
    return NAMES[real[0]]


def is_replaced(old: Version, new: Version) -> bool:
    """Whether neither titles nor texts have anything in common."""
    if in_common(frozenset(words(old.title or "")), frozenset(words(new.title or ""))) >= TITLE_IN_COMMON:
        return False
    return in_common(sequences(old.text), sequences(new.text)) < IN_COMMON


def in_common(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that stands in the other one; 0 where one is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def sequences(text: str) -> frozenset[str]:
    """All runs of four words, or eight characters of a script without spaces; a shorter text is one run."""
    found = words(text)
    length = SIGNS if sum(map(is_spaceless, found)) * 2 > len(found) else SEQUENCE
    if len(found) < length:
        return frozenset(found)
    return frozenset(" ".join(found[place : place + length]) for place in range(len(found) - length + 1))
