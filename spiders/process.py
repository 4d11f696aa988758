"""The process of a crawl, from its first step to its exit code."""

import os
import socket
import sys
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from spiders.lifeline import hold_on_to
from spiders.spider import HemerotecaSpider


def crawl(job: Path, log: Path, parent: socket.socket) -> None:
    """Do a job, in a process of its own: this is all that it does."""
    os.setpgid(0, 0)  # Ctrl-C is for the parent to pass on, once
    os.chdir(job.parent)
    with log.open("ab") as words:
        for stream in (1, 2):
            os.dup2(words.fileno(), stream)
    hold_on_to(parent)
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    process = AsyncCrawlerProcess(settings)
    process.crawl(HemerotecaSpider, job=str(job))
    process.start()
    if process.bootstrap_failed:
        sys.exit(1)
