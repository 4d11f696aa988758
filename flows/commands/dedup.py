"""`dedup`: copies in anyone's corpus, without an archive."""

from pathlib import Path
from typing import Any

from rich.markup import escape

from articles.cleaning import escaped
from flows.console import err, errors_told, out, say_json, say_table
from flows.dedup import DedupRequest, deduplicate
from flows.progress import drawn
from warehouse.workers import Workers

SECONDS_A_BATCH = 600.0
"""The backstop for some hundred documents or pairs; CPU time is what decides."""

CPU_SECONDS = 300
"""The same: a batch takes half a second, or a minute where it is of books."""


def run(request: DedupRequest, as_json: bool) -> None:
    """Find the copies in a corpus."""
    with errors_told():
        with (
            Workers(request.workers, SECONDS_A_BATCH, CPU_SECONDS, preload=("articles.similarity",)) as pool,
            drawn(err) as progress,
        ):
            told = deduplicate(request, pool, progress)
        if as_json:
            say_json(told)
        else:
            say(request.output, told)


def say(output: Path, told: dict[str, Any]) -> None:
    """The summary in words."""
    if told["flagged"]:
        rows = [[flagged["cluster"], flagged["members"], flagged["flags"]] for flagged in told["flagged"]]
        say_table("worth a look", ["cluster", "members", "why"], rows)
    if told["without_date"]:
        out.print(f"{told['without_date']} documents without a date were compared whatever the other's date")
    out.print(
        escape(
            escaped(
                f"{output}: {told['documents']} documents, {told['kept']} kept; {told['clusters']} clusters hold "
                f"{told['in_clusters']}: {told['exact']} exact copies, {told['near']} near; {told['derived']} derived, "
                f"which are kept; {told['too_short_for_more_than_exact']} texts too short for more than exact, "
                f"{told['without_text']} documents without text"
            )
        ),
        highlight=False,
        soft_wrap=True,
    )
