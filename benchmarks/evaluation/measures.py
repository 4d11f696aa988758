"""How near an extraction comes to a label: word 4-grams of the body, words of pictures left in it, metadata.

The measures are those of the labelled corpus's own `score.py`, and give its figures.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

from benchmarks.evaluation.labels import Label, Photo

GRAM = 4
UNSPACED = "\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
SAME_QUOTES = str.maketrans("‘’‚`´“”„«»", "'''''" + '"' * 5)
NAMES = re.compile(r"[;,]| and ")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a tool finds on a page; None for what it has no notion of."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published_at: datetime | None = None
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """One page's figures; None where the label says nothing."""

    precision: float | None
    recall: float | None
    residue: bool | None
    captions: tuple[int, int, int] | None
    """Right, found, labelled."""
    credits: tuple[int, int, int] | None
    title: bool | None
    authors: bool | None
    instant: bool | None

    @property
    def f1(self) -> float:
        """Of the body."""
        return harmonic(self.precision or 0.0, self.recall or 0.0)


@dataclass(frozen=True, slots=True)
class Total:
    """The figures of many pages; shares between 0 and 1, None where no page says anything."""

    precision: float
    recall: float
    residue: float | None
    caption: float | None
    credit: float | None
    title: float | None
    authors: float | None
    instant: float | None

    @property
    def f1(self) -> float:
        """Of the body: of mean precision and mean recall."""
        return harmonic(self.precision, self.recall)


def score(found: Extraction, label: Label) -> Score:
    """Compare one page's extraction with its label."""
    precision, recall = body(found.text, label.text)
    photos = label.photos
    return Score(
        precision=precision,
        recall=recall,
        residue=bool(left_over(found.text, label)) if photos else None,
        captions=matches((caption for caption, _ in found.photos), (caption for caption, _ in photos))
        if photos
        else None,
        credits=matches((credit for _, credit in found.photos), (credit for _, credit in photos)) if photos else None,
        title=fold(found.title) == fold(label.title) if label.title else None,
        authors=names(found.authors) == names(label.authors) if label.authors else None,
        instant=same_minute(found.published_at, label.published_at) if label.published_at else None,
    )


def total(scores: Sequence[Score]) -> Total:
    """The figures of many pages together."""

    def share(value: Callable[[Score], bool | None]) -> float | None:
        known = [told for one in scores if (told := value(one)) is not None]
        return fmean(known) if known else None

    return Total(
        precision=fmean([one.precision for one in scores if one.precision is not None] or [0.0]),
        recall=fmean([one.recall for one in scores if one.recall is not None] or [0.0]),
        residue=share(lambda one: one.residue),
        caption=pooled([one.captions for one in scores if one.captions]),
        credit=pooled([one.credits for one in scores if one.credits]),
        title=share(lambda one: one.title),
        authors=share(lambda one: one.authors),
        instant=share(lambda one: one.instant),
    )


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pooled(counts: Sequence[tuple[int, int, int]]) -> float | None:
    """F1 over all pages' strings."""
    right, found, labelled = (sum(count[i] for count in counts) for i in range(3))
    return harmonic(right / found if found else 0.0, right / labelled if labelled else 0.0) if counts else None


def words(text: str | None) -> list[str]:
    """Case folded; scripts without spaces a character each."""
    return WORD.findall(unicodedata.normalize("NFKC", text or "").casefold())


def letters(text: str | None) -> str:
    """The words without what parts them."""
    return "".join(words(text))


def fold(text: str | None) -> str:
    """A string without differences of case, space and quotation marks."""
    return " ".join(unicodedata.normalize("NFKC", text or "").translate(SAME_QUOTES).split()).casefold()


def names(authors: Iterable[str] | None) -> set[str]:
    """Authors as a set."""
    return {fold(name) for name in authors or ()} - {""}


def grams(text: str) -> Counter[tuple[str, ...]]:
    """The word 4-grams of a text, each as often as it stands there; of a shorter text all its words."""
    said = words(text)
    if len(said) <= GRAM:
        return Counter([tuple(said)] if said else [])
    return Counter(zip(*(said[i:] for i in range(GRAM)), strict=False))


def body(found: str, label: str) -> tuple[float | None, float | None]:
    """Precision and recall of word 4-grams; None where a side has none."""
    ours, theirs = grams(found), grams(label)
    shared = (ours & theirs).total()
    return (shared / ours.total() if ours else None), (shared / theirs.total() if theirs else None)


def left_over(found: str, label: Label) -> list[str]:
    """The captions and credits of the labelled photos that stand in the text, and not in the labelled one."""
    lines = [letters(line) for line in found.splitlines()]
    whole = letters(label.text)
    wanted = [(text, i == 1) for photo in label.photos for i, text in enumerate(photo) if text]
    return [
        text
        for text, is_credit in wanted
        if len(key := letters(text)) >= 4 and key not in whole and any(holds(line, key, is_credit) for line in lines)
    ]


def holds(line: str, key: str, is_credit: bool) -> bool:
    """Whether a line is a string of a photo, or holds it where it cannot be chance."""
    return (
        line == key
        or (len(key) >= 20 and key in line)
        or (is_credit and len(line) < 400 and len(key) >= 6 and line.endswith(key))
    )


def matches(found: Iterable[str | None], label: Iterable[str | None]) -> tuple[int, int, int]:
    """How many strings are right, found and labelled; one within the other counts from eight letters on."""
    ours, theirs = ({letters(text) for text in texts if text} - {""} for texts in (found, label))
    left = set(theirs)
    right = 0
    for text in ours:
        near = next(
            (
                other
                for other in left
                if text == other or (min(len(text), len(other)) >= 8 and (text in other or other in text))
            ),
            None,
        )
        if near is not None:
            left.discard(near)
            right += 1
    return right, len(ours), len(theirs)


def same_minute(found: datetime | None, label: datetime) -> bool:
    """Whether two instants are less than a minute apart; one without a zone is UTC."""
    if found is None:
        return False
    at = found if found.tzinfo else found.replace(tzinfo=UTC)
    return abs((at - label).total_seconds()) < 60
