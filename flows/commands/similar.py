"""`similar`: which articles of the archive share text with one, and what they share."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
from rich.padding import Padding
from rich.text import Text

from articles.cleaning import escaped
from articles.errors import BadInput
from articles.model import Article
from articles.shingles import SHORTEST, length
from articles.words import words_of
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json
from flows.counts import counted
from flows.extracting import Shard, documents, extracted
from flows.settings import load_settings
from warehouse.history import history
from warehouse.linking.nearest import Near, nearest
from warehouse.reader import open_published
from warehouse.workers import Workers

SHOWN = 300
"""Characters of a shared passage on a terminal."""


def run(home: Path | None, name: str, limit: int, passages: int, as_json: bool) -> None:
    """Name the articles nearest to the one at an address or in a file."""
    with errors_told():
        found = home_of(home)
        with open_published(found) as connection:
            if name.startswith(("http://", "https://", "urn:")):
                article_id, text = held(connection, name)
            else:
                article_id, text = None, text_of(Path(name), load_settings(found).extraction.timeout)
            near = nearest(found, connection, text, most=limit, passages=passages, without=article_id)
        if as_json:
            say_json([row(one) for one in near])
        else:
            say(near)
        if not near and (words := length(words_of(text))) < SHORTEST:
            err.print(
                f"A text of {counted(words, 'word')} is too short to be compared: {SHORTEST} are the least, "
                "and of shorter ones only those of the same words are found",
                highlight=False,
                soft_wrap=True,
            )


def held(connection: duckdb.DuckDBPyConnection, url: str) -> tuple[str, str]:
    """An article of the archive: its id and current text."""
    found = history(connection, url)
    rows = connection.execute("SELECT article_id, text FROM articles WHERE url = ?", [found.url]).fetchall()
    return str(rows[0][0]), str(rows[0][1])


def text_of(path: Path, seconds: float) -> str:
    """The text of the one article in a file."""
    if not path.is_file():
        raise BadInput(f"{path} is neither a file nor an address that begins with https://")
    with Workers(1, seconds) as pool:
        found = [result for _, result in extracted(documents(str(path)), pool, Shard())]
    texts = [result.text for result in found if isinstance(result, Article)]
    if len(texts) != 1:
        raise BadInput(f"{path} holds {len(texts)} articles; name a file with one")
    return texts[0]


def row(near: Near) -> dict[str, object]:
    """An article as JSON."""
    return {
        "url": near.url,
        "article_id": near.article_id,
        "source": near.source,
        "title": near.title,
        "published_at": near.published_at,
        "kind": near.likeness.kind,
        "share": near.likeness.share_one,
        "share_of_other": near.likeness.share_other,
        "conflicts": near.likeness.conflicts,
        "passages": near.passages,
    }


def say(near: Sequence[Near]) -> None:
    """The articles for a person, each with what it shares."""
    for one in near:
        day = f"{one.published_at:%Y-%m-%d}" if one.published_at else "no date"
        kind = one.likeness.kind or "passages"
        shares = f"{one.likeness.share_one:.0%} of yours, {one.likeness.share_other:.0%} of theirs"
        out.print(Text(escaped(one.title or one.url), style="bold"), highlight=False)
        out.print(Text(f"{kind}: {shares} · {one.source} · {day}", style="dim"), highlight=False)
        out.print(Text(escaped(one.url), style="dim"), highlight=False, soft_wrap=True)
        for mine, theirs in one.likeness.conflicts[:5]:
            out.print(Padding(Text(f"≠ {escaped(mine)} | {escaped(theirs)}", style="yellow"), (0, 0, 0, 2)))
        for passage in one.passages:
            words = escaped(passage)
            shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
            out.print(Padding(Text(shown), (0, 0, 0, 2)), highlight=False)
        out.print()
    shares = "shares" if len(near) == 1 else "share"
    err.print(f"[dim]{counted(len(near), 'article')} {shares} text with it[/]", highlight=False)
