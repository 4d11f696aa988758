"""`search`: hits of the search index, as a list that fits the screen."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.text import Text

from articles.cleaning import escaped
from flows.commands.asking import published_ago
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json
from flows.counts import counted
from warehouse.reader import open_published
from warehouse.search.advice import advice
from warehouse.search.hits import Asked, Found, searching
from warehouse.search.snippets import MARKS

SIGNS = ("\x02", "\x03")
"""Between which hits stand until they have a colour: no text of an article holds them."""


def search(home: Path | None, asked: Asked, as_json: bool) -> None:
    """Answer one search."""
    with errors_told():
        found_home = home_of(home)
        with open_published(found_home) as connection, searching(found_home, connection) as index:
            found = index.find(asked, MARKS if as_json else SIGNS)
            standing = index.standing()
            hint = None if found.articles else advice(index, asked)
            age = published_ago(connection)
        if as_json:
            say_json({"articles": found.articles, "warning": standing, "hits": found.hits.to_pylist()})
            return
        say_hits(found)
        if standing:
            err.print(Text.assemble(("warning", "yellow"), f": {standing}"), soft_wrap=True)
        if hint:
            err.print(Text(escaped(hint)), soft_wrap=True)
        shown = f"{found.hits.num_rows} of {counted(found.articles, 'article')}"
        err.print(f"[dim]{shown}; the copy was published {age}[/]", highlight=False)


def say_hits(found: Found) -> None:
    """A block of lines a hit."""
    for row in found.hits.to_pylist():
        day = row["published_date"] or "no date"
        out.print(coloured(row["marked_title"] or "(no title)", "bold"), highlight=False)
        out.print(Text(escaped(f"{row['source']} · {day}{in_language(row)}"), style="cyan"), highlight=False)
        out.print(coloured(row["snippet"], ""), highlight=False)
        out.print(Text(escaped(row["url"]), style="dim", overflow="fold"), highlight=False)
        out.print()


def in_language(row: Mapping[str, Any]) -> str:
    """The language of a hit, where it is known."""
    return f" · {row['language']}" if row["language"] else ""


def coloured(text: str, style: str) -> Text:
    """A text whose hits stand out."""
    said = Text(style=style)
    for number, part in enumerate(text.replace(SIGNS[1], SIGNS[0]).split(SIGNS[0])):
        said.append(escaped(part), style="bold yellow" if number % 2 else None)
    return said
