"""Furniture that shows in several lines together: lists of links, lines that come again, tags under their label."""

from itertools import groupby, pairwise, takewhile

from articles.boilerplate import LEAST_LINK, PHRASES, SHORT
from articles.cuts import Cut
from articles.layout import Line
from articles.textform import SENTENCE_END, squeeze

MOSTLY = 0.5
"""The share of link that makes a line one of a list of links; a line alone needs more."""

LEAST_REPEATED = 60
"""Characters of a line that is furniture where it comes again; shorter ones may be a refrain."""

SHORT_LINE = 60
"""Characters of a first line from which on it is a standfirst, and no item."""

ITEM_WORDS = 5
"""The hyphen among them."""

TAG_LABELS = frozenset(map(squeeze, PHRASES["related"]["tags"]))


def cuts(lines: tuple[Line, ...]) -> list[Cut]:
    """The lines to cut, each once."""
    kinds = (tag_lines(lines), actions(lines), repeated(lines), link_lists(lines))
    found = {cut.line: cut for cuts_of_kind in kinds for cut in cuts_of_kind}
    return [found[number] for number in sorted(found)]


def link_lists(lines: tuple[Line, ...]) -> list[Cut]:
    """Two lines and more in a row that are mostly links: to other stories, or to sources."""
    found: list[Cut] = []
    for leads_away, group in groupby(enumerate(lines), key=lambda pair: is_link_line(pair[1])):
        run = list(group)
        if leads_away and len(run) > 1:
            found += [Cut(number, "related", "related-list", line.text) for number, line in run]
    return found


def is_link_line(line: Line) -> bool:
    """Whether a line is short, mostly link and no sentence."""
    return (
        line.linked >= MOSTLY
        and LEAST_LINK <= len(line.text) <= SHORT
        and not (line.text.endswith(SENTENCE_END[:3]) and line.linked < 0.8)
    )


def repeated(lines: tuple[Line, ...]) -> list[Cut]:
    """Long lines that have stood in the block before."""
    seen: set[str] = set()
    found: list[Cut] = []
    for number, line in enumerate(lines):
        if line.text in seen:
            found.append(Cut(number, "other", "repeated", line.text))
        if len(line.text) >= LEAST_REPEATED:
            seen.add(line.text)
    return found


def tag_lines(lines: tuple[Line, ...]) -> list[Cut]:
    """A label for tags that stands alone, and the tags under it."""
    found: list[Cut] = []
    for number, (label, tags) in enumerate(pairwise(lines)):
        if tags.text.count(",") > 1 and not tags.text.endswith(SENTENCE_END) and squeeze(label.text[:40]) in TAG_LABELS:
            found += [Cut(number, "related", "tags", label.text), Cut(number + 1, "related", "tags", tags.text)]
    return found


def actions(lines: tuple[Line, ...]) -> list[Cut]:
    """A list of a few words each before the text begins, links among them: what to do with the article, where it is."""
    first = 1 if lines and len(lines[0].text) > SHORT_LINE else 0  # a standfirst may stand before it
    head = list(takewhile(lambda pair: is_item(pair[1].text), enumerate(lines[first:], first)))
    if not any(line.linked >= MOSTLY for _, line in head):
        return []
    return [Cut(number, "share", "list-before-text", line.text) for number, line in head]


def is_item(text: str) -> bool:
    """Whether a line is an item of a list that says little."""
    return text.startswith("- ") and len(text.split()) <= ITEM_WORDS and not text.endswith(SENTENCE_END)
