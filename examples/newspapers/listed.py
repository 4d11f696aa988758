"""The URLs that a paper lists and that are no article there: moved, lost, withdrawn, forbidden, a section."""

from dataclasses import dataclass

from examples.newspapers.papers import COURIER, MERIDIAN, TAGBLATT, Paper


@dataclass(frozen=True, slots=True)
class Odd:
    """A listed URL and what becomes of it."""

    paper: Paper
    url: str
    outcome: str
    """`redirect`, `not_found`, `gone`, `robots` or `section`."""
    status: int
    """What the server answers; a forbidden page would be there for who asks all the same."""
    listed_in: str
    """The feed or sitemap that shows it."""
    listed_on: str
    """RFC 3339, the date that stands beside it there."""
    title: str
    target: str | None = None
    """Where a redirect leads: an article's URL."""


ODDS: tuple[Odd, ...] = (
    Odd(
        paper=TAGBLATT,
        url="https://tagblatt.example/artikel/104377",
        outcome="redirect",
        status=301,
        listed_in="https://tagblatt.example/rss.xml",
        listed_on="2026-11-17T06:05:00+01:00",
        title="Die Glocke von St. Alban klingt wieder",
        target="https://tagblatt.example/kultur/glocke-st-alban-104377.html",
    ),
    Odd(
        paper=TAGBLATT,
        url="https://tagblatt.example/lokales/wochenmarkt-zieht-um-104180.html",
        outcome="not_found",
        status=404,
        listed_in="https://tagblatt.example/sitemaps/2026-09.xml.gz",
        listed_on="2026-09-11T09:00:00+02:00",
        title="Der Wochenmarkt zieht um",
    ),
    Odd(
        paper=COURIER,
        url="http://www.courier.example/2026/11/05/statement-from-the-harbour-board/",
        outcome="gone",
        status=410,
        listed_in="http://www.courier.example/feed.atom",
        listed_on="2026-11-05T15:00:00-04:00",
        title="A statement from the harbour board",
    ),
    Odd(
        paper=COURIER,
        url="http://www.courier.example/waterfront/",
        outcome="section",
        status=200,
        listed_in="http://www.courier.example/sitemap.xml",
        listed_on="2026-11-19T18:00:00-04:00",
        title="Waterfront",
    ),
    Odd(
        paper=MERIDIAN,
        url="http://meridian.example/members/letters?id=9001",
        outcome="robots",
        status=200,
        listed_in="http://meridian.example/sitemap.xml",
        listed_on="2026-10-30T09:00:00+09:00",
        title="Letters to our members",
    ),
)


def odds_in(listing: str) -> tuple[Odd, ...]:
    """The odd URLs that this feed or sitemap shows."""
    return tuple(odd for odd in ODDS if odd.listed_in == listing)
