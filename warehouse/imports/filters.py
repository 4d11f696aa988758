"""Which pages of a file are wanted: by domain, by the day of capture, and, once a page is read, by what it says."""

from dataclasses import dataclass
from datetime import date, datetime

from articles.model import Article
from articles.urls import host


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both ends included; either may be open."""

    first: date | None = None
    last: date | None = None

    def hold(self, day: date) -> bool:
        """Whether a day is among them."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an import leaves out: only pages of which it is known that they are outside."""

    domains: frozenset[str] = frozenset()
    """Hosts, each with all that is below it; none for all."""
    languages: frozenset[str] = frozenset()
    """ISO 639-1; none for all."""
    captured: Days = Days()
    published: Days = Days()

    def of_capture(self, url: str, captured_at: datetime) -> str | None:
        """Why a page is left out before it is unpacked; None where it is not."""
        if self.domains and not self.domains & set(hosts_above(url)):
            return "domain"
        return None if self.captured.hold(captured_at.date()) else "captured"

    def of_article(self, result: object) -> str | None:
        """Why a page is left out once it is read; one without a day, a language or an article is not."""
        if not isinstance(result, Article):
            return None
        if result.published and not self.published.hold(result.published.day):
            return "published"
        return "language" if self.languages and result.language and result.language not in self.languages else None


def hosts_above(url: str) -> list[str]:
    """The host of a URL and all domains that it is in: `www.a.example`, `a.example`, `example`."""
    labels = host(url).split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]
