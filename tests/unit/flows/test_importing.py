from pathlib import Path

import pytest

from articles.errors import BadInput
from flows.importing import GROUP, GROUP_BYTES, groups, readers_of
from flows.request import ImportRequest
from tests.builders import capture


def test_captures_are_grouped_by_number_and_by_size() -> None:
    small = capture(body=b"x")
    large = capture(body=b"x" * (GROUP_BYTES // 2))
    assert [len(group) for group in groups([small] * (GROUP + 1))] == [GROUP, 1]
    assert [len(group) for group in groups([large, large, large, small])] == [2, 2]
    assert list(groups([])) == []


def test_a_list_of_urls_goes_with_one_folder(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("a.html,https://tagblatt.example/a\n")
    assert readers_of(ImportRequest((tmp_path,), urls=listed))[0] == [listed]
    for paths in ((), (tmp_path, tmp_path), (listed,)):
        with pytest.raises(BadInput, match="one folder"):
            readers_of(ImportRequest(paths, urls=listed))
    with pytest.raises(BadInput, match="no list of URLs") as refused:
        readers_of(ImportRequest((tmp_path,), urls=tmp_path / "nowhere.csv"))
    assert refused.value.url == str(tmp_path / "nowhere.csv")
