"""Articles that come as bare text: the same rules, with the lines' own look and neighbours as the only evidence."""

import re

from articles import (
    agencies,
    authors,
    boilerplate,
    creditline,
    datelines,
    dates,
    fingerprint,
    languages,
    margins,
)
from articles.cuts import Cut, apply
from articles.layout import Line
from articles.metadata import Metadata
from articles.model import Article, Page, Photo, Rejection
from articles.plainform import Picture, Plain, head_length, is_prose, lead_length
from articles.plainlines import FOOT, is_desk, pictures
from articles.textform import clean_line, squeeze

HEADLINE = 150
STANDFIRST = 2
"""Lines under a headline within which the text begins."""

COUNTED = re.compile(r"\d{1,3}\sof\s\d{1,3}(?:\s?\|)?")
"""A picture's number in a gallery; with a slash it may be a result."""

PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def extract(page: Page, text: str, extractor: str) -> Article | Rejection:
    """The article in a text."""
    block = lines(text)
    if not block:
        return Rejection(page.url, "empty", "nothing but white space", extractor)
    found = pictures(block)
    cuts = [cut for picture in found for cut in picture.cuts]
    facts = nothing_said(signed(block))
    cuts += furniture(block, {cut.line for cut in cuts}, facts)
    cuts.sort(key=lambda cut: cut.line)
    body, removed, _ = apply([line.text for line in block], cuts, [line.gap for line in block])
    if not body:
        return Rejection(page.url, "no_text", "nothing but a picture's words and furniture", extractor)
    code, code_source = languages.language(body, [], page.hints.source_language)
    published = (
        dates.moment(page.hints.feed_published, "feed", page.fetched_at, page.hints.source_zone)
        if page.hints.feed_published
        else None
    )
    return Article(
        url=page.url,
        title=headline(body),
        description=None,
        text=body,
        authors=facts.authors,
        agencies=datelines.sources(body, removed, facts.agencies),
        section=None,
        tags=(),
        language=code,
        language_source=code_source,
        published=published,
        published_conflict=False,
        modified_at=None,
        free_access=None,
        text_status="unknown",
        word_count=fingerprint.word_count(body),
        image_url=None,
        canonical_claim=None,
        photos=tuple(photo(position, picture) for position, picture in enumerate(found)),
        removed=tuple(removed),
        extractor=extractor,
    )


def lines(text: str) -> list[Plain]:
    """The lines of a text: breaks within a paragraph stay breaks, runs of blank lines are one."""
    found: list[Plain] = []
    for paragraph in PARAGRAPHS.split(
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    ):
        gap = "\n\n" if found else ""
        for raw in paragraph.split("\n"):
            if line := clean_line(raw):
                found.append(Plain(line, gap))
                gap = "\n"
    return found


def furniture(block: list[Plain], taken: set[int], facts: Metadata) -> list[Cut]:
    """The lines that are neither text nor a picture's words."""
    head, lead = head_length(block), lead_length(block)
    found: list[Cut] = []
    for number, line in enumerate(block):
        if number in taken or len(block) == 1:
            continue
        verdict = boilerplate.phrase(Line(line.text), number, len(block))
        if verdict and verdict[1].endswith("-phrase") and number == 0 and len(block) > 2:
            verdict = None  # a headline may begin like furniture
        if is_desk(block, number, lead):
            verdict = "byline", "desk"
        elif number and boilerplate.signs(block[number - 1].text, len(block) - number):
            verdict = verdict or signature(line.text)
        verdict = verdict or control(line.text) or margin(line.text, number, len(block), head, facts)
        if verdict:
            found.append(Cut(number, verdict[0], verdict[1], line.text))
    return found


def signature(text: str) -> margins.Verdict | None:
    """The agency or the initials that stand alone under the last paragraph."""
    if agencies.lone_agency(text):
        return "byline", "agency"
    return ("byline", "initials") if text == text.lower() and boilerplate.are_initials(text) else None


def control(text: str) -> margins.Verdict | None:
    """What a page writes on a picture's buttons, and its number in a gallery."""
    pressed = len(text.split()) > 1 and squeeze(text) in creditline.FURNITURE
    return ("other", "picture-control") if pressed or COUNTED.fullmatch(text) else None


def margin(text: str, number: int, total: int, head: int, facts: Metadata) -> margins.Verdict | None:
    """What stands around the text: day, reading time and byline in the head, contacts and sources at the foot."""
    if number < head:
        return margins.opening(text, facts) if number else margins.byline(text, facts)
    left = total - number
    if left <= margins.CLOSING and (found := margins.closing(text, left, facts)):
        return found
    if left <= FOOT and creditline.STATED.match(text) and creditline.is_labelled(text):
        return "other", "source-line"
    return None


def signed(block: list[Plain]) -> list[str]:
    """Who wrote a text by its head: the names of its byline, and the agency under that or under the headline."""
    lead = lead_length(block)
    desks = [line.text for number, line in enumerate(block[:lead]) if is_desk(block, number, lead)]
    return authors.signed([line.text for line in block[: head_length(block)]]) + desks


def headline(body: str) -> str | None:
    """The first line where it can be nothing else: short, no sentence, and prose within the next lines."""
    first, _, rest = body.partition("\n")
    following = [line for line in rest.split("\n") if line][:STANDFIRST]
    fits = (
        10 <= len(first) <= HEADLINE
        and not first.endswith((".", ":", ";", ",", "。"))
        and any(map(is_prose, following))
    )
    return first if fits else None


def nothing_said(names: list[str]) -> Metadata:
    """The metadata of a page that has none, but for its authors."""
    persons, wires = authors.people([("", name) for name in names], ())
    return Metadata(authors=authors.signatories(persons, wires), agencies=tuple(wires))


def photo(position: int, picture: Picture) -> Photo:
    """A picture as a record; a text gives words but no address."""
    agency = agencies.agency_of(picture.credit) if picture.credit else None
    return Photo(position, picture.caption, picture.credit, agency)
