"""`extract`: pages in files to rows in files, without an archive."""

import json
from collections import Counter
from itertools import chain
from pathlib import Path

from articles.errors import BadInput, NoHome
from flows.commands.homes import home_of
from flows.console import err, errors_told, escaped_json
from flows.extracting import Shard, documents, extracted
from flows.fetching import fetched
from flows.output import writing
from flows.progress import drawn
from flows.settings import Network, load_settings
from warehouse.workers import Workers

SECONDS_A_PAGE = 60.0
"""The backstop: the same as the default of `extraction.timeout`."""


def network() -> Network:
    """How to reach the web: as the archive here says, else by the defaults."""
    try:
        return load_settings(home_of(None)).network
    except NoHome:
        return Network()


def run(inputs: list[str], output: Path | None, workers: int, shard: str) -> None:
    """Extract every page of the inputs."""
    with errors_told():
        if not inputs:
            raise BadInput("name pages to extract, or a file of them with --input")
        urls = [name for name in inputs if name.startswith(("http://", "https://"))]
        files = [name for name in inputs if name not in urls]
        found = chain(chain.from_iterable(map(documents, files)), fetched(urls, network()) if urls else ())
        with Workers(workers, SECONDS_A_PAGE) as pool, drawn(err) as progress:
            progress.stage("extract")
            rows = extracted(found, pool, Shard.parse(shard))
            if output is None:
                for row in rows:
                    print(escaped_json(json.dumps(row, ensure_ascii=False)))
                return
            outcomes: Counter[str] = Counter()
            with writing(output) as write:
                for row in rows:
                    write(row)
                    outcomes[str(row.get("rejected", "article"))] += 1
                    progress.advance()
        told = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
        err.print(f"{output}: {told or 'nothing to extract'}", highlight=False)
