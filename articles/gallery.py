"""The pictures in an article's stretch of the page, in their order, without those that are another's."""

from dataclasses import dataclass
from typing import Any

from articles import captions, photos, portraits, roles
from articles.metadata import Metadata
from articles.photos import Figure, Image
from articles.textform import clean_line, squeeze

PICTURES = frozenset({"figure", "img", "amp-img"})
AFTER = 12
"""Elements past the last line in which a picture of the article may still stand."""

BEFORE = 3
"""Elements before the headline in which its picture may stand."""

MAX_PICTURES = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where the article stands in a page."""

    first: int
    """The place of its headline, or of its first line."""
    last: int
    """The place of its last line."""
    root: Any
    """The element that holds all of it."""
    homes: list[Any]
    """The elements that hold its lines of prose."""
    around: frozenset[Any] = frozenset()
    """The elements that hold half of its prose or more: their class says nothing of a picture in them."""

    @property
    def prose(self) -> set[Any]:
        """The elements that hold prose, however far out."""
        return {outer for home in self.homes for outer in home.iterancestors()} | set(self.homes)


def pictures(items: list[Any], stretch: Stretch, facts: Metadata) -> tuple[tuple[Figure, ...], tuple[Image, ...]]:
    """The pictures with words beside them, and all pictures, among the elements of a page."""
    figures: list[Figure] = []
    images: list[Image] = []
    frames: set[Any] = set()
    prose = stretch.prose
    for place in range(opening(items, stretch.first), min(stretch.last + AFTER, len(items))):
        picture = items[place]
        if picture.tag not in PICTURES or len(frames) >= MAX_PICTURES or not belongs(picture, place, stretch):
            continue
        if picture.tag != "figure":
            images.append(Image(place, clean_line(picture.get("alt") or ""), photos.source(picture, picture)))
        if holds_figures(picture) or any(outer in frames for outer in picture.iterancestors()):
            continue
        around = photos.frame(picture, prose)
        if around not in frames:
            frames.add(around)
            if figure := told(picture, around, place, stretch, facts):
                figures.append(figure)
    return tuple(figures), tuple(images)


def opening(items: list[Any], first: int) -> int:
    """Where the article's pictures begin: a figure with a caption right before its headline is one of them."""
    for i in range(max(0, first - BEFORE), first):
        if (
            items[i].tag == "figure"
            and any(roles.element_roles(items[i]))
            and not photos.set_apart(items[i], None, frozenset())
        ):
            return i
    return first


def belongs(picture: Any, place: int, stretch: Stretch) -> bool:
    """Whether a picture stands in the article, and in no box about something else."""
    apart = photos.set_apart(picture, stretch.root, stretch.around)
    if apart and (apart != photos.TEASER or picture.tag != "figure"):
        return False
    return place <= stretch.last or near(picture, stretch.homes[-1] if stretch.homes else None)


def told(picture: Any, around: Any, place: int, stretch: Stretch, facts: Metadata) -> Figure | None:
    """The words of a picture, None where they are about something else than what it shows."""
    authors = frozenset(map(squeeze, facts.authors))
    figure = None if portraits.is_quote(around) else captions.read(around, place, authors)
    if figure is None or portraits.is_apart(figure, authors, facts.title_keys):
        return None
    doubtful = photos.set_apart(picture, stretch.root, stretch.around) == photos.TEASER
    return None if doubtful and (not figure.complete or photos.is_teaser(around)) else figure


def holds_figures(picture: Any) -> bool:
    """Whether a figure is a frame around others."""
    return picture.tag == "figure" and picture.find(".//figure//img") is not None


def inside(item: Any, root: Any) -> bool:
    """Whether an element lies in another."""
    return any(outer is root for outer in item.iterancestors())


def near(picture: Any, home: Any) -> bool:
    """Whether a picture past the last line still stands beside it, in the same container."""
    container = home.getparent() if home is not None else None
    return container is not None and inside(picture, container)
