"""The pages that are measured: the labelled corpus beside the project, else the invented newspapers."""

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from articles.urls import normalise
from examples.newspapers.expected import articles
from examples.newspapers.site import respond

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FETCHED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as a server sends it."""

    url: str
    body: bytes


def samples() -> tuple[str, list[Sample]]:
    """What the set is called, and its pages; each URL once."""
    if CORPUS.is_dir():
        lines = (CORPUS / "input.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        pages = {normalise(row["url"]): gzip.decompress((CORPUS / row["page"]).read_bytes()) for row in rows}
        return f"{len(pages)} labelled pages", [Sample(url, body) for url, body in pages.items()]
    invented = [Sample(url, invented_page(url)) for url in articles(edition=1)]
    return f"{len(invented)} pages of invented newspapers", invented


def invented_page(url: str) -> bytes:
    """What an invented newspaper answers."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return respond(parts.netloc, f"{parts.path}{query}", 1).body
