"""Two versions of an article side by side: which they are, what differs, and that in words."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from articles.errors import BadInput
from articles.passages import Passage, PassageKind, passages
from articles.revisions import NAMES, Change, Version, change
from articles.wording import Piece, difference, readable
from warehouse.history import History, Period

DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of an article and what changed from one to the other."""

    history: History
    before: Period
    after: Period
    old: Version
    new: Version

    @property
    def change(self) -> Change:
        """In one word and in figures."""
        return change(self.old, self.new)

    @property
    def pieces(self) -> dict[str, tuple[Piece, ...]]:
        """The parts of one line that differ."""
        old = {"headline": self.old.title or "", "authors": ", ".join(self.old.authors)}
        new = {"headline": self.new.title or "", "authors": ", ".join(self.new.authors)}
        old["description"], new["description"] = self.old.description or "", self.new.description or ""
        return {part: readable(difference(old[part], new[part])) for part in old if old[part] != new[part]}

    @property
    def text(self) -> tuple[Passage, ...]:
        """The paragraphs."""
        return passages(self.old.text, self.new.text)

    @property
    def photos(self) -> tuple[Passage, ...]:
        """Captions and credits, a line a photo."""
        return passages(self.old.lines["photos"], self.new.lines["photos"])


def chosen(history: History, start: str | None, end: str | None) -> tuple[Period, Period]:
    """The two periods that are asked for; by default the last two that differ in more than cosmetics."""
    standing = history.standing
    if len(standing) < 2:
        raise BadInput(f"{history.url} has one version, held since {told(standing[0].held_from)}: nothing to compare")
    if start and end:
        return at(history, start), at(history, end, of_day="end")
    if end:
        after = at(history, end, of_day="end")
        return before(history, after), after
    if start:
        return at(history, start), standing[-1]
    real = [period for period in standing[1:] if period.kind not in (None, "cosmetic")]
    after = real[-1] if real else standing[-1]
    return before(history, after), after


def before(history: History, period: Period) -> Period:
    """The version before one; the first has none."""
    earlier = [other for other in history.standing if other.number < period.number]
    if not earlier:
        raise BadInput(
            f"version {period.number} of {history.url} is the first: name another with --to, or one with --from"
        )
    return earlier[-1]


def at(history: History, asked: str, *, of_day: Literal["start", "end"] = "start") -> Period:
    """The version with a number, or the one that was the last seen at a moment.

    A bare day is that end of it, in UTC; where there was none yet at its start, the first one of that day.
    """
    a_day = DAY.fullmatch(asked) is not None
    if asked.isascii() and asked.isdigit() and not a_day:
        found = next((period for period in history.periods if period.number == int(asked)), None)
        if found is None:
            raise BadInput(f"{history.url} has no version {asked}; they are numbered 1 to {len(history.periods)}")
        if found.version_id is None:
            raise BadInput(f"number {asked} of {history.url} is no version: it was gone from {told(found.held_from)}")
        return found
    starts = read_moment(asked)
    ends = starts.replace(hour=23, minute=59, second=59, microsecond=999_999) if a_day else starts
    until = [period for period in history.standing if period.held_from <= (ends if of_day == "end" else starts)]
    until = until or [period for period in history.standing[:1] if period.held_from <= ends]
    if not until:
        first = told(history.standing[0].held_from)
        raise BadInput(f"{history.url} was not seen before {first}; {asked} is earlier")
    return until[-1]


def read_moment(asked: str) -> datetime:
    """A moment as a person writes it; in UTC where no zone is stated."""
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError as error:
        raise BadInput(
            f"{asked!r} is neither a version's number nor a time; write 2, 2026-11-20 or 2026-11-20T18:00+01:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def told(moment: datetime) -> str:
    """A moment in words."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def held(period: Period, history: History) -> str:
    """When a version held, in words."""
    if period.held_until is None:
        return f"since {told(period.held_from)}"
    following = next((other for other in history.periods if other.number == period.number + 1), None)
    end = ", then gone" if following and following.version_id is None else ""
    return f"{told(period.held_from)} to {told(period.held_until)}{end}"


def summary(comparison: Comparison) -> str:
    """All of it in a line."""
    found = comparison.change
    counts = Counter(passage.kind for passage in comparison.text)
    kinds: tuple[PassageKind, ...] = ("changed", "added", "removed", "moved", "same")
    lines = ", ".join(f"{counts[kind]} {'unchanged' if kind == 'same' else kind}" for kind in kinds if counts[kind])
    figures = f"{found.chars_added} characters added, {found.chars_removed} removed"
    return f"{in_words(found)}: {figures}; paragraphs: {lines or 'none'}"


def in_words(found: Change) -> str:
    """The kind of a change, and what else changed with it."""
    others = [part for part in found.changed if NAMES[part] != found.kind]
    if len(others) == len(found.changed):
        return f"{found.kind} in {', '.join(others)}"
    return f"{found.kind}; also {', '.join(others)}" if others else found.kind


def as_json(comparison: Comparison) -> dict[str, Any]:
    """All of it for programs."""
    found = comparison.change
    sides = {"from": comparison.before, "to": comparison.after}
    return {
        "url": comparison.history.url,
        "source": comparison.history.source,
        "periods": len(comparison.history.periods),
        **{name: side_json(period) for name, period in sides.items()},
        "kind": found.kind,
        "changed": list(found.changed),
        "chars_added": found.chars_added,
        "chars_removed": found.chars_removed,
        **dict.fromkeys(("headline", "authors", "description")),
        **{part: pieces_json(pieces) for part, pieces in comparison.pieces.items()},
        "text": [{"kind": p.kind, "pieces": pieces_json(p.pieces)} for p in comparison.text],
        "photos": [{"kind": p.kind, "pieces": pieces_json(p.pieces)} for p in comparison.photos],
        "summary": summary(comparison),
    }


def side_json(period: Period) -> dict[str, Any]:
    """A version and when it held."""
    return {
        "number": period.number,
        "version_id": period.version_id,
        "held_from": period.held_from.astimezone(UTC).isoformat(),
        "held_until": period.held_until.astimezone(UTC).isoformat() if period.held_until else None,
    }


def pieces_json(pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    """The pieces of a line."""
    return [{"kind": piece.kind, "text": piece.text} for piece in pieces]
