"""Lines before and behind the text that are none of it: headline, byline and date again, contacts, copyright."""

import re

from articles.authors import BYLINE
from articles.daylines import beside_day
from articles.metadata import Metadata
from articles.model import RemovedKind
from articles.textform import SENTENCE_END, squeeze

CLOSING = 5
"""Lines at the end in which contacts and copyright stand."""

BIO_LINES = 2
BIO_LEAD = 60
"""Letters in which a line about its author names him."""

CONTACT = re.compile(
    r"^(?:[^\W\d_]+\s){0,4}\S+@[\w.-]+\.\w{2,8}$|^(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+$|^@\w{3,30}$",
    re.IGNORECASE,
)
COLOPHON = re.compile(
    r"^copyright\b.{0,80}(?:\d{4}|ISSN)|\bISSN:?\s\d{4}-\d{3}[\dX]\b|^(?:©|\(c\))\s*.{0,80}$", re.IGNORECASE
)
AGENCY_NUMBER = re.compile(r"^©\s*dpa.{0,80}$|^\S{2,12}:\d{6}-\d{2,4}-\d{4,8}\S{0,4}$", re.IGNORECASE)
STAFF = re.compile(
    r"^[(（【\[]?(?:责任编辑|責任編輯|责编|編輯|编辑|校对|审校|编审|監製|記者|记者)\s?[:：/]\s?\S{2,14}[)）】\]]?$|^.{0,8}(?:记者|記者)\s\S{2,4}$|^\S{2,4}\s(?:기자|특파원)$"
)
"""Who edited or wrote, in scripts without capitals."""

TAKEN_OVER = re.compile(r"^\[(?:via|h/t|hat tip)\b.{0,60}\]$|^\[\d{1,2}\]\s?https?://\S+$", re.IGNORECASE)
READING_TIME = re.compile(
    r"^\d{1,3}\s?min(?:s|utes?|uti|utos|uten)?\.?"
    r"(?:\s(?:read|de lecture|de lectura|de leitura|di lettura|lesezeit|leestijd))?$"
    r"|^\d{1,2}:\d\d\s?/\s?\d{1,2}:\d\d$",
    re.IGNORECASE,
)
JOB = re.compile(
    r"^(?:[\w.'’-]+\s){0,3}(?:staff (?:writer|reporter)|special correspondent|contributing writer)s?$", re.IGNORECASE
)
CHANGED = re.compile(
    r"^(?:last |first |zuletzt |dernière |última )?(?:updated|published|posted|modified|edited|revised|stand"
    r"|aktualisiert|veröffentlicht|mise? à jour|publiée?|actualizado|publicado|atualizado|aggiornato|pubblicato"
    r"|bijgewerkt|gepubliceerd|oppdatert|publisert|uppdaterad|publicerad|opdateret|udgivet|päivitetty|julkaistu|обновлено|опубликовано)\b",
    re.IGNORECASE,
)
DAY_ALONE = 8
"""Letters and digits beside a date that are an hour or a place, and say nothing of what happens then."""

Verdict = tuple[RemovedKind, str]


def opening(text: str, facts: Metadata) -> Verdict | None:
    """The headline, the byline or the date once more, before the text begins."""
    key = squeeze(text)
    if READING_TIME.match(text):
        return "other", "reading-time"
    if CONTACT.match(text) or STAFF.match(text):
        return "byline", "contact"
    if len(text) <= 300 and any(
        key == title or (len(title) > 20 and key.endswith(title) and len(key) < 1.6 * len(title))
        for title in facts.title_keys
    ):
        return "other", "headline-repeated"
    if is_day(text, 40):
        return "byline", "date-line"
    if JOB.match(text):
        return "byline", "role"
    return byline(text, facts)


def is_day(text: str, most: int) -> bool:
    """Whether a line says a day, and at most so many letters and digits beside it."""
    beside = beside_day(text) if len(text) <= 90 and not text.endswith(SENTENCE_END) else None
    return beside is not None and beside <= most


def byline(text: str, facts: Metadata) -> Verdict | None:
    """A line that names the author and says nothing else."""
    if len(text) > 120:
        return None
    names = {squeeze(name) for name in facts.authors}
    bare = squeeze(BYLINE.sub("", text.strip(" -–—|")))
    if names and (bare in names or bare == "".join(squeeze(name) for name in facts.authors)):
        return "byline", "byline-author"
    if (
        BYLINE.match(text)
        and not text.endswith(SENTENCE_END)
        and 2 <= len(text.split()) <= 9
        and any(name in bare for name in names)
    ):
        return "byline", "byline-lead"
    return None


def is_biography(text: str, facts: Metadata) -> bool:
    """Whether a line at the end says who the author is."""
    head = squeeze(text[:BIO_LEAD])
    return any(len(name.split()) > 1 and squeeze(name) in head for name in facts.authors) and "“" not in text


def closing(text: str, left: int, facts: Metadata) -> Verdict | None:
    """Contacts, copyright and the author's name after the text has ended."""
    if AGENCY_NUMBER.match(text):
        return "copyright", "agency-number"
    if left > CLOSING:
        return None
    return signature(text) or farewell(text, left, facts)


def signature(text: str) -> Verdict | None:
    """Who is to be written to, who edited, when the text was changed, whence it was taken."""
    if CONTACT.match(text) or STAFF.match(text) or is_day(text, 40 if CHANGED.match(text) else DAY_ALONE):
        return "byline", "contact"
    return ("other", "source") if TAKEN_OVER.match(text) else None


def farewell(text: str, left: int, facts: Metadata) -> Verdict | None:
    """Who the author is, and whose the text."""
    if left <= BIO_LINES and is_biography(text, facts):
        return "byline", "author-bio"
    if COLOPHON.search(text) and len(text) < 120:
        return "copyright", "colophon"
    return byline(text, facts)
