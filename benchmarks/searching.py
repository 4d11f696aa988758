"""Search at many articles: how the index is made, its size and its answers, beside `LIKE` and `fts` in the same run.

    python -m benchmarks.searching --articles 50000 --fts FOLDER

FOLDER is where `pip install --target FOLDER duckdb-extension-fts` put DuckDB's own extension.

The articles are varied: paragraphs of the labelled corpus beside the project, or of the invented newspapers, mixed,
with a tenth of their words exchanged for others of the same language.
"""

import gzip
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import py3langid
import typer
from rich.console import Console

from benchmarks.archive import FIRST_DAY, Text, fill
from benchmarks.pages import CORPUS
from examples.newspapers.expected import articles
from warehouse.home import SETTINGS_FILE, Home
from warehouse.publish import publish
from warehouse.reader import open_published
from warehouse.search.hits import Asked, searching
from warehouse.search.index import bring_up
from warehouse.store import opened

out = Console(width=120)
CHUNK = 5_000
SLOW = 5
"""Questions that `LIKE` and `fts` are asked: each takes long."""

Timed = list[float]


def main(
    articles: int = 20_000, questions: int = 200, fts: Path | None = None, corpus: Path = CORPUS, seed: int = 7
) -> None:
    """Make an archive of so many articles, and measure."""
    chance = random.Random(seed)  # noqa: S311 - the same articles each time
    texts = pool(corpus)
    with tempfile.TemporaryDirectory(prefix="hemeroteca-bench-") as folder:
        home = Home(Path(folder))
        (home.root / SETTINGS_FILE).touch()
        size = filled(home, texts, chance, 0, articles)
        took = timed(lambda: publish(home, "bench", "0", FIRST_DAY))
        copied = home.published.stat().st_size
        out.print(
            f"{articles} articles in {len(texts.parts)} languages, {size.raw / articles / 1024:.1f} KB of text each; "
            f"gzip {size.gzip / size.raw:.2f} of it; copy {copied / size.gzip:.2f} of gzip, published in {took:.1f} s"
        )
        took = timed(lambda: bring_up(home))
        held = weight(home)
        out.print(
            f"index made in {took:.1f} s, [bold]{articles / took:.0f} articles/s[/]; {held / size.gzip:.2f} of gzip, "
            f"{held / size.raw:.2f} of the text, {held / copied:.2f} of the copy"
        )
        ask(home, texts, chance, questions)
        filled(home, texts, chance, articles, 1_000)
        publish(home, "bench", "0", FIRST_DAY)
        out.print(f"1,000 articles more: [bold]{timed(lambda: bring_up(home)):.2f} s[/]")
        if fts is not None:
            with_fts(home, texts, chance, fts)


class Size:
    """Bytes of texts, as they are and packed by gzip, some thousand at a time."""

    def __init__(self) -> None:
        self.raw = self.gzip = 0
        self._waiting: list[str] = []

    def counted(self, texts: Iterable[Text]) -> Iterator[Text]:
        """The texts as they come."""
        for text in texts:
            self._waiting.append(text[2])
            if len(self._waiting) == CHUNK:
                self.pack()
            yield text

    def pack(self) -> None:
        """Count what waits."""
        packed = "\n".join(self._waiting).encode()
        self.raw += len(packed)
        self.gzip += len(gzip.compress(packed, 6))
        self._waiting.clear()


@dataclass(frozen=True, slots=True)
class Pool:
    """What articles are made of."""

    parts: dict[str, list[str]]
    """Paragraphs by language."""
    lengths: list[int]
    """How many of them each body has."""


