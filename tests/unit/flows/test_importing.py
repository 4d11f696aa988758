from flows.importing import GROUP, GROUP_BYTES, groups
from tests.builders import capture


def test_captures_are_grouped_by_number_and_by_size() -> None:
    small = capture(body=b"x")
    large = capture(body=b"x" * (GROUP_BYTES // 2))
    assert [len(group) for group in groups([small] * (GROUP + 1))] == [GROUP, 1]
    assert [len(group) for group in groups([large, large, large, small])] == [2, 2]
    assert list(groups([])) == []
