"""A crawl as a process of its own: started, watched and judged by its exit code and its answer."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from articles.errors import CrawlFailed, DiskFull
from spiders.job import Answer, Job, Tally

ROOT = Path(__file__).resolve().parents[1]
"""Where the package `spiders` is found by a process that starts anywhere."""

GRACE = 10.0
"""Seconds that a crawl is given to have everything acknowledged before it is killed."""

DISK_FULL = 74
"""The exit code of a crawl that could not write: sysexits' EX_IOERR."""

LAST_LINES = 15
"""Of the log, in the message about a crawl that failed."""


class Child:
    """A running crawl."""

    def __init__(self, job: Job, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.job = job
        self.log = log
        self._process = process
        self._stopped = False

    @classmethod
    def start(cls, job: Job, folder: Path, locks: Sequence[int] = ()) -> Self:
        """Write the job into a folder, with the log beside it, and start the crawl; it holds on to the locks too."""
        folder.mkdir(parents=True, exist_ok=True)
        path, log = folder / f"{job.writer}.job.json", folder / f"{job.writer}.log"
        path.write_text(absolute(job).model_dump_json(indent=1), encoding="utf-8")
        job.answer.unlink(missing_ok=True)
        job.answer.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "scrapy", "crawl", "hemeroteca"]
        command += ["-a", f"job={path.resolve()}", "-a", f"parent={os.getpid()}"]
        with log.open("ab") as output:
            # Its standard input is its hold on us (`lifeline`): nothing is ever written to it.
            process = subprocess.Popen(  # noqa: S603  our own interpreter, and paths that we made
                command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=environment(),
                cwd=folder,
                pass_fds=tuple(locks),
                process_group=0,  # Ctrl-C is for us to pass on, once
            )
        return cls(job, process, log)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def poll(self) -> bool:
        """Whether the crawl has ended."""
        return self._process.poll() is not None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the crawl's end, at most so many seconds; whether it has ended."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return False
        return True

    def answer(self) -> Answer:
        """The crawl's account of itself; waits for its end. Raises `CrawlFailed` where there is none."""
        code = self._process.wait()
        self._let_go()
        if code == DISK_FULL:
            raise DiskFull("no space left on the disk for the archive of a crawl. Make room and run it again")
        if code == -signal.SIGTERM and self._stopped:  # before it had begun to listen for our signal
            return Answer(
                finished="stopped", tallies={source.source: Tally() for source in self.job.sources}, seconds=0
            )
        if code != 0:
            raise CrawlFailed(f"the crawl ended with exit code {code}{self._last_words()}")
        try:
            return Answer.model_validate_json(self.job.answer.read_bytes())
        except (OSError, ValidationError) as error:
            raise CrawlFailed(f"the crawl left no answer{self._last_words()}") from error

    def stop(self) -> None:
        """End the crawl: in good order if it can within the grace, else at once."""
        if not self.poll():
            self._stopped = True
            self._process.send_signal(signal.SIGTERM)
            if not self.wait(GRACE):
                self._process.kill()
                self._process.wait()
        self._let_go()

    def _let_go(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()

    def _last_words(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:]
        return "; its last words:\n" + "\n".join(lines) if lines else f"; see {self.log}"


def absolute(job: Job) -> Job:
    """The job with paths that mean the same from everywhere."""
    paths = {name: getattr(job, name).absolute() for name in ("archive", "locks", "robots", "shown", "answer")}
    return job.model_copy(update=paths)


def environment() -> dict[str, str]:
    """The environment of a crawl: its own settings, our packages, and no project found by its folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SCRAPY_")}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    return kept | {"SCRAPY_SETTINGS_MODULE": "spiders.settings", "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
