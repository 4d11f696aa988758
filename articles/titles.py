"""A page's title, from what it says in four places, without the newspaper's name."""

import re
from collections.abc import Iterable

from articles.textform import clean_line, squeeze

MAX_TITLE = 500
SEPARATOR = re.compile(r"\s+[-–—|·•»:/]\s+|\s*[|｜]\s*|\s+[-–—]{2}\s+|(?<=\S):\s+(?=\S+$)")
TAGS = re.compile(r"</?(?:b|i|em|strong|span|br|p|u|sup|sub|mark)\b[^<>]{0,100}/?>", re.I)


def title(headline: str | None, og: str | None, h1: str | None, document: str | None, sites: Iterable[str]) -> str | None:
    """The title two of the places agree on, else the first that there is; none of them with the site's name."""
    names = {squeeze(site) for site in sites if site and len(squeeze(site)) > 1}
    found = [without_site(tidy(text), names) for text in (headline, og, h1, document)]
    known = [text for text in found if text and squeeze(text) not in names]
    if not known:
        return None
    keys = [squeeze(text) for text in known]
    agreed = next((text for text, key in zip(known, keys, strict=True) if keys.count(key) > 1), None)
    chosen = agreed or known[0]
    return whole(chosen, known)


def tidy(text: str | None) -> str:
    """One clean line, without inline markup written into it."""
    return clean_line(TAGS.sub("", (text or "")[: MAX_TITLE * 4]))[:MAX_TITLE]


def without_site(text: str, names: set[str]) -> str:
    """The title without the newspaper's name before or after it."""
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(text))
        if not cuts:
            break
        head, tail = text[: cuts[0].start()], text[cuts[-1].end() :]
        if is_site(tail, names) and cuts[-1].start():
            text = text[: cuts[-1].start()]
        elif is_site(head, names):
            text = text[cuts[0].end() :]
        else:
            break
    return text.strip()


def is_site(text: str, names: set[str]) -> bool:
    """Whether a part of a title is the newspaper's name, in any spelling of it."""
    key = squeeze(text)
    if not key:
        return False
    return key in names or any(len(name) > 4 and len(key) > 4 and (key.startswith(name) or name.startswith(key)) for name in names)


def whole(chosen: str, known: list[str]) -> str:
    """The uncut title where the chosen one ends in dots."""
    if chosen.endswith(("…", "...")):
        stem = squeeze(chosen)
        return next((text for text in known if len(text) > len(chosen) and squeeze(text).startswith(stem)), chosen)
    return chosen
