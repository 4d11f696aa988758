"""Of a WARC file that is damaged anywhere all other records are read, and the damage is told."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.warcs import address, numbered, packed, read

COUNT = 12
PLAIN = [numbered(number) for number in range(COUNT)]
PACKED = [packed(record) for record in PLAIN]
URLS = [address(number) for number in range(COUNT)]
BLOCKS = {url: record.split(b"\r\n\r\n", 1)[1][:-4] for url, record in zip(URLS, PLAIN, strict=True)}
LAYOUTS = st.sampled_from([PLAIN, PACKED])


def starts(parts: Sequence[bytes]) -> list[int]:
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


@given(LAYOUTS, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=4))
def test_a_flipped_bit_costs_its_own_record_alone(parts: list[bytes], flips: list[tuple[float, int]]) -> None:
    content, bounds = bytearray(b"".join(parts)), starts(parts)
    hit = set()
    for share, bit in flips:
        at = int(share * len(content))
        content[at] ^= 1 << bit
        hit.add(next(number for number in range(COUNT) if bounds[number] <= at < bounds[number + 1]))
    found, damages = read(bytes(content))
    for number, url in enumerate(URLS):
        if number not in hit:
            assert found[url] == BLOCKS[url]
        elif parts is PACKED:
            assert found.get(url, BLOCKS[url]) == BLOCKS[url]  # the member's checksum lets no other bytes pass
            assert url in found or damages


@given(LAYOUTS, st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_gives_the_records_before_the_cut(parts: list[bytes], share: float) -> None:
    content, bounds = b"".join(parts), starts(parts)
    cut = int(share * len(content))
    whole = sum(bound <= cut for bound in bounds[1:])
    found, damages = read(content[:cut])
    assert list(found)[:whole] == URLS[:whole]
    assert all(found[url] == BLOCKS[url] for url in found)
    lost = content[bounds[whole] : cut].strip(b"\r\n")
    assert damages or not lost or len(found) > whole


@given(LAYOUTS, st.integers(0, COUNT), st.binary(min_size=1, max_size=2_000))
def test_garbage_between_records_costs_none(parts: list[bytes], at: int, garbage: bytes) -> None:
    found, damages = read(b"".join([*parts[:at], garbage, *parts[at:]]))
    assert found == BLOCKS
    assert damages or not garbage.strip(b"\r\n\0 \t")


@given(LAYOUTS, st.integers(0, COUNT - 1), st.floats(0, 1, exclude_max=True), st.floats(0, 1))
@example(PLAIN, 2, 0.25, 1.0)  # the head itself is cut off, and runs on into the next one
def test_a_hole_in_a_record_costs_it_alone(parts: list[bytes], number: int, share: float, width: float) -> None:
    part = parts[number]
    start = int(share * len(part))
    end = start + 1 + int(width * (len(part) - start - 1))
    found, _ = read(b"".join([*parts[:number], part[:start] + part[end:], *parts[number + 1 :]]))
    assert all(found[url] == BLOCKS[url] for url in URLS if url != URLS[number])


@pytest.mark.parametrize(
    "content",
    [
        packed(b"".join(PLAIN)),
        b"".join(packed(b"".join(PLAIN)[at : at + 1000]) for at in range(0, len(b"".join(PLAIN)), 1000)),
        b"".join([*PACKED[:4], *PLAIN[4:8], *PACKED[8:]]),
        b"".join(PACKED) + bytes(70_000),
        b"".join(record[:-2] for record in PLAIN),
        b"".join(record[:-4] for record in PLAIN),
    ],
    ids=["one member", "blocks of bytes", "packed and plain", "filled up", "one break", "no break"],
)
def test_records_are_read_however_they_are_packed(content: bytes) -> None:
    assert read(content) == (BLOCKS, [])


@given(st.binary(max_size=3_000))
def test_any_bytes_can_be_looked_through(content: bytes) -> None:
    found, damages = read(content)
    assert not found
    assert damages or not content.strip(b"\r\n\0 \t")
