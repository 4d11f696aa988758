"""Pages fetched for a look."""

from pathlib import Path

from flows.fetching import look
from flows.sections import Network


def test_a_newspaper_is_looked_at_as_slowly_as_it_asked(tmp_path: Path) -> None:
    urls = ["https://www.slow.example/", "https://feeds.slow.example/rss", "https://other.example/"]
    job = look(urls, Network(delay=5), tmp_path, None, {"slow.example": 30.0})
    assert {source.source: source.delay for source in job.sources} == {
        "www.slow.example": 30.0,
        "feeds.slow.example": 30.0,
        "other.example": 5.0,
    }
