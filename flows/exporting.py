"""Export: the order of the steps.

Choose, lay out, keep what an earlier run left whole, write the rest, then the manifest.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from articles.errors import BadInput, Damaged
from flows.progress import Progress
from flows.version import VERSION
from warehouse.captures import instant
from warehouse.exports.files import Write, cells_file, lines_file, parquet_file
from warehouse.exports.folder import FORMAT, Earlier, Folder, Written, folder_open
from warehouse.exports.layout import Part, digest_of, plan
from warehouse.exports.question import Question
from warehouse.exports.selection import choose, copy_open, copy_row
from warehouse.exports.streaming import stream
from warehouse.exports.whole_records import records_file
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is asked."""

    output: Path
    question: Question
    again: bool = False
    """Whether another export may be replaced."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was done."""

    manifest: Mapping[str, Any]
    kept: int
    """Files of an earlier run that were whole."""
    note: str | None
    """Why an unfinished export was begun anew."""


def export(home: Home, request: ExportRequest, progress: Progress) -> Exported:
    """Write the articles that are asked for to a folder."""
    question = request.question.checked()
    with folder_open(request.output) as folder:
        earlier = folder.earlier()
        with copy_open(home, folder.spill) as connection:
            progress.stage("choose")
            copy = copy_row(connection)
            chosen = choose(connection, question)
            parts = plan(connection, question)
            head = {
                "format": FORMAT,
                "hemeroteca": VERSION,
                "asked": question.as_row(),
                "copy": copy,
                "selection": digest_of(connection),
            }
            follows, note = goes_on(earlier, head, request)
            files = still_whole(folder, earlier, parts, progress) if earlier and follows else {}
            kept = len(files)
            missing = [part for part in parts if part.path not in files]
            if missing or earlier is None or not (earlier.finished and follows):
                folder.begin(head, earlier, list(files.values()))
            progress.stage("write", sum(part.rows for part in missing))
            schema, streamed = stream(connection, question, missing, folder.passes)
            for part, tables in streamed:
                rows = 0
                with writer(home, question, head, folder.place(part.path), schema) as write:
                    for table in tables:
                        write(table)
                        rows += table.num_rows
                        progress.advance(table.num_rows)
                if rows != part.rows:
                    raise Damaged(f"{part.path} has {rows} of {part.rows} rows: see hemeroteca doctor")
                files[part.path] = folder.keep(part.path, rows)
        manifest = manifest_of(head, asdict(chosen), schema, [files[part.path] for part in parts])
        folder.finish(manifest)
    return Exported(manifest, kept, note)


def goes_on(earlier: Earlier | None, head: Mapping[str, Any], request: ExportRequest) -> tuple[bool, str | None]:
    """Whether what an earlier run left is of this export, and if it is dropped, why.

    What was never finished is dropped where the copy has changed: nobody could finish it. Anything else is replaced
    only with `--again`, or `BadInput` says what it is.
    """
    if earlier is None:
        return False, None
    difference = differing(earlier.head, head)
    if difference is None:
        return True, None
    if request.again:
        return False, None
    if earlier.finished or earlier.head["asked"] != head["asked"]:
        state = "an export" if earlier.finished else "an unfinished export"
        raise BadInput(
            f"holds {state}, and {difference}; --again replaces it, or name another folder", url=str(request.output)
        )
    return False, f"an unfinished export was begun anew: {difference}"


def differing(held: Mapping[str, Any], head: Mapping[str, Any]) -> str | None:
    """In words, why an earlier export is another one; None where it is the same."""
    if held["asked"] != head["asked"]:
        asked = head["asked"]
        names = [name for name in asked if held["asked"].get(name) != asked[name]]
        return f"it was asked otherwise ({', '.join(names)})"
    if held["copy"] != head["copy"]:
        return f"the published copy has changed since (then of {held['copy']['published_at']})"
    if held["hemeroteca"] != head["hemeroteca"]:
        return f"it was written by version {held['hemeroteca']}"
    if held["selection"] != head["selection"]:
        return "the query answers other articles each time"
    return None


def still_whole(folder: Folder, earlier: Earlier, parts: list[Part], progress: Progress) -> dict[str, Written]:
    """The planned files that an earlier run wrote, and that are what it wrote."""
    planned = {part.path for part in parts}
    progress.stage("check what is there", len(earlier.files))
    whole = {}
    for file in earlier.files:
        if file.path in planned and folder.is_whole(file):
            whole[file.path] = file
        progress.advance()
    return whole


def writer(
    home: Home, question: Question, head: Mapping[str, Any], path: Path, schema: pa.Schema
) -> AbstractContextManager[Write]:
    """Begin a file in the form that is asked for."""
    if question.form == "parquet":
        return parquet_file(path, schema)
    if question.form == "csv":
        return cells_file(path, schema.names)
    if question.form == "warc":
        info = {
            "software": f"hemeroteca/{VERSION}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": json.dumps({key: head[key] for key in ("asked", "copy")}, ensure_ascii=False),
        }
        return records_file(path, home.archive, info, instant(datetime.fromisoformat(head["copy"]["published_at"])))
    return lines_file(path)


def manifest_of(
    head: Mapping[str, Any], chosen: Mapping[str, int], schema: pa.Schema, files: list[Written]
) -> dict[str, Any]:
    """The manifest; it says nothing of the run that wrote it, so that equal exports are equal bytes."""
    columns = [] if head["asked"]["format"] == "warc" else [{"name": f.name, "type": str(f.type)} for f in schema]
    return {
        **head,
        **chosen,
        "columns": columns,
        "totals": {
            "files": len(files),
            "rows": sum(file.rows for file in files),
            "bytes": sum(file.bytes for file in files),
        },
        "files": [asdict(file) for file in files],
    }
