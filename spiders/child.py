"""A crawl as a process of its own: started, watched and judged by its exit code and its answer."""

import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from articles.errors import CrawlFailed, DiskFull
from spiders.job import Answer, Job, Tally
from spiders.lifeline import hand_over
from warehouse.processes import called, forking

GRACE = 10.0
"""Seconds that a crawl is given to have everything acknowledged before it is killed."""

DISK_FULL = 74
"""The exit code of a crawl that could not write: sysexits' EX_IOERR."""

PRELOADED = ("spiders.process", "spiders.handler", "spiders.middlewares", "warehouse.reading", "articles.warm")
"""What the processes of a run find imported: those of its crawls, and those that read the pages."""

KEPT = timedelta(days=30)
"""How long logs and answers of crawls are kept."""

LAST_LINES = 15
"""Of the log, in the message about a crawl that failed."""


class Child:
    """A running crawl."""

    def __init__(self, job: Job, process: ForkServerProcess, log: Path, hold: socket.socket) -> None:
        self.job = job
        self.log = log
        self._process = process
        self._hold = hold
        self._stopped = False

    @classmethod
    def start(cls, job: Job, folder: Path, locks: Sequence[int] = ()) -> Self:
        """Write the job into a folder, with the log beside it, and start the crawl; it holds on to the locks too."""
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        tidy(folder)
        path, log = job_file(folder, job), folder / f"{job.writer}.log"
        path.write_text(absolute(job).model_dump_json(indent=1), encoding="utf-8")
        log.touch()
        job.answer.unlink(missing_ok=True)
        job.answer.parent.mkdir(parents=True, exist_ok=True)
        ours, theirs = socket.socketpair()
        with theirs:
            process = forking(*PRELOADED).Process(target=called, args=("spiders.process:crawl", path, log, theirs))
            process.start()
        child = cls(job, process, log, ours)
        with suppress(BrokenPipeError):  # it has ended already: its exit code says why
            hand_over(ours, locks)
        return child

    @property
    def pid(self) -> int:
        """The process id."""
        return int(self._process.pid or 0)

    def poll(self) -> bool:
        """Whether the crawl has ended."""
        return self._process.exitcode is not None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the crawl's end, at most so many seconds; whether it has ended."""
        self._process.join(timeout)
        return self.poll()

    def answer(self) -> Answer:
        """The crawl's account of itself; waits for its end. Raises `CrawlFailed` where there is none."""
        self._process.join()
        self._hold.close()
        code = self._process.exitcode
        if code == DISK_FULL:
            raise DiskFull("no space left on the disk for the archive of a crawl. Make room and run it again")
        if code == -signal.SIGTERM and self._stopped:  # before it had begun to listen for our signal
            return Answer(
                finished="stopped", tallies={source.source: Tally() for source in self.job.sources}, seconds=0
            )
        if code != 0:
            raise CrawlFailed(f"the crawl ended with exit code {code}{self._last_words()}")
        try:
            answer = Answer.model_validate_json(self.job.answer.read_bytes())
        except (OSError, ValidationError) as error:
            raise CrawlFailed(f"the crawl left no answer{self._last_words()}") from error
        job_file(self.log.parent, self.job).unlink(missing_ok=True)
        return answer

    def stop(self) -> None:
        """End the crawl: in good order if it can within the grace, else at once."""
        if not self.poll():
            self._stopped = True
            self._process.terminate()
            if not self.wait(GRACE):
                self._process.kill()
                self._process.join()
        self._hold.close()

    def _last_words(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:]
        return "; its last words:\n" + "\n".join(lines) if lines else f"; see {self.log}"


def job_file(folder: Path, job: Job) -> Path:
    """Where a crawl reads what it is to do: megabytes for thousands of pages, kept only where something went wrong."""
    return folder / f"{job.writer}.job.json"


def tidy(folder: Path) -> None:
    """Remove what crawls of long ago have left."""
    before = time.time() - KEPT.total_seconds()
    for path in folder.iterdir():
        with suppress(OSError):  # another run is at it too
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()


def absolute(job: Job) -> Job:
    """The job with paths that mean the same from everywhere."""
    paths = {name: getattr(job, name).absolute() for name in ("archive", "locks", "robots", "shown", "answer")}
    return job.model_copy(update=paths)
