"""The lists of CC-NEWS: which files are wanted, and which lines name none."""

import gzip
from datetime import date

import pytest

from articles.errors import BadInput
from warehouse.imports.ccnews import MAX_LIST, holding, listed, months, read_list


def path(stamp: str, number: int = 1) -> str:
    return f"crawl-data/CC-NEWS/{stamp[:4]}/{stamp[4:6]}/CC-NEWS-{stamp}-{number:05}.warc.gz"


def test_only_files_of_the_crawl_are_taken_from_a_list() -> None:
    lines = [
        path("20260901000000"),
        "/etc/passwd",
        "../" + path("20260901000000"),
        "file:///CC-NEWS-20260901000000-00001.warc.gz",
        "http://169.254.169.254/CC-NEWS-20260901000000-00001.warc.gz",
        "crawl-data/CC-NEWS/2026/09/../../CC-NEWS-20260901000000-00001.warc.gz",
        path("20261399000000"),
        "",
    ]
    found = read_list(gzip.compress("\n".join(lines).encode()))
    assert [file.path for file in found.files] == [path("20260901000000")]
    assert (found.others, found.whole) == (6, True)


def test_a_list_in_several_gzip_members_is_read_to_its_end() -> None:
    stamps = ("20260901000000", "20260902000000")
    found = read_list(b"".join(gzip.compress(f"{path(stamp)}\n".encode()) for stamp in stamps))
    assert ([file.path for file in found.files], found.whole) == ([*map(path, stamps)], True)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>not found</html>",
        gzip.compress(b"x" * (MAX_LIST + 1)),
        gzip.compress(bytes(200 * 1024 * 1024), 9),
        b"\x1f\x8b" + b"damaged",
        b"line\n" * MAX_LIST,
    ],
    ids=["html", "too long", "bomb", "damaged", "a million lines"],
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="no list of CC-NEWS"):
        read_list(body)


def test_a_list_that_was_cut_short_gives_what_it_has_and_says_so() -> None:
    stamps = [f"202609{day:02}{hour:02}0000" for day in range(1, 29) for hour in range(24)]
    whole = gzip.compress("\n".join(map(path, stamps)).encode())
    found = read_list(whole[: len(whole) // 2])
    assert 100 < len(found.files) < len(stamps)
    assert not found.whole


def test_the_file_that_was_being_written_when_the_days_began_is_among_them() -> None:
    stamps = ("20260830000000", "20260831200000", "20260901050000", "20260902120000", "20260903010000")
    files = [found for stamp in stamps if (found := listed(path(stamp)))]
    first, last = date(2026, 9, 1), date(2026, 9, 2)
    assert [file.name[8:16] for file in holding(files, first, last)] == ["20260831", "20260901", "20260902"]
    assert [file.name[8:16] for file in holding(files[:1], first, last)] == ["20260830"]
    assert holding(files[4:], first, last) == []
    assert len(holding([*files, *files], first, last)) == 3


def test_months_go_over_the_year() -> None:
    assert months(date(2025, 11, 30), date(2026, 2, 1)) == [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]
