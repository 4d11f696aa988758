"""Copies in anyone's corpus, without an archive: the order of the steps.

Read and sign, find candidates, compare them, join what is near, write a row a document. Each step's result is a
function of the documents alone: neither their order nor the number of workers makes a difference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from articles.clusters import UnionFind, flags
from articles.errors import BadInput
from articles.similarity import METHOD
from flows.output import check_output, refuse_input, writing
from flows.progress import Progress
from warehouse.corpora.chunks import Fields, chunks, corpus_files
from warehouse.corpora.kept import check_kept, write_kept
from warehouse.corpora.signing import Refused, signed
from warehouse.corpora.verifying import batches, compared
from warehouse.corpora.workspace import Workspace, workspace
from warehouse.outcomes import Quarantined
from warehouse.store import sql
from warehouse.workers import Workers

DAYS = 30
"""Between the publication of two texts that are compared."""

SHARED = 2
"""Sampled shingles that two texts must share to be compared."""

WIDE = 40
"""Texts under one shingle that all meet each other; under a wider one each meets the four on either side."""

COMMON = 5_000
"""Texts under one shingle that is a phrase and joins nobody."""

PART = 4_000_000
"""Postings that are joined at a time."""

EDGES = pa.schema(
    [
        ("a", pa.uint32()),
        ("b", pa.uint32()),
        ("kind", pa.string()),
        ("share_a", pa.float64()),
        ("share_b", pa.float64()),
        ("conflicts_a", pa.list_(pa.string())),
        ("conflicts_b", pa.list_(pa.string())),
    ]
)
ROOTS = pa.schema([("n", pa.uint32()), ("root", pa.uint32())])
OUTPUT = pa.schema(
    [
        ("id", pa.string()),
        ("cluster", pa.string()),
        ("kind", pa.string()),
        ("similarity", pa.float64()),
        ("keep", pa.bool_()),
        ("members", pa.int64()),
        ("match", pa.string()),
        ("share", pa.float64()),
        ("share_of_match", pa.float64()),
        ("conflicts", pa.list_(pa.struct([("here", pa.string()), ("there", pa.string())]))),
    ]
)

BATCH = 100_000
"""Rows that are put in at a time."""

FLAGGED = 20
"""Clusters that the summary names."""


DEFAULT = Fields()


@dataclass(frozen=True, slots=True)
class DedupRequest:
    """What is asked."""

    inputs: tuple[str, ...]
    output: Path
    fields: Fields = DEFAULT
    workers: int = 0
    kept: Path | None = None


def deduplicate(request: DedupRequest, pool: Workers, progress: Progress) -> dict[str, Any]:
    """Find the copies in a corpus, write a row a document, and tell what was found."""
    check_output(request.output)
    paths = corpus_files(request.inputs)
    refuse_input(request.output, paths)
    if request.kept:
        check_kept(paths, request.kept)
        refuse_input(request.kept, paths)
        if request.kept.absolute() == request.output.absolute():
            raise BadInput("the answer and what is kept need a file each", url=str(request.kept))
    with workspace(request.output.absolute().parent) as work:
        progress.stage("read")
        take_in(paths, request.fields, work, pool, progress)
        refuse_twins(work)
        find_candidates(work, progress)
        progress.stage("compare", work.rows("SELECT count(*) FROM candidates")[0][0])
        verify(work, pool, progress)
        progress.stage("write", work.count)
        join(work)
        work.run("results.sql")
        with writing(request.output, OUTPUT) as write:
            for row in results(work):
                write(row)
                progress.advance()
        if request.kept:
            progress.stage("write what is kept", work.count)
            write_kept(paths, work, request.kept)
        return summary(work)


def take_in(paths: Sequence[Path], fields: Fields, work: Workspace, pool: Workers, progress: Progress) -> None:
    """Read all documents."""
    for _, found in pool.map(signed, chunks(paths, fields)):
        if isinstance(found, Quarantined):
            raise BadInput(f"a document could not be read: {found.detail}")
        if isinstance(found, Refused):
            raise BadInput(f"{found.place}: {found.why}", url=str(found.path))
        work.add(found)
        progress.advance(len(found.ids))
    work.flush()


def refuse_twins(work: Workspace) -> None:
    """Two documents of one id could not be told apart in the output."""
    for (ident,) in work.rows("SELECT id FROM documents GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"):
        first, second = work.rows("SELECT file, number FROM documents WHERE id = ? ORDER BY n LIMIT 2", [ident])
        raise BadInput(
            f"number {second[1]} has the id {ident!r}, as number {first[1]} of {work.paths[first[0]]} has: "
            "each document needs an id of its own; --id-field names another field",
            url=str(work.paths[second[0]]),
        )


def find_candidates(work: Workspace, progress: Progress) -> None:
    """Find the pairs that share enough to be compared."""
    work.run("texts.sql")
    parts = 1 + work.rows("SELECT count(*) FROM postings")[0][0] // PART
    progress.stage("find candidates", parts)
    for part in range(parts):
        work.run(
            "candidates_part.sql",
            {"parts": parts, "part": part, "wide": WIDE, "common": COMMON, "days": DAYS},
        )
        progress.advance()
    work.run("candidates.sql", {"shared": SHARED, "days": DAYS})


def verify(work: Workspace, pool: Workers, progress: Progress) -> None:
    """Compare the candidates, and keep what is alike."""
    for batch, found in pool.map(compared, batches(work)):
        if isinstance(found, Quarantined):
            raise BadInput(f"two texts could not be compared: {found.detail}")
        if found:
            work.insert("edges", [list(column) for column in zip(*found, strict=True)], EDGES)
        progress.advance(len(batch.pairs))


def join(work: Workspace) -> None:
    """Make clusters of what is near."""
    sets: UnionFind[int] = UnionFind()
    for a, b in work.stream("SELECT a, b FROM edges WHERE kind = 'near'"):
        sets.join(a, b)
    for some in batched(sets.nodes(), BATCH):
        work.insert("roots", [some, [sets.find(node) for node in some]], ROOTS)


def batched(nodes: Iterator[int], size: int) -> Iterator[list[int]]:
    """Some at a time."""
    while some := list(islice(nodes, size)):
        yield some


def results(work: Workspace) -> Iterator[dict[str, Any]]:
    """A row a document, in the order of ids."""
    query = (
        "SELECT id, cluster, kind, similarity, keep, members, match, share, share_of_match, conflicts, "
        "conflicts_of_match FROM results ORDER BY id"
    )
    for *values, here, there in work.stream(query):
        row = dict(zip(OUTPUT.names, values, strict=False))
        row["conflicts"] = [{"here": a, "there": b} for a, b in zip(here, there, strict=True)]
        yield row


def summary(work: Workspace) -> dict[str, Any]:
    """What was found, in numbers; and clusters that a person should look at."""
    told: dict[str, Any] = work.record("summary.sql")
    held = work.rows(sql("corpora/held_together.sql"))
    told["flagged"] = [
        {"cluster": ident, "members": members, "flags": list(found)}
        for ident, members, edges in held
        if (found := flags(members, edges))
    ][:FLAGGED]
    told["method"] = METHOD
    return told
