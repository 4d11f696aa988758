"""The articles of an archive that are nearest to a text, whenever they were published."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from articles.errors import Damaged, NoHome
from articles.fingerprint import text_hash
from articles.similarity import Likeness, Prepared, compare, prepare, shared_passages
from warehouse.database import OFFLINE
from warehouse.home import Home
from warehouse.linking.shingles import FILE, signed
from warehouse.locks import store_lock
from warehouse.store import sql

LOOKED_AT = 50
"""Texts that are laid beside the one asked about: those that share the most shingles."""


@dataclass(frozen=True, slots=True)
class Near:
    """An article that shares text with the one asked about."""

    article_id: str
    url: str
    source: str
    title: str | None
    published_at: datetime | None
    likeness: Likeness
    """The first text is the one asked about."""
    passages: tuple[str, ...]
    """What they share, the longest passage first, in this article's words."""


def nearest(
    home: Home, published: duckdb.DuckDBPyConnection, text: str, *, most: int, passages: int, without: str | None = None
) -> list[Near]:
    """The articles nearest to a text, the nearest first; `without` is the one that it was taken from."""
    asked = prepare(text)
    found = texts_near(home, asked)
    published.register("asked", pa.table({"text_id": pa.array(found, pa.string())}))
    rows = published.execute(sql("linking/of_texts.sql"), {"text_hash": text_hash(text)}).fetchall()
    published.unregister("asked")
    near: list[Near] = []
    for article_id, url, source, title, published_at, other, _ in rows:
        if article_id == without:
            continue
        theirs = prepare(other)
        likeness = compare(asked, theirs)
        shared = shared_passages(theirs, asked, passages)
        if likeness.kind or shared:
            near.append(Near(article_id, url, source, title, published_at, likeness, shared))
    near.sort(key=lambda one: (one.likeness.kind is None, -one.likeness.share_one, -one.likeness.share_other))
    return near[:most]


def texts_near(home: Home, asked: Prepared) -> list[str]:
    """The ids of texts that share shingles with one; waits for a writer to finish its batch."""
    path = home.workshop / FILE
    if not path.is_file():
        raise NoHome(f"nothing has been compared in {home.root} yet: texts are when a run ends, see hemeroteca ingest")
    shingles = pa.table({"shingle": pa.array([signed(shingle) for shingle in asked.sampled], pa.int64())})
    try:
        with store_lock(home.locks), duckdb.connect(str(path), read_only=True, config=OFFLINE) as connection:
            connection.register("asked", shingles)
            rows = connection.execute(sql("linking/nearest.sql"), {"most": LOOKED_AT}).fetchall()
    except duckdb.Error as error:
        told = f"{path} cannot be read: {str(error).splitlines()[0]}"
        raise Damaged(f"{told}. The next run makes it anew: hemeroteca ingest") from error
    return [str(key) for (key,) in rows]
