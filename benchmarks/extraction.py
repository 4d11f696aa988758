"""Extraction: CPU a page of ours and of bare trafilatura, in turn over the same pages in one process."""

import time
from collections.abc import Callable, Sequence

import trafilatura

from articles.extract import extract
from articles.model import Page
from benchmarks.pages import FETCHED_AT, Sample

ROUNDS = 3
"""The smallest of three is reported: the others had the machine's noise in them."""


def ours(sample: Sample) -> None:
    """Body, photos, removed text and metadata."""
    extract(Page(sample.url, sample.body, FETCHED_AT))


def bare(sample: Sample) -> None:
    """Trafilatura as its documentation has it for precision, with its metadata."""
    trafilatura.bare_extraction(sample.body, url=sample.url, favor_precision=True, with_metadata=True)


def milliseconds(work: Callable[[Sample], None], samples: Sequence[Sample]) -> float:
    """CPU milliseconds a page."""
    before = time.process_time()
    for sample in samples:
        work(sample)
    return (time.process_time() - before) * 1000 / len(samples)


def measure(samples: Sequence[Sample]) -> tuple[float, float]:
    """CPU milliseconds a page: ours, and bare trafilatura."""
    for work in (ours, bare):  # models and caches are loaded before the clock runs
        milliseconds(work, samples[:20])
    rounds = [(milliseconds(ours, samples), milliseconds(bare, samples)) for _ in range(ROUNDS)]
    return min(ours for ours, _ in rounds), min(bare for _, bare in rounds)
