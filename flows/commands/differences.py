"""`diff`: two versions of an article as a person reads what changed."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb
from rich.padding import Padding
from rich.text import Text

from articles.cleaning import escaped
from articles.passages import Passage
from articles.wording import Piece
from flows.commands.homes import home_of
from flows.console import errors_told, out, say_json
from flows.differences import Comparison, as_json, chosen, held, summary
from warehouse.history import content, history
from warehouse.reader import open_published

STYLES = {"removed": "red strike", "added": "green underline", "same": ""}
BRACKETS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
"""What stands around a piece where no colours can: the marks of `wdiff`."""

START = 60
"""Characters of a moved paragraph, by which it is known again."""


def diff(home: Path | None, url: str, start: str | None, end: str | None, as_json_asked: bool) -> None:
    """Show what changed between two versions of the article at an address."""
    with errors_told():
        with open_published(home_of(home)) as connection:
            comparison = compared(connection, url, start, end)
        if as_json_asked:
            say_json(as_json(comparison))
        else:
            say(comparison)


def compared(
    connection: duckdb.DuckDBPyConnection, url: str, start: str | None = None, end: str | None = None
) -> Comparison:
    """Two versions of the article at an address: those asked for, else the last two that differ."""
    found = history(connection, url)
    before, after = chosen(found, start, end)
    old, new = (content(connection, str(period.version_id)) for period in (before, after))
    return Comparison(found, before, after, old, new)


def say(comparison: Comparison) -> None:
    """The whole comparison, for a person."""
    styled = out.is_terminal
    found = comparison.history
    line(Text(escaped(found.url), style="bold"))
    for period in (comparison.before, comparison.after):
        line(Text(f"{period.number} of {len(found.periods)}: {held(period, found)}", style="dim"), 1)
    for part, pieces in comparison.pieces.items():
        line(Text(f"\n{part}", style="bold"))
        line(marked(pieces, styled), 1)
    for title, parts in (("text", comparison.text), ("photos", comparison.photos)):
        if any(passage.kind != "same" for passage in parts):
            line(Text(f"\n{title}", style="bold"))
            for shown in folded(parts, styled, "paragraph" if title == "text" else "photo"):
                line(shown, 1)
    line(Text(f"\n{summary(comparison)}"))


def folded(parts: Sequence[Passage], styled: bool, name: str) -> Iterator[Text]:
    """The paragraphs that changed, and how many did not between them."""
    for same, run in groupby(parts, key=lambda passage: passage.kind == "same"):
        if same:
            number = len(list(run))
            yield Text(f"… {number} {name}{'' if number == 1 else 's'} unchanged …", style="dim")
            continue
        for passage in run:
            if passage.kind == "moved":
                text = escaped(passage.text)
                yield Text(f"↕ moved here: {text[:START]}{'…' if len(text) > START else ''}", style="cyan")
            else:
                yield marked(passage.pieces, styled)


def marked(pieces: Sequence[Piece], styled: bool) -> Text:
    """A line with what was removed and added marked in place."""
    text = Text()
    for piece in pieces:
        left, right = ("", "") if styled else BRACKETS[piece.kind]
        text.append(f"{left}{escaped(piece.text)}{right}", style=STYLES[piece.kind] if styled else "")
    return text


def line(text: Text, depth: int = 0) -> None:
    """A line, set in by so much; folded at the width of a terminal, and whole in a pipe."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, 2 * depth)), highlight=False)
    else:
        out.print(Text("  " * depth) + text, highlight=False, soft_wrap=True)
