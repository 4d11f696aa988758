"""The query language: what somebody typed, as a tree. Nothing here knows of the index."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from articles.errors import BadInput

DEEPEST = 40
MOST_WORDS = 200

QUOTES = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«"}
"""What opens a phrase, and what closes it: texts are pasted from pages and word processors."""

FIELD = re.compile(r"([a-z_]+):(?=\S)")
SLOP = re.compile(r"~(\d{1,2})(?!\w)")
WORD = re.compile(r"\w+")
OPERATORS = {"AND", "OR", "NOT"}
DATED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Sought:
    """A word or a phrase, in a field or in those that are asked without one."""

    text: str
    field: str | None = None
    prefix: bool = False
    """Whether it is only the beginning of a word."""
    phrase: bool = False
    slop: int = 0
    """Words that may stand between those of a phrase."""


@dataclass(frozen=True, slots=True)
class Days:
    """Publication days, both included; None where one end is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Every:
    """All of its parts must be found."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of its parts must be found."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Its part must not be found."""

    part: "Node"


Node = Sought | Days | Everything | Every | Either | Without


def parse(query: str, fields: tuple[str, ...]) -> Node:
    """A query as a tree; `BadInput` says what is wrong with it, and where."""
    return Parser(query, fields).whole()


class Parser:
    """Reads a query from left to right."""

    def __init__(self, query: str, fields: tuple[str, ...]) -> None:
        self.query = query
        self.fields = fields
        self.place = 0
        self.depth = 0
        self.words = 0

    def whole(self) -> Node:
        """The tree of all of it."""
        if not self.query.strip():
            raise BadInput("nothing to search for: name a word, or * for all articles")
        node = self.either(None)
        if self.place < len(self.query):
            raise self.wrong("a parenthesis is closed that was never opened")
        return node

    def either(self, field: str | None) -> Node:
        """Parts with OR between them."""
        parts = [self.every(field)]
        while self.operator() == "OR":
            self.place += 2
            parts.append(self.every(field))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def every(self, field: str | None) -> Node:
        """Parts that stand side by side, or with AND between them."""
        parts: list[Node] = []
        while not self.ended():
            operator = self.operator()
            if operator == "OR":
                break
            if operator == "AND":
                if not parts:
                    raise self.wrong("AND has nothing before it")
                self.place += 3
                if self.ended() or self.operator() in {"AND", "OR"}:
                    raise self.wrong("AND has nothing after it")
            parts.append(self.part(field))
        if not parts:
            raise self.wrong("a word is missing: OR needs one before and after it, parentheses one within")
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def part(self, field: str | None) -> Node:
        """One part, with what stands before it."""
        if self.operator() == "NOT":
            self.place += 3
            return self.without(field)
        if self.query[self.place] == "-" and not self.query[self.place + 1 : self.place + 2].isspace():
            self.place += 1
            return self.without(field)
        if self.query[self.place] == "+":
            self.place += 1
        if self.ended():
            raise self.wrong("a word is missing")
        return self.named(field)

    def without(self, field: str | None) -> Node:
        """A part that must not be found."""
        if self.ended() or self.operator():
            raise self.wrong("NOT or - has nothing after it")
        return Without(self.named(field))

    def named(self, field: str | None) -> Node:
        """A part that may begin with the name of a field."""
        if found := FIELD.match(self.query, self.place):
            name = found[1]
            if name == PUBLISHED:
                self.place = found.end()
                return days(self.bare())
            if name not in self.fields:
                told = ", ".join((*self.fields, PUBLISHED))
                raise self.wrong(
                    f"there is no field {name!r}; put it in quotes to search for it as it stands. Fields: {told}"
                )
            self.place = found.end()
            field = name
        if self.query[self.place] == "(":
            return self.group(field)
        self.words += 1
        if self.words > MOST_WORDS:
            raise self.wrong(f"more than {MOST_WORDS} words and phrases")
        if self.query[self.place] in QUOTES:
            return self.phrase(field)
        return self.word(field)

    def group(self, field: str | None) -> Node:
        """What stands in parentheses."""
        begun = self.place
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong(f"parentheses are nested more than {DEEPEST} deep")
        self.place += 1
        node = self.either(field)
        if self.place >= len(self.query):
            raise BadInput(f"the parenthesis at character {begun + 1} is never closed, in: {self.query}")
        self.place += 1
        self.depth -= 1
        return node

    def phrase(self, field: str | None) -> Node:
        """What stands in quotes, with the words that may stand between."""
        begun = self.place
        closing = QUOTES[self.query[begun]]
        end = next((at for at in range(begun + 1, len(self.query)) if self.query[at] in closing), None)
        if end is None:
            raise BadInput(f"the quote at character {begun + 1} is never closed, in: {self.query}")
        self.place = end + 1
        slop = SLOP.match(self.query, self.place)
        if slop:
            self.place = slop.end()
        return Sought(self.query[begun + 1 : end], field, phrase=True, slop=int(slop[1]) if slop else 0)

    def word(self, field: str | None) -> Node:
        """A word; with a star after it, the beginning of one."""
        text = self.bare()
        if text == "*" and field is None:
            return Everything()
        if text.endswith("*"):
            if len(text.rstrip("*")) < 2:
                raise self.wrong("a star needs two characters before it at least")
            return Sought(text.rstrip("*"), field, prefix=True)
        return Sought(text, field)

    def bare(self) -> str:
        """What stands up to the next space, quote or parenthesis."""
        begun = self.place
        while self.place < len(self.query) and not self.ends_word(self.query[self.place]):
            self.place += 1
        return self.query[begun : self.place]

    @staticmethod
    def ends_word(character: str) -> bool:
        """Whether a word ends before a character."""
        return character.isspace() or character in "()" or character in QUOTES

    def ended(self) -> bool:
        """Whether nothing more stands here, spaces passed over."""
        while self.place < len(self.query) and self.query[self.place].isspace():
            self.place += 1
        return self.place >= len(self.query) or self.query[self.place] == ")"

    def operator(self) -> str | None:
        """The operator that stands here."""
        self.ended()
        found = WORD.match(self.query, self.place)
        return found[0] if found and found[0] in OPERATORS else None

    def wrong(self, what: str) -> BadInput:
        """An error that says where."""
        return BadInput(f"{what}; at character {self.place + 1} of: {self.query}")


def days(stated: str) -> Days:
    """`2026`, `2026-11`, `2026-11-20`, or two of them with `..` between, one of which may be missing."""
    first, dots, last = stated.partition("..")
    if not dots:
        last = first
    if not (first or last):
        raise BadInput("published: needs a day, a month, a year, or two of them: published:2026-11-01..2026-11-20")
    found = Days(day(first, stated)[0] if first else None, day(last, stated)[1] if last else None)
    if found.first and found.last and found.first > found.last:
        raise BadInput(f"published:{stated} ends before it begins")
    return found


def day(stated: str, whole: str) -> tuple[date, date]:
    """The first and the last day of a day, a month or a year."""
    found = DATED.fullmatch(stated)
    try:
        if found is not None:
            return span(int(found[1]), *(int(part) if part else None for part in found.groups()[1:]))
    except ValueError:  # a 13th month, a 31st of February
        pass
    raise BadInput(
        f"published:{whole} is no day, month or year; write 2026-11-20, 2026-11, 2026 or 2026-11-01..2026-11-20"
    )


def span(year: int, month: int | None = None, number: int | None = None) -> tuple[date, date]:
    """The first and the last day of a year, one of its months, or one of its days."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if number is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, number), date(year, month, number)
