"""`source import` and `source export`: lists of newspapers in OPML and CSV."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from articles.errors import BadInput, HemerotecaError
from flows.commands.homes import home_of
from flows.commands.proposed import plain
from flows.console import EXIT_CODES, err, errors_told, out, say_json
from flows.counts import counted
from flows.outlines import read_outlines, write_outlines
from flows.sections import SourceSettings
from flows.settings import Settings, load_settings
from flows.settings_file import write_sources
from flows.source_rows import MAX_BYTES, BadRow, Row
from flows.source_tables import read_table, write_table
from warehouse.home import Home
from warehouse.workers import Workers, lost

READERS = {".opml": read_outlines, ".xml": read_outlines, ".csv": read_table, ".tsv": read_table}

SECONDS = 60.0
CPU_SECONDS = 20
"""For a whole file."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a list."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    left: tuple[str, ...]
    """Sources that were there already and stay as they were."""
    bad: tuple[BadRow, ...]


def import_(home: Path | None, path: Path, *, update: bool, as_json: bool) -> None:
    """Take the good rows of a file; bad ones are told, and then the command ends as with any bad input."""
    with errors_told():
        found = home_of(home)
        settings = load_settings(found)
        taken = take(found, settings, read_list(path), update=update)
        if as_json:
            say_json(asdict(taken))
        else:
            tell(taken, path)
        if taken.bad:
            raise typer.Exit(EXIT_CODES[BadInput])


def read_list(path: Path) -> list[Row | BadRow]:
    """The rows of a file, read in a process that can be killed."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput("a list of newspapers ends in .opml, .xml, .csv or .tsv", url=str(path))
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
        with Workers(1, SECONDS, cpu=CPU_SECONDS) as workers:
            return workers.submit(reader, body).result()
    except HemerotecaError as error:
        raise BadInput(str(error), url=str(path)) from error
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", url=str(path)) from error
    except Exception as error:  # whatever a file does to its parser is the file's fault
        raise BadInput(f"cannot be read: {lost(error, CPU_SECONDS).detail}", url=str(path)) from error


def take(home: Home, settings: Settings, rows: Sequence[Row | BadRow], *, update: bool) -> Taken:
    """Write what is new and, where it is wished, what the rows state of sources that are there."""
    good, held = [row for row in rows if isinstance(row, Row)], settings.sources
    known = [row for row in good if row.source in held]
    new = {row.source: row.settings for row in good if row.source not in held}
    wished = {row.source: updated(held[row.source], row) for row in known} if update else {}
    changed = {key: source for key, source in wished.items() if source != held[key]}
    if new or changed:
        write_sources(home, new | changed)
    left = tuple(row.source for row in known if row.source not in changed)
    return Taken(tuple(new), tuple(changed), left, tuple(row for row in rows if isinstance(row, BadRow)))


def updated(held: SourceSettings, row: Row) -> SourceSettings:
    """A source with what a row states of it; what the row does not name stays."""
    return held.model_copy(update={name: getattr(row.settings, name) for name in row.stated})


def tell(taken: Taken, path: Path) -> None:
    """What became of the list, in words."""
    for row in taken.bad:
        err.print(f"[yellow]{plain(row.place)}[/]: {plain(row.why)}", highlight=False, soft_wrap=True)
    told = f"{len(taken.added)} added, {len(taken.updated)} updated, {len(taken.left)} left as they were"
    more = f", {len(taken.bad)} bad" if taken.bad else ""
    out.print(f"{plain(str(path))}: {told}{more}", highlight=False, soft_wrap=True)
    if taken.added:
        out.print("See how they fare: hemeroteca source check", highlight=False)


def export(home: Path | None, form: str, output: Path | None) -> None:
    """Write all sources to a file, or to standard output."""
    with errors_told():
        sources = load_settings(home_of(home)).sources
        body = write_table(sources) if form == "csv" else write_outlines(sources)
        if output is None:
            sys.stdout.buffer.write(body)
            return
        try:
            output.write_bytes(body)
        except OSError as error:
            raise BadInput(f"cannot be written: {error.strerror}", url=str(output)) from error
        err.print(f"{plain(str(output))}: {counted(len(sources), 'source')}", highlight=False, soft_wrap=True)
