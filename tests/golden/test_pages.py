"""Pages of invented newspapers, and what the extractor must make of them."""

import json
from pathlib import Path

import pytest

from tests.golden.rewrite import PAGES, expected, result

FILES = sorted(PAGES.glob("*.html"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_page_gives_what_is_written_beside_it(path: Path) -> None:
    assert result(path) == json.loads(expected(path).read_text("utf-8"))


def test_no_expectation_is_without_its_page() -> None:
    assert len(FILES) >= 12
    assert {path.stem for path in PAGES.glob("*.json")} == {path.stem for path in FILES}
