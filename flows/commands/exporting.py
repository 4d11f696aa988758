"""`export`: a selection of the archive as files for others."""

from pathlib import Path
from typing import Any

from rich.markup import escape

from articles.cleaning import escaped
from flows.commands.homes import home_of
from flows.console import err, errors_told, out, say_json
from flows.counts import counted
from flows.exporting import Exported, ExportRequest, export
from flows.progress import drawn


def run(home: Path | None, request: ExportRequest, as_json: bool) -> None:
    """Write one export."""
    with errors_told():
        found = home_of(home)
        with drawn(err) as progress:
            done = export(found, request, progress)
        if done.note:
            err.print(f"[yellow]warning[/]: {escape(escaped(done.note))}", highlight=False, soft_wrap=True)
        if as_json:
            say_json(told(request.output, done))
        else:
            out.print(escape(escaped(said(request.output, done))), highlight=False, soft_wrap=True)


def told(output: Path, done: Exported) -> dict[str, Any]:
    """The report as JSON: the manifest without its files, and what this run did."""
    manifest = {key: value for key, value in done.manifest.items() if key not in ("files", "columns")}
    return {"output": str(output), "kept_files": done.kept, "warning": done.note, **manifest}


def said(output: Path, done: Exported) -> str:
    """The report in words."""
    manifest, totals = done.manifest, done.manifest["totals"]
    held = f"{counted(totals['rows'], 'capture')} of " if manifest["asked"]["format"] == "warc" else ""
    articles, files = counted(manifest["articles"], "article"), counted(totals["files"], "file")
    parts = [f"{output}: {held}{articles} in {files}, {totals['bytes']:,} bytes"]
    if done.kept:
        parts.append(f"there already, and whole: {counted(done.kept, 'file')}")
    left_out = [f"{manifest[key]} {name}" for key, name in LEFT_OUT.items() if manifest[key]]
    if left_out:
        parts.append(f"left out: {', '.join(left_out)}")
    if manifest["not_held"]:
        parts.append(f"{manifest['not_held']} that the query names are no articles here")
    return f"{'; '.join(parts)}. The copy was published at {manifest['copy']['published_at']}"


LEFT_OUT = {"opted_out": "whose publisher opted out", "copies": "copies of others"}
