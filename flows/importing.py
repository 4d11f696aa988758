"""Import: bring files into the archive, then load and publish them."""

import os
from functools import partial
from pathlib import Path

from articles.errors import BadInput
from articles.urls import registrable_domain
from flows.groups import Reader, grouped
from flows.intake import Intake
from flows.request import Imported, ImportRequest
from flows.run import Run, recorded
from flows.sources import known, state_configured
from warehouse.archive import ArchiveWriter, writer_name
from warehouse.clock import now
from warehouse.imports.files import captures_in, files_in
from warehouse.imports.lists import from_list
from warehouse.imports.options import Known, Options


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
                refers = request.archive == "reference"
                Intake(run, options.filters, workers, writer, refers=refers).take(groups, taken)
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
