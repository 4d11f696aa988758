"""A day's articles against an archive of a million: load, comparison, memory: `python -m benchmarks.linking`.

The archive is made in SQL: rows as a load writes them at 1,000 articles a day, and for each text as many shingles as
one of 500 words keeps. The day's articles are texts of 500 invented words; three in ten are cut copies of others.
"""

import multiprocessing
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import median

import typer
from rich.console import Console

from articles.fingerprint import text_id
from articles.model import Article, Moment
from articles.urls import normalise
from benchmarks.archive import A_DAY, FIRST_DAY, fill
from warehouse.captures import Context, Entry, Place, instant
from warehouse.home import Home
from warehouse.linking.link import link
from warehouse.linking.shingles import attached
from warehouse.loading import load_captures
from warehouse.outcomes import Outcome
from warehouse.store import Stamp, Store, opened

out = Console(width=120)
KEPT = 32
"""Shingles that a text of 500 words keeps."""

VOCABULARY = 20_000
DAYS = 5
STAMP = Stamp("bench", datetime(2026, 1, 1, tzinfo=UTC))

SHINGLES = (
    """INSERT INTO shingles.texts
    SELECT md5('x' || i), ('0x' || md5('x' || i)[:15])::BIGINT, CAST($first::DATE + (i // 1000)::INTEGER AS DATE)
    FROM range($articles) AS numbers(i)""",
    """INSERT INTO shingles.postings
    SELECT (hash(i, j) >> 1)::BIGINT, ('0x' || md5('x' || i)[:15])::BIGINT,
        CAST($first::DATE + (i // 1000)::INTEGER AS DATE)
    FROM range($articles) AS numbers(i), range($kept) AS shingle(j) ORDER BY 3""",
)


def main(articles: int = 1_000_000, new: int = 1_000) -> None:
    """Measure a day's load against an archive of so many articles and one of a tenth of them."""
    costs = [measure(size, new) for size in (articles // 10, articles)]
    out.print(f"cost against {articles} articles, to that against {articles // 10}: {costs[1] / costs[0]:.2f}")


def measure(articles: int, new: int) -> float:
    """Seconds of a load and its comparison, in a process of its own that has not made the archive."""
    with tempfile.TemporaryDirectory(prefix="hemeroteca-bench-") as folder:
        home = Home(Path(folder))
        last = FIRST_DAY + timedelta(days=articles // A_DAY)
        with opened(home) as store:
            filled(store, articles)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            # Files and caches are warm on a day like any other: the first does not count.
            days = [alone.submit(day, home, new, last + timedelta(days=n), n).result() for n in range(DAYS + 1)][1:]
            most = alone.submit(most_memory).result() / 1024
    loaded, linked = median(one[0] for one in days), median(one[1] for one in days)
    out.print(
        f"{new} new articles against {articles}: load {loaded:.2f} s, comparison {linked:.2f} s, "
        f"{days[0][2]} pairs found; {most:.0f} MB at most; medians of {DAYS} days"
    )
    return loaded + linked


def most_memory() -> int:
    """The most memory that this process has had, in KiB; `getrusage` would tell that of the one which started it."""
    words = Path("/proc/self/status").read_text("ascii").split()
    return int(words[words.index("VmHWM:") + 1])


def filled(store: Store, articles: int) -> None:
    """An archive of so many articles, and its shingles."""
    fill(store, (("en", f"Title {number}", f"Text {number}") for number in count()), articles)
    bound = {"first": FIRST_DAY, "articles": articles, "kept": KEPT}
    with attached(store, STAMP):
        for statement in SHINGLES:
            used = {name: value for name, value in bound.items() if f"${name}" in statement}
            store.connection.execute(statement, used)
        with store.transaction() as connection:
            connection.execute("DELETE FROM unlinked")
            connection.execute("DELETE FROM text_copies")
            connection.execute("UPDATE link_state SET rows = (SELECT count(*) FROM shingles.texts)")


def day(home: Home, new: int, at: datetime, seed: int) -> tuple[float, float, int]:
    """Load a day's articles and compare them: seconds of each, and how many pairs were found."""
    loaded = load(home, new, at, seed)
    began = time.perf_counter()
    pairs = 0
    with opened(home) as store:
        while (done := link(store, STAMP)).texts:
            pairs += done.pairs
    return loaded, time.perf_counter() - began, pairs


def load(home: Home, new: int, at: datetime, seed: int) -> float:
    """Load a day's articles: seconds."""
    outcomes = [shown(text, number, at, seed) for number, text in enumerate(texts(new, seed))]
    began = time.perf_counter()
    with opened(home) as store:
        load_captures(store, outcomes, {}, STAMP)
    return time.perf_counter() - began


def texts(count: int, seed: int) -> list[str]:
    """Texts of 500 words, three in ten of them a copy of an earlier one that lost its last paragraphs."""
    chance = Random(seed)  # noqa: S311 - the same texts each time
    found: list[list[str]] = []
    for number in range(count):
        if number % 10 < 3 and number > 10:
            found.append(found[number - 7][:400])
        else:
            found.append([f"word{chance.randrange(VOCABULARY)}" for _ in range(500)])
    return [" ".join(words) for words in found]


def shown(text: str, number: int, at: datetime, seed: int) -> Outcome:
    """A capture that shows an article."""
    url = normalise(f"https://paper{number % 50}.example/new/{seed}/{number}")
    place = Place("s", 0, 1)
    entry = Entry(
        capture_id=text_id(url), url=url, final_url=url, captured_at=instant(at), digest=f"sha256:{text_id(url) * 2}",
        size=20_000, media_type="text/html", charset="utf-8", status=200, record_type="response", record=place,
        payload=place, checksum="0" * 16, context=Context(source=f"paper{number % 50}"),
    )  # fmt: skip
    published = Moment(at, at.date(), at.isoformat(), "second", "UTC", "page", "json-ld")
    article = Article(
        url=url, title=f"Title {number}", description=None, text=text, authors=(), agencies=(), section=None, tags=(),
        language="en", language_source="text", published=published,
        published_conflict=False, modified_at=None, free_access=None, text_status="full", word_count=500,
        image_url=None, canonical_claim=None, photos=(), removed=(), extractor="bench",
    )  # fmt: skip
    return Outcome(entry, "article", result=article)


if __name__ == "__main__":
    typer.run(main)
