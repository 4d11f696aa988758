from collections.abc import Iterable
from pathlib import Path

import pytest

from articles.errors import BadInput
from flows.groups import GROUP, GROUP_BYTES, Group
from flows.importing import readers_of
from flows.request import ImportRequest
from tests.builders import capture


def test_captures_are_grouped_by_number_and_by_size() -> None:
    def taken(bodies: Iterable[bytes]) -> int:
        """How many go into one group."""
        group = Group()
        for count, body in enumerate(bodies):
            if group.full:
                return count
            group.add(capture(body=body))
        return -1

    assert taken([b"x"] * (GROUP + 1)) == GROUP
    assert taken([b"x" * (GROUP_BYTES // 2)] * 5) == 2


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
