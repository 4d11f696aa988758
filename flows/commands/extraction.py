"""`extract`: pages in files to rows in files, without an archive."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from rich.markup import escape

from articles.cleaning import escaped
from articles.errors import BadInput, NoHome
from flows.commands.homes import home_of
from flows.console import err, errors_told, escaped_json, out, to_stdout
from flows.explained import explained
from flows.extracting import Shard, documents, extracted, files_of, result_row
from flows.fetching import fetched
from flows.output import check_output, refuse_input, writing
from flows.progress import drawn
from flows.settings import Settings, load_settings
from warehouse.outcomes import Result
from warehouse.workers import Workers

SECONDS_A_PAGE = 60.0
"""The backstop: the same as the default of `extraction.timeout`."""


def settings(home: Path | None) -> Settings:
    """How to reach the web, and the user's rules: as the archive here says, else by the defaults."""
    try:
        return load_settings(home_of(home))
    except NoHome:
        return Settings()


def run(inputs: list[str], output: Path | None, workers: int, shard: str, explain: bool, home: Path | None) -> None:
    """Extract every page of the inputs."""
    with errors_told():
        if not inputs:
            raise BadInput("name pages to extract, or a file of them with --input")
        if explain and output:
            raise BadInput("--explain tells a person, and writes no file: leave --output away")
        here = settings(home)
        urls = [name for name in inputs if name.startswith(("http://", "https://"))]
        files = [name for name in inputs if name not in urls]
        if output:
            check_output(output)
            refuse_input(output, chain.from_iterable(map(files_of, files)))
        found = chain(chain.from_iterable(map(documents, files)), fetched(urls, here.network) if urls else ())
        with Workers(workers, SECONDS_A_PAGE) as pool, drawn(err) as progress:
            progress.stage("extract")
            results = extracted(found, pool, Shard.parse(shard), here.site_rules())
            if explain:
                tell(results)
            elif output is None:
                for name, result in results:
                    with to_stdout():
                        print(escaped_json(json.dumps(result_row(name, result), ensure_ascii=False)))
            else:
                outcomes: Counter[str] = Counter()
                with writing(output) as write:
                    for name, result in results:
                        row = result_row(name, result)
                        write(row)
                        outcomes[str(row.get("rejected", "article"))] += 1
                        progress.advance()
                told = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
                err.print(f"{output}: {told or 'nothing to extract'}", highlight=False)


def tell(results: Iterator[tuple[str, Result]]) -> None:
    """Print what the extractor did with each page, removed lines in their places."""
    for name, result in results:
        for label, text in explained(name, result):
            colour = "red" if label.startswith(("-", "no article")) else "bold" if label == "page" else "cyan"
            words = escape(escaped(text))
            out.print(f"[{colour}]{escape(label):>28}[/]  {words}", highlight=False, soft_wrap=True)
