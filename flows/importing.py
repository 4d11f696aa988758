"""Import: bring files into the archive, then load and publish them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from articles.errors import BadInput
from articles.urls import registrable_domain
from flows.intake import Intake, Reader, grouped
from flows.request import Imported, ImportRequest
from flows.run import Run, recorded
from flows.sources import imported_row, known, state, state_configured
from warehouse.archive import ArchiveWriter, capture_key, stated_digest, writer_name
from warehouse.captures import Capture
from warehouse.clock import now
from warehouse.imports.files import captures_in, files_in
from warehouse.imports.lists import from_list
from warehouse.imports.options import Known, Options, Unreadable
from warehouse.loading import held_captures, held_payloads
from warehouse.store import opened

GROUP, GROUP_BYTES = 200, 64 * 1024 * 1024
"""Captures acknowledged with one sync: 50 already take most of its cost away, more hold more pages in memory."""


def import_files(run: Run, request: ImportRequest) -> Imported:
    """Carry out an import; what cannot be read is in the answer, and never ends the run."""
    files, reader = readers_of(request)
    options = options_of(run, request)
    taken = Imported()
    with recorded(run):
        state_configured(run)
        run.load_news()
        with run.workers() as workers:
            run.load_left_over(workers)
            run.progress.stage("read, extract, archive, load")
            with ArchiveWriter(run.home.archive, writer_name(now())) as writer:
                groups = grouped(run, files, options, taken, again=request.again, read=reader)
                Intake(run, request, options, workers, writer).take(groups, taken)
            run.load_news()
            run.load_revisits("import", workers)
    return taken


def readers_of(request: ImportRequest) -> tuple[list[Path], Reader]:
    """The files to read, and who reads them."""
    if request.urls is None:
        return list(files_in(request.paths)), captures_in
    if len(request.paths) != 1 or not request.paths[0].is_dir():
        raise BadInput("a list of URLs goes with one folder: hemeroteca import FOLDER --urls LIST.csv")
    if not (request.urls.is_file() and os.access(request.urls, os.R_OK)):
        raise BadInput("no list of URLs that can be read", url=str(request.urls))
    return [request.urls], partial(from_list, request.paths[0])


def options_of(run: Run, request: ImportRequest) -> Options:
    """Whose pages they are: one source's, or each its domain's."""
    configured = run.settings.sources
    by_domain = {registrable_domain(source.url): known(name, source) for name, source in configured.items()}
    owner = None
    if request.source is not None:
        named = configured.get(request.source)
        owner = known(request.source, named) if named else Known(request.source)
    return Options(source=owner, by_domain=by_domain, language=request.language, filters=request.filters)


def read(files: Iterable[Path], options: Options, taken: Imported) -> Iterator[Capture]:
    """The captures of the files; what gives none is noted."""
    for path in files:
        for found in captures_in(path, options):
            if isinstance(found, Unreadable):
                taken.note(found)
            else:
                taken.captures += 1
                yield found


def archive(run: Run, captures: Iterator[Capture], taken: Imported) -> None:
    """Write the captures that are not held yet, a group a sync."""
    configured = set(run.settings.sources)
    with ArchiveWriter(run.home.archive, writer_name(now())) as writer:
        for group in groups(captures):
            fresh = not_held(run, group, writer)
            named = {capture.context.source for capture in fresh} - configured
            state(run, {name: imported_row(name) for name in sorted(named)})
            for capture in fresh:
                writer.add(capture)
            taken.archived += len(writer.commit())
            run.progress.advance(len(group))


def groups(captures: Iterable[Capture]) -> Iterator[list[Capture]]:
    """Captures in groups that fit in memory."""
    group: list[Capture] = []
    size = 0
    for capture in captures:
        group.append(capture)
        size += len(capture.body)
        if len(group) == GROUP or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def not_held(run: Run, group: Sequence[Capture], writer: ArchiveWriter) -> list[Capture]:
    """Those of a group that the warehouse does not hold; the writer learns which payloads it does."""
    digests = [stated_digest(capture) for capture in group]
    keys = [capture_key(capture, digest) for capture, digest in zip(group, digests, strict=True)]
    held = held_keys(run, keys)
    fresh = [capture for capture, key in zip(group, keys, strict=True) if key not in held]
    if fresh:
        with opened(run.home) as store:
            writer.hold(held_payloads(store, digests))
    return fresh


def held_keys(run: Run, keys: Sequence[str]) -> set[str]:
    """Those of the captures that the warehouse holds."""
    with opened(run.home) as store:
        return held_captures(store, keys)
