"""Invented newspapers whose feeds turn over and whose pages change, go, move, fail and stall, as functions of time.

Nothing is remembered: what a paper shows at a moment follows from the seed and the moment alone, so that the same
questions have the same answers after a crash, and for the judge as for the server.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import Literal

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

WORDS = [
    "harbour",
    "council",
    "bridge",
    "ferry",
    "school",
    "budget",
    "winter",
    "market",
    "tender",
    "museum",
    "railway",
    "storm",
    "orchard",
    "quarry",
    "lantern",
    "session",
    "engine",
    "ballot",
    "meadow",
    "journal",
    "workshop",
    "station",
    "verdict",
    "chimney",
    "library",
    "tunnel",
    "island",
    "factory",
    "kitchen",
    "garden",
    "village",
    "archive",
    "theatre",
    "concert",
    "window",
    "ladder",
    "pension",
    "harvest",
    "signal",
    "canal",
    "border",
    "summer",
    "report",
    "record",
    "mountain",
]

Fate = Literal["stays", "gone", "moves", "fails", "stalls", "never"]
Listing = Literal["front", "ticker", "news"]

FATES: tuple[tuple[Fate, float], ...] = (
    ("stays", 0.90), ("gone", 0.04), ("moves", 0.02), ("fails", 0.02), ("stalls", 0.01), ("never", 0.01),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """An article and its life."""

    paper: str
    number: int
    born: datetime
    changes: tuple[datetime, ...]
    """When its text became another."""
    fate: Fate
    turns: datetime
    """When it goes or moves; until when it fails or stalls."""
    listing: Listing
    """Where it stands beside its month's sitemap."""
    listed_until: datetime

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"{WORDS[self.number % len(WORDS)]}-{WORDS[self.number // 7 % len(WORDS)]}-{self.number}"

    @property
    def path(self) -> str:
        """Its address on its host."""
        return f"/{self.born:%Y/%m/%d}/{self.slug}.html"

    @property
    def moved_path(self) -> str:
        """Its address after it has moved."""
        return f"/archive/{self.slug}.html"

    def version(self, at: datetime) -> int:
        """Which of its texts stands at a moment, from 0."""
        return sum(change <= at for change in self.changes)

    def token(self, version: int) -> str:
        """A word that only this text has."""
        return f"{self.paper}x{self.number}v{version}"

    def spans(self, end: datetime) -> list[tuple[int, datetime, datetime]]:
        """From when to when each of its texts stands."""
        until = min(self.turns, end) if self.fate == "gone" else end
        moments = [self.born, *self.changes, until]
        return [(n, a, min(b, until)) for n, (a, b) in enumerate(pairwise(moments)) if a < min(b, until)]


@dataclass(frozen=True)
class Paper:
    """A newspaper."""

    name: str
    pages: int
    begins: datetime
    """The first day of the rehearsal."""
    days: int
    past: int
    """Months before it that its sitemaps reach back."""
    crawl_delay: int | None = None
    untrue_tag: bool = False
    """Whether its front feed keeps its ETag while it changes."""
    untrue_dates: bool = False
    """Whether its sitemaps date every page at the moment of the question."""
    outages: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def host(self) -> str:
        """Its name on the web."""
        return f"{self.name}.example"

    @property
    def ends(self) -> datetime:
        """The end of the rehearsal."""
        return self.begins + self.days * DAY

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """All it ever publishes, oldest first: a third of it during the rehearsal."""
        new = self.pages // 3
        first = self.begins - self.past * 30 * DAY
        births = [first + (self.begins - first) * n / (self.pages - new) for n in range(self.pages - new)]
        births += [self.begins + self.days * DAY * n / new for n in range(new)]
        return tuple(self._story(number, born.replace(microsecond=0)) for number, born in enumerate(births))

    @cached_property
    def by_path(self) -> dict[str, Story]:
        """Its stories by their addresses."""
        return {path: story for story in self.stories for path in (story.path, story.moved_path)}

    def _story(self, number: int, born: datetime) -> Story:
        chance = Random(f"{self.name} {number}")
        fate = chance.choices([fate for fate, _ in FATES], [weight for _, weight in FATES])[0]
        turns = born + {"gone": 30 * HOUR, "moves": 20 * HOUR, "fails": 40 * MINUTE, "stalls": 30 * MINUTE}.get(
            fate, timedelta(0)
        ) * chance.uniform(0.5, 1.5)
        times = chance.choices((0, 1, 2, 5), (0.75, 0.15, 0.07, 0.03))[0] if born >= self.begins else 0
        changes = sorted(born + timedelta(minutes=int(10 ** chance.uniform(1, 3.7))) for _ in range(times))
        listing: Listing = chance.choice(("front", "ticker", "news"))
        stands = {"front": chance.randint(120, 900), "ticker": chance.randint(15, 180), "news": 2880}[listing]
        return Story(self.name, number, born, tuple(changes), fate, turns, listing, born + stands * MINUTE)

    def is_out(self, at: datetime) -> bool:
        """Whether the whole host fails."""
        return any(begins <= at < ends for begins, ends in self.outages)

    def listed(self, listing: Listing, at: datetime) -> list[Story]:
        """The stories that a feed shows, newest first."""
        return [s for s in reversed(self.stories) if s.listing == listing and s.born <= at < s.listed_until]

    @cached_property
    def by_month(self) -> dict[str, list[Story]]:
        """Its stories by the months of their birth."""
        months: dict[str, list[Story]] = {}
        for story in self.stories:
            months.setdefault(f"{story.born:%Y-%m}", []).append(story)
        return months

    def of_month(self, month: str, at: datetime) -> list[Story]:
        """The stories of a month's sitemap."""
        return [s for s in self.by_month.get(month, ()) if s.born <= at and not self.has_gone(s, at)]

    def modified(self, story: Story, at: datetime) -> datetime:
        """When it says that a story was last changed."""
        return at if self.untrue_dates else max((c for c in story.changes if c <= at), default=story.born)

    def has_gone(self, story: Story, at: datetime) -> bool:
        """Whether a story is there no more."""
        return story.fate == "gone" and at >= story.turns

    def text(self, story: Story, version: int) -> list[str]:
        """The paragraphs of one of a story's texts: the first differs from version to version."""

        def paragraph(key: str) -> str:
            chance = Random(key)
            return " ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(4))

        stem = f"{self.name} {story.number}"
        marked = f"The {story.token(version)} was noted. {paragraph(f'{stem} {version}')}"
        return [marked, *(paragraph(f"{stem} paragraph {n}") for n in range(3))]