def pool(corpus: Path) -> Pool:
    """The paragraphs of the labelled bodies."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    lengths: list[int] = []
    if corpus.is_dir():
        rows = [json.loads(line) for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines()]
        pairs = [(py3langid.classify(row["text"])[0], row["text"]) for row in rows]
    else:
        pairs = [("en", article.text) for article in articles(edition=1).values()]
    for language, text in pairs:
        long = [part for part in text.split("\n\n") if len(part) > 80]
        found[language] += long
        lengths += [len(long)] if long else []
    return Pool({language: parts for language, parts in found.items() if len(parts) >= 8}, lengths)


def varied(texts: Pool, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Articles without end: language, title, text."""
    weights = [len(parts) for parts in texts.parts.values()]
    known = {language: [word for part in parts for word in part.split()] for language, parts in texts.parts.items()}
    while True:
        (language,) = chance.choices(list(texts.parts), weights)
        paragraphs = []
        for part in chance.choices(texts.parts[language], k=chance.choice(texts.lengths)):
            words = part.split()
            for place in chance.sample(range(len(words)), len(words) // 10):
                words[place] = chance.choice(known[language])
            paragraphs.append(" ".join(words))
        yield language, " ".join(chance.choices(known[language], k=8)), "\n\n".join(paragraphs)


def filled(home: Home, texts: Pool, chance: random.Random, first: int, number: int) -> Size:
    """Write articles into the warehouse, as a load would leave them."""
    size = Size()
    with opened(home) as store:
        fill(store, size.counted(varied(texts, chance)), number, first)
    size.pack()
    return size


def ask(home: Home, texts: Pool, chance: random.Random, questions: int) -> None:
    """Searches with ten snippets each, by kind; and the first of them by `LIKE`."""
    kinds: dict[str, Callable[[list[str]], Asked]] = {
        "two words": lambda w: Asked(f'"{w[0]}" "{w[3]}"', limit=10),
        "one word": lambda w: Asked(f'"{w[0]}"', limit=10),
        "a phrase": lambda w: Asked(f'"{" ".join(w[:3])}"', limit=10),
        "word, source, month": lambda w: Asked(
            f'"{w[0]}"', ("paper3",), (), FIRST_DAY.date(), FIRST_DAY.date() + timedelta(days=30), limit=10
        ),
        "word, newest": lambda w: Asked(f'"{w[0]}"', order="newest", limit=10),
        "beginning of a word": lambda w: Asked(f"{stem(w)}*", limit=10),
    }
    everything: Timed = []
    with open_published(home) as connection, searching(home, connection) as search:
        for name, made in kinds.items():
            times = [
                timed(lambda words=words, made=made: search.find(made(words)))  # type: ignore[misc]
                for words in asked(texts, chance, questions)
            ]
            everything += times
            out.print(f"  {name:22} {told(times)}")
        out.print(f"search with snippets: {told(everything)}")
        warm, cpu = [], []
        for made in kinds.values():
            for words in asked(texts, chance, questions):
                began = time.process_time()
                warm.append(timed(lambda made=made, words=words: search.find(made(words))))  # type: ignore[misc]
                cpu.append(time.process_time() - began)
        out.print(f"  others, with the index in memory: {told(warm)}")
        out.print(f"  their CPU, as on an idle machine: {told(cpu)}")
        words = [one[0] for one in asked(texts, chance, SLOW)]
        query = (
            "SELECT article_id, title, url FROM articles WHERE text LIKE '%' || ? || '%' "
            "ORDER BY published_at DESC LIMIT 10"
        )
        slow = [timed(lambda word=word: connection.execute(query, [word]).fetchall()) for word in words]  # type: ignore[misc]
        out.print(f"LIKE, no snippets:    {told(slow)}; ratio of medians {median(slow) / median(everything):.0f}")
        all_ids = timed(lambda: search.ids(Asked("*", limit=None)))
        out.print(f"all ids for SQL: {all_ids:.2f} s")


def with_fts(home: Home, texts: Pool, chance: random.Random, folder: Path) -> None:
    """The same with DuckDB's own extension, in a database of its own."""
    (extension,) = folder.rglob("fts.duckdb_extension")
    with duckdb.connect(str(home.root / "fts.duckdb")) as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{home.published}' AS h (READ_ONLY)")
        connection.execute("CREATE TABLE docs AS SELECT article_id, title, text FROM h.articles")
        before = (home.root / "fts.duckdb").stat().st_size
        took = timed(lambda: connection.execute("PRAGMA create_fts_index('docs', 'article_id', 'title', 'text')"))
        connection.execute("CHECKPOINT")
        grown = (home.root / "fts.duckdb").stat().st_size - before
        query = (
            "SELECT article_id, score "
            "FROM (SELECT article_id, fts_main_docs.match_bm25(article_id, ?) AS score FROM docs) "
            "WHERE score IS NOT NULL ORDER BY score DESC LIMIT 10"
        )
        slow = [
            timed(lambda words=words: connection.execute(query, [words[0]]).fetchall())  # type: ignore[misc]
            for words in asked(texts, chance, SLOW)
        ]
        out.print(f"fts, no snippets:     {told(slow)}; made in {took:.1f} s, {grown / 1e6:.0f} MB beside the texts")


def asked(texts: Pool, chance: random.Random, number: int) -> Iterator[list[str]]:
    """Words that stand side by side somewhere, as people would ask for."""
    weights = [len(parts) for parts in texts.parts.values()]
    for _ in range(number):
        (language,) = chance.choices(list(texts.parts), weights)
        words = [word.strip(".,“”„«»()").replace('"', "") for word in chance.choice(texts.parts[language]).split()]
        words = [word for word in words if any(map(str.isalnum, word))] + ["word"] * 4
        at = chance.randrange(max(1, len(words) - 8))
        yield words[at : at + 4]


def stem(words: Sequence[str]) -> str:
    """The beginning of the longest of some words."""
    longest = max((word for word in words), key=len)
    kept = "".join(letter for letter in longest if letter.isalnum())
    return kept[:6] if len(kept) >= 6 else f"{kept}word"


def weight(home: Home) -> int:
    """Bytes of the index."""
    return sum(path.stat().st_size for path in home.search.rglob("*") if path.is_file())


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(times: Timed) -> float:
    """The middle of some times."""
    return statistics.median(times)


def told(times: Timed) -> str:
    """Times in words."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    longest = f"longest {ordered[-1] * 1000:.0f} ms"
    return f"median {median(times) * 1000:7.1f} ms, p95 [bold]{late * 1000:7.1f} ms[/], {longest}"


if __name__ == "__main__":
    typer.run(main)
