"""Options that many commands share, and the choices of some."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

HomeOption = Annotated[Path | None, typer.Option("--home", help="The archive's folder.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Pages to fetch at most.", show_default=False)]
DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, included.", show_default=False)]
MinutesOption = Annotated[float | None, typer.Option(min=0, help="Minutes of fetching at most.", show_default=False)]

SourcesOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only of this source; repeat for more.", show_default=False)
]
FirstDayOption = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First publication day.", show_default=False)
]
LastDayOption = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="Last publication day, included.", show_default=False),
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
