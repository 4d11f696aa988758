"""WACZ files, however they are laid out."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.unit.warehouse.foreign import GOOD, read, taken
from tests.warcs import packed, page


def wacz(folder: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.wacz"
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "name", ["archive/a.warc.gz", "data/archive/a.warc", "archive/deep/er/a.warc.gz", "ARCHIVE/A.WARC"]
)
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packages_are_read_however_they_are_laid_out(tmp_path: Path, name: str, compression: int) -> None:
    (capture,), found = taken(wacz(tmp_path, {"pages/pages.jsonl": b"{}", name: packed(GOOD)}, compression))
    assert capture.body == page(2)
    assert found == []


def test_a_package_of_packages(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("archive/a.warc", GOOD)
    assert taken(wacz(tmp_path, {"archive/inner.wacz": inner.getvalue()}))[0][0].body == page(2)


def test_a_damaged_entry_costs_what_is_damaged_of_it(tmp_path: Path) -> None:
    record = packed(GOOD)
    path = wacz(tmp_path, {"archive/a.warc.gz": record * 2, "archive/b.warc.gz": record})
    content = bytearray(path.read_bytes())
    content[content.index(record) + len(record) // 2] ^= 0xFF
    path.write_bytes(content)
    captures, found = taken(path)
    assert len(captures) == 2
    assert {item.place.partition(" ")[0] for item in found} == {"archive/a.warc.gz"}


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_whose_packing_is_damaged_costs_no_other(tmp_path: Path, compression: int) -> None:
    path = wacz(tmp_path, {"archive/a.warc": GOOD * 40, "archive/b.warc": GOOD}, compression)
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("archive/a.warc")
    content = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    middle = start + entry.compress_size // 2
    content[middle : middle + 20] = bytes(20)
    path.write_bytes(content)
    captures, found = taken(path)
    assert captures[-1].body == page(2)
    assert {item.place.partition(" ")[0] for item in found} == {"archive/a.warc"}


def test_a_packed_bomb_in_a_package_is_not_unpacked(tmp_path: Path) -> None:
    path = wacz(tmp_path, {"archive/a.warc": bytes(200_000_000), "archive/b.warc": GOOD}, zipfile.ZIP_DEFLATED)
    (good,), (why,) = taken(path)
    assert good.body == page(2)
    assert (why.reason, why.place) == ("too-large", "archive/a.warc")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"no package"])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    captures, (why,) = read(tmp_path, content, "a.wacz")
    assert captures == []
    assert why.reason == "damaged"
