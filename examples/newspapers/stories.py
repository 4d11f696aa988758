"""The articles as data: TOML files under `stories/`, one folder a paper, read into frozen records.

A file opens with `[defaults]`; a `[[story]]` overrides them, its `[[story.photo]]` tables are numbered from 0, and
`[story.second]` is what the second edition changes. Pieces of `text` are parted by blank lines: `## ` makes a heading,
`- ` a list item, `[photo 0]` puts a photo in its place, and a kind in brackets (`[related] Read more: ...`) a line that
the page prints between its paragraphs though it is not the article.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
PHOTO = re.compile(r"\[photo (\d+)\]")
MARK = re.compile(r"\[(related|newsletter|share|advertisement|copyright|paywall|other)\] (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of an article, the words beside it, and the markup they are printed in."""

    name: str
    """The file's name without its ending: the picture stands at `/img/NAME.png`."""
    markup: str
    """A key of `pictures.MARKUPS`."""
    caption: str | None = None
    credit: str | None = None
    """As printed, without label or brackets."""
    alt: str | None = None
    label: str = ""
    """What the page prints before the credit: `Foto: `."""
    tail: str = ""
    """What the page prints after the caption: ` (FILE)`."""
    caption_tag: str = "p.caption"
    credit_tag: str = "span.credits"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the article's block, in reading order."""

    kind: str
    """`p`, `h2`, `li`, `photo` (text: the photo's position), or the kind of a line that is not the article."""
    text: str
    """May hold links as `[words](address)`."""

    @property
    def plain(self) -> str:
        """The words without their links."""
        return LINK.sub(r"\1", self.text)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as the paper's editors know it."""

    slug: str
    number: int
    title: str
    description: str
    section: str
    language: str
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    published: datetime
    """In the paper's zone, with its offset."""
    modified: datetime | None
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    photos: tuple[Picture, ...]
    data: str
    """How the page states what it is: `json-ld`, `opengraph` or `markup`."""
    authors_as: str
    """How JSON-LD writes the authors: `list`, `dict` or `string`."""
    times: tuple[str, ...]
    """Where the page states its time: `json-ld` (offset), `meta` (Z), `time` (no zone), `printed` (a day)."""
    free: bool | None
    charset: str
    since: int
    """The first edition that prints it."""
    second: dict[str, Any] | None
    """What edition 2 changes: `title`, `paragraph`, `modified`."""

    @property
    def changed(self) -> datetime:
        """The last change, the publication where there was none."""
        return self.modified or self.published

    @property
    def text(self) -> str:
        """The true text: paragraphs and headings parted by a blank line, list items `- `, one a line."""
        parts: list[str] = []
        previous = ""
        for block in self.blocks:
            if block.kind == "li" and previous == "li":
                parts[-1] += f"\n- {block.plain}"
            elif block.kind in ("p", "h2", "li"):
                parts.append(f"- {block.plain}" if block.kind == "li" else block.plain)
            previous = block.kind
        return "\n\n".join(parts)


@cache
def load(source: str, edition: int) -> tuple[Story, ...]:
    """The articles that a paper's edition holds, newest first."""
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted((FOLDER / source).glob("*.toml"))]
    stories = [_story(row, table) for table in tables for row in table["story"]]
    kept = [_revised(story) if edition >= 2 else story for story in stories if story.since <= edition]
    return tuple(sorted(kept, key=lambda story: (story.published, story.slug), reverse=True))


def _revised(story: Story) -> Story:
    """The article after its second printing."""
    if story.second is None:
        return story
    blocks = (*story.blocks, Block("p", story.second["paragraph"]))
    return replace(story, title=story.second["title"], blocks=blocks, modified=story.second["modified"])


def _story(row: dict[str, Any], table: dict[str, Any]) -> Story:
    row = table.get("defaults", {}) | row
    return Story(
        slug=row["slug"],
        number=row["number"],
        title=row["title"],
        description=row["description"],
        section=row["section"],
        language=row["language"],
        authors=tuple(row.get("authors", ())),
        agencies=tuple(row.get("agencies", ())),
        published=row["published"],
        modified=row.get("modified"),
        tags=tuple(row.get("tags", ())),
        blocks=tuple(_blocks(row["text"])),
        photos=tuple(Picture(**photo) for photo in row.get("photo", ())),
        data=row["data"],
        authors_as=row["authors_as"],
        times=tuple(row["times"]),
        free=row.get("free"),
        charset=row.get("charset", "utf-8"),
        since=row.get("since", 1),
        second=row.get("second"),
    )


def _blocks(text: str) -> list[Block]:
    """Cut the text at its blank lines; a leading mark says what a piece is."""
    blocks: list[Block] = []
    for piece in text.strip().split("\n\n"):
        if piece.startswith("- "):
            blocks += [Block("li", line.removeprefix("- ")) for line in piece.splitlines()]
        else:
            blocks.append(_block(" ".join(piece.splitlines())))
    return blocks


def _block(piece: str) -> Block:
    photo = PHOTO.fullmatch(piece)
    if photo:
        return Block("photo", photo[1])
    mark = MARK.fullmatch(piece)
    if mark:
        return Block(mark[1], mark[2])
    return Block("h2", piece.removeprefix("## ")) if piece.startswith("## ") else Block("p", piece)
