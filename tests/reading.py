"""A process that reads an archive while it is written to: opens it over and over, and tells what it found wrong."""

import json
import random
import sys
import time
from pathlib import Path

import hemeroteca

QUERIES = (
    "SELECT count(*), count(DISTINCT text_hash), max(title) FROM articles",
    "SELECT url, title, text FROM articles ORDER BY url DESC LIMIT 20",
    "SELECT count(*) FROM revisions",
    "SELECT source, count(*), sum(word_count) FROM unique_articles GROUP BY source",
    "SELECT count(*) FROM copies",
    "SELECT count(*), max(share) FROM wire_copy",
    "SELECT * FROM coverage ORDER BY ALL DESC LIMIT 10",
    "SELECT count(*) FROM articles_as_of('2026-11-21 00:00:00Z')",
    "SELECT credit, count(*) FROM photos GROUP BY credit ORDER BY ALL",
)
WHOLE = """
    SELECT load_id, (SELECT count(*) FROM articles), (SELECT count(*) FROM captures),
        (SELECT count(*) FROM article_versions), (SELECT count(*) FROM photos), (SELECT count(*) FROM removed_text)
    FROM about"""


def read(home: Path, done: Path, seed: int, batch: int) -> dict[str, object]:
    """Read until a file is there; every load brought so many articles, each with a photo and a removed line."""
    chance = random.Random(seed)
    opens, asked, latest, faults, slowest = 0, 0, -1, list[str](), 0.0
    while not done.exists():
        began = time.perf_counter()
        with hemeroteca.open(home) as archive:
            slowest = max(slowest, time.perf_counter() - began)
            opens += 1
            ((load, *counts),) = archive.execute(WHOLE).fetchall()
            number = int(load)
            if set(counts) != {batch * (number + 1)}:
                faults.append(f"of load {number}: {counts}")
            if number < latest:
                faults.append(f"load {number} after {latest}")
            latest = number
            for query in chance.sample(QUERIES, 3):
                answers = [archive.execute(query).fetchall() for _ in range(2)]
                asked += 2
                if answers[0] != answers[1]:
                    faults.append(f"two answers: {query}")
            if archive.execute(WHOLE).fetchall() != [(load, *counts)]:
                faults.append(f"load {number} changed under its reader")
    return {"opens": opens, "asked": asked, "latest": latest, "faults": faults[:5], "slowest_open": round(slowest, 3)}


if __name__ == "__main__":
    home, done, seed, batch = sys.argv[1:]
    print(json.dumps(read(Path(home), Path(done), int(seed), int(batch))))
