"""Options that many commands share, and the choices of some."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(text: str) -> date:
    """A day of the calendar as ISO 8601 writes it; a wrong one is said as what it is."""
    if not DAY.fullmatch(text):
        raise typer.BadParameter(f"{text!r}: write a day as year-month-day, as in 2026-09-30")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"there is no {text}: {error}") from error


HomeOption = Annotated[Path | None, typer.Option("--home", help="The archive's folder.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Pages to fetch at most.", show_default=False)]
DayOption = Annotated[date | None, typer.Option(parser=day, metavar="DAY", help="A day, included.", show_default=False)]
MinutesOption = Annotated[float | None, typer.Option(min=0, help="Minutes of fetching at most.", show_default=False)]

SourcesOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only of this source; repeat for more.", show_default=False)
]
FirstDayOption = Annotated[
    date | None,
    typer.Option("--from", parser=day, metavar="DAY", help="First publication day.", show_default=False),
]
LastDayOption = Annotated[
    date | None,
    typer.Option("--to", parser=day, metavar="DAY", help="Last publication day, included.", show_default=False),
]
LanguagesOption = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only in this language (ISO 639-1); repeat for more.", show_default=False),
]

Via = Literal["sitemap", "warc", "wayback", "ccnews"]
Refetch = Literal["missing", "failed", "all"]
Order = Literal["newest", "oldest"]
Ranked = Literal["relevance", "newest"]
Keep = Literal["copy", "reference"]
