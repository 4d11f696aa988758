"""Rebuild: the warehouse made anew from archive and journal, and swapped in whole."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from articles.errors import Damaged
from flows.crawl import SHOWN, SHOWN_TO_BACKFILLS
from flows.run import COMPLETED, RUNNING, Run, record, told_when_ended
from warehouse.archive import manifests, segments
from warehouse.home import Home
from warehouse.journal import journal_files
from warehouse.lines import Line, read_lines
from warehouse.loading import marks
from warehouse.locks import run_lock, store_lock
from warehouse.publish import log_of
from warehouse.reader import open_published
from warehouse.recovery import settle
from warehouse.references import faults
from warehouse.store import opened, sql
from warehouse.workers import Workers


def rebuild(run: Run) -> None:
    """Make the warehouse anew beside the old one, then take its place; readers see the old copy until then."""
    with run_lock(run.home.locks, "rebuild", "all"):
        settle(run.home.archive)
        forget_shown(run.home)
        run.warnings += faults(segments(run.home.archive))
        new = replace(run, home=run.home.rebuilt())
        shutil.rmtree(new.home.workshop, ignore_errors=True)
        record(new, RUNNING)
        keep_history(run, new.home)
        with run.workers() as workers:
            load_all(new, workers)
            while not take_place(new.home, run.home):  # another run has archived more meanwhile
                load_all(new, workers)
        run.counts, run.warnings = new.counts, new.warnings
        with told_when_ended(run):
            run.link()
        record(run, COMPLETED)
        run.publish()


def forget_shown(home: Home) -> None:
    """Have each feed tell all it shows once more: the archive may be an older copy, or have lost what they showed."""
    for folder in (SHOWN, SHOWN_TO_BACKFILLS):
        shutil.rmtree(home.work / folder, ignore_errors=True)


def load_all(run: Run, workers: Workers) -> None:
    """Load what waits in archive and journal."""
    run.load_news()
    run.progress.stage("extract, load", total=None)
    run.load_pending("rebuild", workers)


def keep_history(run: Run, new: Home) -> None:
    """Take over what the archive cannot tell: the runs there were, as far as the published copy knows them."""
    if not run.home.published.exists():
        return
    try:
        with open_published(run.home) as published:
            history = published.execute("FROM loads").to_arrow_table()
    except (Damaged, duckdb.Error) as error:
        run.warnings.append(f"the history of runs is lost, the published copy cannot be read: {error}")
        return
    with opened(new) as store, store.transaction() as connection:
        connection.register("history", history)
        connection.execute(sql("load/history.sql"))
        connection.unregister("history")


def take_place(new: Home, old: Home) -> bool:
    """Swap the new warehouse in, unless something waits to be loaded into it."""
    with opened(new) as store:
        reached = marks(store)
    with store_lock(old.locks):
        files = [*manifests(old.archive), *journal_files(old.archive)]
        if any(holds_more(path, reached.get(path.name, 0)) for path in files):
            return False
        # Were this cut off between two lines, the new file would lack what the old mark says: that is noticed, and
        # the remedy is the same. The log goes first: it is the old file's, and would be replayed into the new one.
        log_of(old.warehouse).unlink(missing_ok=True)
        os.replace(new.warehouse, old.warehouse)
        os.replace(new.mark, old.mark)
    shutil.rmtree(new.workshop, ignore_errors=True)
    return True


def holds_more(path: Path, reached: int) -> bool:
    """Whether a file has lines past a mark that can be loaded; damage never will be, however often one asks."""
    return path.stat().st_size > reached and any(isinstance(line, Line) for line in read_lines(path, reached))
