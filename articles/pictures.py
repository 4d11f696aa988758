"""The photos of an article: its figures, and words that stood in the text beside a picture or without one."""

from dataclasses import dataclass

from articles import agencies, captionline, creditline
from articles.cuts import Cut
from articles.layout import Layout
from articles.metadata import address
from articles.model import Photo
from articles.textform import squeeze


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture's words, before it has its number."""

    place: int
    caption: str | None
    credit: str | None
    alt: str | None
    source: str | None


def photos_of(places: Layout, cuts: list[Cut], url: str) -> tuple[Photo, ...]:
    """The photos in the page's order; the same words twice are one photo."""
    entries = [Entry(f.place, f.caption, f.credit, f.alt, f.source) for f in places.figures]
    entries += [entry(group, places) for group in groups(cuts)]
    found: dict[tuple[str, str], Entry] = {}
    for item in sorted(entries, key=lambda item: item.place):
        found.setdefault((squeeze(item.caption or ""), squeeze(item.credit or "")), item)
    found.pop(("", ""), None)
    return tuple(photo(position, item, url) for position, item in enumerate(found.values()))


def photo(position: int, item: Entry, url: str) -> Photo:
    """An entry as a record."""
    agency = agencies.agency_of(item.credit) if item.credit else None
    return Photo(position, item.caption, item.credit, agency, item.alt, address(item.source, url))


def groups(cuts: list[Cut]) -> list[list[Cut]]:
    """The cuts without a figure, a caption and a credit in neighbouring lines together."""
    found: list[list[Cut]] = []
    for cut in cuts:
        if cut.figure is not None or cut.kind not in ("caption", "credit"):
            continue
        last = found[-1] if found else []
        if len(last) == 1 and last[0].line == cut.line - 1 and {last[0].kind, cut.kind} == {"caption", "credit"}:
            last.append(cut)
        else:
            found.append([cut])
    return found


def entry(group: list[Cut], places: Layout) -> Entry:
    """What one or two lines say of a picture, and the picture nearest before them."""
    caption: str | None = None
    credit: str | None = None
    for cut in group:
        said = captionline.split(cut.text) if cut.kind == "caption" else (None, creditline.clean(cut.text))
        caption, credit = caption or said[0], credit or said[1]
    place = next((p for p in (places.lines[cut.line].place for cut in group) if p is not None), len(places.lines))
    image = next((cut.image for cut in group if cut.image), None)
    if image is None and not group[0].kept:
        image = next((i for i in reversed(places.images) if place - BESIDE <= i.place < place), None)
    return Entry(place, caption, credit, image.alt or None if image else None, image.source if image else None)


BESIDE = 2
"""Elements between a picture and the words that are taken for its own."""
