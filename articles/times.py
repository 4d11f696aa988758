"""The `time` elements of a page: those that stand with the headline, and those that may be anything's."""

import re
from typing import Any

from articles.tables import table
from articles.textform import clean_line

MARKED = (
    "//*[@itemprop='datePublished' or self::time[@pubdate] or contains(@property, 'dc:created')"
    " or self::abbr[contains(@class, 'published')]]"
    "/@*[name() = 'datetime' or (name() = 'content' and (../@itemprop or ../@property))"
    " or (name() = 'title' and ../self::abbr)]"
)
"""What is marked as the publication."""

ELSEWHERE = re.compile("|".join((*table("markup")["photo"]["aside"], "comment", "(?:^|[-_ ])latest")), re.IGNORECASE)
"""Parts of the class names of boxes about something else than the article."""

HEAD_TEXT = 400
"""Characters of paragraphs behind a headline within which the times are the article's: a standfirst has 300."""

MAX_TIMES = 200


def stated(tree: Any) -> tuple[list[str], list[str]]:
    """What times with the headline say, or the one that is marked as publication; and what others after it say."""
    if marked := tree.xpath(MARKED):
        return [str(marked[0])], []
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return [], []
    near: list[str] = []
    stray: list[str] = []
    before: Any = None
    text, behind = 0, False
    for element in tree.iter("h1", "p", "time"):
        if element is headline:
            behind = True
        elif element.tag == "p" and behind:
            text += len(clean_line(element.text_content()[:HEAD_TEXT]))
        elif element.tag == "time" and element.get("datetime") and not is_elsewhere(element):
            if not behind:
                before = element
            elif len(near) + len(stray) < MAX_TIMES:
                (near if text < HEAD_TEXT else stray).append(element.get("datetime"))
    if not near and before is not None and share_a_box(before, headline):
        near.append(before.get("datetime"))
    return near, stray


def is_elsewhere(element: Any) -> bool:
    """Whether an element lies in a box about something else: related articles, comments, the page's margins."""
    return any(
        box.tag in ("aside", "nav", "footer") or ELSEWHERE.search(f"{box.get('class') or ''} {box.get('id') or ''}")
        for box in element.iterancestors()
        if box.tag not in ("body", "html", "main", "article")
    )


def share_a_box(one: Any, other: Any) -> bool:
    """Whether two elements lie in one box that is not the whole page."""
    boxes = set(one.iterancestors())
    return any(box in boxes and box.tag not in ("body", "html") for box in other.iterancestors())
